// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/trust/certificate.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-12, tables 5 and 6, 4.1.6 and 7.1.1, ask of the certificates of the eMRTD PKI.
[[nodiscard]] const std::vector<Rule>& certificateRules();

/// The rules that `certificate` breaks, as what it says of itself that it is. No clock is asked.
[[nodiscard]] std::vector<const Rule*> checkCertificate(const trust::Certificate& certificate);

} // namespace cancuoc::personalization::lint
