// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/lds/signed_data.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-12, 9 and table 18, ask of a master list.
[[nodiscard]] const std::vector<Rule>& masterListRules();

/// The rules that the signed data of a master list breaks. The signature is verified with the certificate
/// inside; no chain is built, and no clock is asked. Throws MalformedData for what cannot be read as
/// SignedData.
[[nodiscard]] std::vector<const Rule*> checkMasterList(const lds::SignedData& data,
                                                       Profile profile = Profile::EighthEdition);

} // namespace cancuoc::personalization::lint
