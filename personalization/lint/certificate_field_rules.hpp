// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "personalization/lint/certificate_parts.hpp"
#include "personalization/lint/rule_table.hpp"

namespace cancuoc::personalization::lint {

/// How a certificate must be written, whether it can be read or not (Doc 9303-12, 7.1).
[[nodiscard]] std::span<const RuleRow<BytesView>> certificateEncodingTable();

/// What Doc 9303-12 asks of the fields, names and keys, beyond what trust::findDefects() finds: table 5,
/// 4.1.6 to 4.1.8, 7.1.2 and 7.1.3.
[[nodiscard]] std::span<const RuleRow<CertificateParts>> certificateFieldTable();

/// What Doc 9303-12 asks of the content of extensions, beyond what trust::findDefects() finds: table 6 and
/// 7.1.1.2 to 7.1.1.6, 7.2.1.
[[nodiscard]] std::span<const RuleRow<CertificateParts>> certificateExtensionTable();

} // namespace cancuoc::personalization::lint
