// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "qr/image.hpp"

namespace cancuoc::qr {

/// Finds the QR symbols of a picture and returns the bytes of each, exactly as encoded and without any guess
/// about their character set. The picture is tried as it is and, if nothing is found, enlarged and with other
/// thresholds.
/// @return empty if no symbol could be read
std::vector<std::string> decodeSymbols(const GreyImage& image);

} // namespace cancuoc::qr
