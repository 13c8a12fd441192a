// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/pixels_image.hpp"

namespace cancuoc::desktop {

QImage imageOf(const biometric::Pixels& pixels) {
    if (pixels.width == 0 || pixels.height == 0) {
        return {};
    }
    const auto format = pixels.channels == 3 ? QImage::Format_RGB888 : QImage::Format_Grayscale8;
    const auto bytesPerLine = static_cast<qsizetype>(pixels.width) * pixels.channels;
    return QImage(pixels.data.data(), static_cast<int>(pixels.width), static_cast<int>(pixels.height),
                  bytesPerLine, format)
        .copy();
}

} // namespace cancuoc::desktop
