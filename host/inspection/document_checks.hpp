// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "host/inspection/document.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/trust/check.hpp"
#include "host/trust/passive_authentication.hpp"

/// The checks that need no more of the card than what has been read of it.
namespace cancuoc::inspection {

/// The four checks of Passive Authentication (Doc 9303-11, 5.1). Signed data groups that were asked for and
/// that the card does not give make the hashes fail.
/// @param authentication what PassiveAuthentication::verify found; null if EF.SOD was not read
[[nodiscard]] std::vector<trust::Check>
checkPassiveAuthentication(const Document& document, const InspectionRequest& request,
                           const trust::PassiveAuthenticationResult* authentication);

/// `consistency.com-sod`, `consistency.mrz`, `consistency.number` and `consistency.card-access`.
[[nodiscard]] std::vector<trust::Check> checkConsistency(const Document& document,
                                                         const InspectionRequest& request);

/// A proof against cloning that passed shows that the chip has the private key of DG14 or DG15; whose key
/// that is, only the signature of EF.SOD and its chain tell (Doc 9303-11, 6.1.1 and 6.2.1). Where these did
/// not pass, the proof counts as not performed.
/// @param signature the check `passive-authentication.signature`
/// @param chain the check `passive-authentication.chain`
[[nodiscard]] trust::Check countOnlyWithIssuersKey(trust::Check proof, const trust::Check& signature,
                                                   const trust::Check& chain);

/// How the proof against cloning `name` ends without being tried: its key in data group `number` is not there
/// to be used. Nothing if it is.
[[nodiscard]] std::optional<trust::Check> checkWithoutKey(std::string_view name, int number,
                                                          const Document& document,
                                                          const InspectionRequest& request);

} // namespace cancuoc::inspection
