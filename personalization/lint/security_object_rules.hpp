// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/lds/signed_data.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-10, 4.6.2, asks of EF.SOD.
[[nodiscard]] const std::vector<Rule>& securityObjectRules();

/// The rules that the signed data of an EF.SOD breaks. The signature is verified with the certificate inside;
/// no chain is built, and no clock is asked. Throws MalformedData for what cannot be read as SignedData.
[[nodiscard]] std::vector<const Rule*> checkSecurityObject(const lds::SignedData& data,
                                                           Profile profile = Profile::EighthEdition);

} // namespace cancuoc::personalization::lint
