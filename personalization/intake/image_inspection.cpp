// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/image_inspection.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/pixels.hpp"

#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t maximumSide = 4096;

bool isWithinLimits(ImageSize size) {
    return size.width != 0 && size.height != 0 && size.width <= maximumSide && size.height <= maximumSide;
}

using JpegDecoder = std::unique_ptr<void, int (*)(tjhandle)>;

// PNG, 11.2.2: the eight bytes of the signature, then IHDR with bit depth at 24 and colour type at 25.
bool isEightBitGrey(BytesView file) {
    constexpr std::size_t bitDepth = 24;
    constexpr std::size_t colourType = 25;
    return file.size() > colourType && file[bitDepth] == 8 && file[colourType] == 0;
}

std::uint32_t number(BytesView file, std::size_t at) {
    return std::uint32_t{file[at]} << 24U | std::uint32_t{file[at + 1]} << 16U |
           std::uint32_t{file[at + 2]} << 8U | std::uint32_t{file[at + 3]};
}

// PNG, 11.3.5.3: pHYs has pixels per unit along x and y, and 1 where the unit is the metre.
std::optional<unsigned> pngDotsPerInch(BytesView file) {
    constexpr std::size_t signature = 8;
    constexpr std::size_t aroundData = 12; // length, type, CRC
    constexpr double metresPerInch = 0.0254;
    for (std::size_t at = signature; file.size() - at >= aroundData;) {
        const std::size_t length = number(file, at);
        if (length > file.size() - at - aroundData) {
            break;
        }
        if (length == 9 && toText(file.subspan(at + 4, 4)) == "pHYs" && file[at + 16] == 1) {
            return static_cast<unsigned>(std::lround(number(file, at + 8) * metresPerInch));
        }
        at += aroundData + length;
    }
    return std::nullopt;
}

} // namespace

std::string ImageSize::text() const {
    return std::to_string(width) + " x " + std::to_string(height);
}

InspectedImage inspectJpeg(BytesView file) {
    InspectedImage result;
    if (file.empty()) {
        return result;
    }
    result.state = ImageState::OtherFormat;
    const JpegDecoder decoder(tjInitDecompress(), &tjDestroy);
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colorspace = 0;
    if (decoder == nullptr ||
        tjDecompressHeader3(decoder.get(), file.data(), static_cast<unsigned long>(file.size()), &width,
                            &height, &subsampling, &colorspace) != 0) {
        return result;
    }
    result.size = {static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
    result.state = ImageState::BeyondLimits;
    if (!isWithinLimits(result.size)) {
        return result;
    }
    Bytes pixels(result.size.width * result.size.height);
    result.state = ImageState::Damaged;
    if (tjDecompress2(decoder.get(), file.data(), static_cast<unsigned long>(file.size()), pixels.data(),
                      width, 0, height, TJPF_GRAY, TJFLAG_STOPONWARNING) == 0) {
        result.state = ImageState::Whole;
        result.image = {result.size, std::move(pixels)};
    }
    return result;
}

InspectedImage inspectGreyPng(BytesView file) {
    InspectedImage result;
    if (file.empty()) {
        return result;
    }
    result.state = ImageState::OtherFormat;
    const biometric::ImageHeader header = biometric::readImageHeader(file);
    if (header.format != biometric::ImageFormat::Png || !isEightBitGrey(file)) {
        return result;
    }
    result.size = {header.width, header.height};
    result.state = ImageState::BeyondLimits;
    if (!isWithinLimits(result.size)) {
        return result;
    }
    result.state = ImageState::Damaged;
    try {
        biometric::Pixels pixels = biometric::decodePixels(file);
        if (pixels.channels == 1) { // more where something is transparent, which no scan is
            result.state = ImageState::Whole;
            result.image = {result.size, std::move(pixels.data)};
            result.dotsPerInch = pngDotsPerInch(file);
        }
    } catch (const MalformedData&) {
        return result;
    }
    return result;
}

GreyStatistics greyStatistics(const GreyImage& image, unsigned left, unsigned top, unsigned right,
                              unsigned bottom) {
    constexpr std::size_t whole = 1000;
    const auto [width, height] = image.size;
    double sum = 0;
    double squares = 0;
    double count = 0;
    for (std::size_t row = height * top / whole; row < height * bottom / whole; ++row) {
        for (std::size_t column = width * left / whole; column < width * right / whole; ++column) {
            const double value = image.pixels[row * width + column];
            sum += value;
            squares += value * value;
            ++count;
        }
    }
    if (count == 0) {
        return {};
    }
    const double mean = sum / count;
    return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

} // namespace cancuoc::personalization
