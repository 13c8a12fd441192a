// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/jpeg_image.hpp"

#include "host/base/error.hpp"

#include <turbojpeg.h>

#include <memory>

namespace cancuoc::biometric {

Pixels decodeJpeg(BytesView image, const ImageLimits& limits) {
    const std::unique_ptr<void, decltype(&tjDestroy)> decompressor(tjInitDecompress(), &tjDestroy);
    const auto size = static_cast<unsigned long>(image.size());
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colourSpace = 0;
    if (!decompressor || tjDecompressHeader3(decompressor.get(), image.data(), size, &width, &height,
                                             &subsampling, &colourSpace) != 0) {
        throw MalformedData("The JPEG image is damaged.");
    }
    Pixels pixels;
    pixels.width = static_cast<std::uint32_t>(width);
    pixels.height = static_cast<std::uint32_t>(height);
    pixels.channels = colourSpace == TJCS_GRAY ? 1 : 3;
    limits.require(pixels.width, pixels.height, pixels.channels);
    pixels.data.resize(std::size_t{pixels.width} * pixels.height * pixels.channels);
    const int format = pixels.channels == 1 ? TJPF_GRAY : TJPF_RGB;
    // A progressive image of a few bytes can ask for its pixels to be gone over any number of times.
    if (tjDecompress2(decompressor.get(), image.data(), size, pixels.data.data(), width, 0, height, format,
                      TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS) != 0 &&
        tjGetErrorCode(decompressor.get()) == TJERR_FATAL) {
        throw MalformedData("The JPEG image is damaged.");
    }
    return pixels;
}

} // namespace cancuoc::biometric
