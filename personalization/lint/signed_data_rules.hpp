// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/lds/signed_data.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-10, 4.6.2, asks of the SignedData in EF.SOD, and of what is signed there.
[[nodiscard]] const std::vector<Rule>& securityObjectRules();
/// What Doc 9303-12, tables 18 and 19, ask of the SignedData of a master list.
[[nodiscard]] const std::vector<Rule>& masterListRules();

/// The rules that the signed data of an EF.SOD, or of a master list, break. The signature is verified with
/// the certificate inside; no chain is built, and no clock is asked.
[[nodiscard]] std::vector<const Rule*> checkSecurityObject(const lds::SignedData& data);
[[nodiscard]] std::vector<const Rule*> checkMasterList(const lds::SignedData& data);

} // namespace cancuoc::personalization::lint
