// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/base/bytes.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// What Doc 9303-12, tables 2, 11 to 16, and BSI TR-03110-3, A.7.1, C.1 and D, ask of card verifiable
/// certificates.
[[nodiscard]] const std::vector<Rule>& cvCertificateRules();

/// The rules that a CV certificate breaks, as the role that it states, whether it can be read otherwise or
/// not. Its signature is verified where it is its own authority; no clock is asked. Throws MalformedData for
/// what does not begin with a data object 7F21.
[[nodiscard]] std::vector<const Rule*> checkCvCertificate(BytesView file,
                                                          Profile profile = Profile::EighthEdition);

} // namespace cancuoc::personalization::lint
