// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/pixels.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/jpeg2000_image.hpp"
#include "host/biometric/jpeg_image.hpp"
#include "host/biometric/png_image.hpp"
#include "host/biometric/pnm_image.hpp"
#include "host/biometric/wsq_image.hpp"

namespace cancuoc::biometric {

void ImageLimits::require(std::uint32_t width, std::uint32_t height, std::size_t bytesPerPixel) const {
    if (width == 0 || height == 0) {
        throw MalformedData("The image has no pixels.");
    }
    if (width > maximumSide || height > maximumSide ||
        std::uint64_t{width} * height > maximumMemory / bytesPerPixel) {
        throw MalformedData("The image of " + std::to_string(width) + " x " + std::to_string(height) +
                            " pixels is larger than this program decodes.");
    }
}

Pixels decodePixels(BytesView image, const ImageLimits& limits) {
    if (image.size() > limits.maximumFileSize) {
        throw MalformedData("The image has " + std::to_string(image.size()) + " bytes, more than the " +
                            std::to_string(limits.maximumFileSize) + " that an image may have.");
    }
    switch (readImageHeader(image).format) {
    case ImageFormat::Jpeg:
        return decodeJpeg(image, limits);
    case ImageFormat::Jpeg2000:
    case ImageFormat::Jpeg2000Codestream:
        return decodeJpeg2000(image, limits);
    case ImageFormat::Png:
        return decodePng(image, limits);
    case ImageFormat::Wsq:
        return decodeWsq(image, limits);
    case ImageFormat::Pnm:
        return decodePnm(image, limits);
    case ImageFormat::Raw:
    case ImageFormat::Unknown:
        break;
    }
    throw MalformedData("The image is none of JPEG, JPEG 2000, PNG, WSQ, PGM and PPM.");
}

Pixels unpackPixels(BytesView samples, std::uint32_t width, std::uint32_t height, std::uint8_t channels,
                    std::uint8_t bitDepth, const ImageLimits& limits) {
    if (bitDepth == 0 || bitDepth > 16 || (channels != 1 && channels != 3)) {
        throw MalformedData("The raw image has samples of " + std::to_string(bitDepth) +
                            " bits, which are not read.");
    }
    limits.require(width, height, channels);
    const std::size_t count = std::size_t{width} * height * channels;
    if (samples.size() < (count * bitDepth + 7) / 8) {
        throw MalformedData("The raw image is shorter than its " + std::to_string(width) + " x " +
                            std::to_string(height) + " pixels.");
    }
    Pixels pixels{width, height, channels, Bytes(count)};
    const std::uint32_t largest = (1U << bitDepth) - 1;
    std::uint32_t bits = 0;
    unsigned available = 0;
    std::size_t next = 0;
    for (std::uint8_t& pixel : pixels.data) {
        while (available < bitDepth) {
            bits = bits << 8U | samples[next++];
            available += 8;
        }
        available -= bitDepth;
        pixel = static_cast<std::uint8_t>((bits >> available & largest) * 255 / largest);
    }
    return pixels;
}

} // namespace cancuoc::biometric
