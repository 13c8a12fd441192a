// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/base/bytes.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-13, and for visas and emergency travel documents 9303-7 and 9303-8, ask of the bytes of a
/// visible digital seal.
[[nodiscard]] const std::vector<Rule>& sealRules();

/// The rules that a seal breaks. Its signature is not verified: the certificate is not in it.
[[nodiscard]] std::vector<const Rule*> checkSeal(BytesView seal, Profile profile = Profile::EighthEdition);

} // namespace cancuoc::personalization::lint
