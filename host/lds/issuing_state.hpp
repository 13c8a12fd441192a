// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cancuoc::lds {

/// Whether the issuing State of an MRZ and the country of a certificate may be the same (Doc 9303-3, 5; ISO
/// 3166-1). A State that is not known here contradicts nothing.
/// @param issuingState one to three capitals, as in the MRZ: "VNM", "D"
/// @param country two letters, as in countryName: "VN"
[[nodiscard]] bool mayBeTheSameState(std::string_view issuingState, std::string_view country);

} // namespace cancuoc::lds
