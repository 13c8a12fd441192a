// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/inspection/checklist.hpp"
#include "host/inspection/document.hpp"
#include "host/trust/deviation_list.hpp"
#include "host/trust/trust_store.hpp"

/// What an issuer has said is wrong with its own documents (Doc 9303-12, 10).
namespace cancuoc::inspection {

/// What the store's deviation lists say of a document.
/// @param documentSigner certificate, DER; empty if it is not known: then nothing is
/// @param store null if there is none
[[nodiscard]] std::vector<trust::DeviationDescription>
knownDeviations(const Document& document, BytesView documentSigner, const trust::TrustStore* store);

/// Names each deviation in the reason of the check that it is about. No result gets better by it: the caller
/// decides about a document with a known deviation. One gets worse: a key of Active Authentication that is
/// compromised proves nothing.
/// @return sentences about those that no check is about
std::vector<std::string> nameDeviations(const std::vector<trust::DeviationDescription>& deviations,
                                        Checklist& checklist);

} // namespace cancuoc::inspection
