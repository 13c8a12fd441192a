// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/evidence.hpp"
#include "host/inspection/inspection_result.hpp"
#include "host/inspection/policy.hpp"
#include "host/trust/trust_store.hpp"

namespace cancuoc::inspection {

/// Judges the card of an earlier reading again, without it: Passive Authentication as of the day of the
/// reading, the chip's signature of Active Authentication, and consistency, by the code that judges a card.
///
/// Access control, Chip Authentication and Terminal Authentication end not-performed, because whoever wrote
/// the evidence knew all keys and could have made it up. Where the reading says that they passed, the verdict
/// does without access control, and without Chip Authentication if the chip's signature proves that it was no
/// copy. What failed in the reading fails here as well, unless it is proven now. Which checks these are, the
/// remarks say.
/// @param policy by which to judge, whatever that of the reading was
/// @param store anchors and CRLs; null if there is none
[[nodiscard]] InspectionResult verifyEvidence(const Evidence& evidence, const Policy& policy,
                                              const trust::TrustStore* store);

} // namespace cancuoc::inspection
