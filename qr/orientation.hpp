// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "qr/image.hpp"

namespace cancuoc::qr {

/// How a camera was held, as EXIF writes it in tag 0112 (JEITA CP-3451, 4.6.4): where the first row and the
/// first column of the stored picture are in the real one.
enum class Orientation {
    TopLeft = 1, ///< as it should be
    TopRight,
    BottomRight, ///< upside down
    BottomLeft,
    LeftTop,
    RightTop, ///< to be turned a quarter to the right, as most phones store upright pictures
    RightBottom,
    LeftBottom ///< to be turned a quarter to the left
};

/// The orientation that a JPEG file names; TopLeft where it names none that is known.
[[nodiscard]] Orientation orientationOf(BytesView jpegFile);

/// The picture as it was seen.
[[nodiscard]] GreyImage upright(GreyImage image, Orientation orientation);

} // namespace cancuoc::qr
