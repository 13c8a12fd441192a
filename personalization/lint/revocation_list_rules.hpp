// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/trust/certificate_revocation_list.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-12, tables 9 and 10 and 4.1.5, ask of a CRL.
[[nodiscard]] const std::vector<Rule>& revocationListRules();

/// The rules that `list` breaks. Its signature is not verified, and no clock is asked.
[[nodiscard]] std::vector<const Rule*> checkRevocationList(const trust::CertificateRevocationList& list,
                                                           Profile profile = Profile::EighthEdition);

} // namespace cancuoc::personalization::lint
