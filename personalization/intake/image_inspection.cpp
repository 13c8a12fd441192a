// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/image_inspection.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/pixels.hpp"

#include <turbojpeg.h>

#include <memory>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t maximumSide = 4096;

void requirePlausible(ImageSize size) {
    if (size.width == 0 || size.height == 0 || size.width > maximumSide || size.height > maximumSide) {
        throw MalformedData("is larger than 4096 pixels on a side, or empty");
    }
}

using JpegDecoder = std::unique_ptr<void, int (*)(tjhandle)>;

// PNG, 11.2.2: the eight bytes of the signature, then IHDR with bit depth at 24 and colour type at 25.
bool isEightBitGrey(BytesView file) {
    constexpr std::size_t bitDepth = 24;
    constexpr std::size_t colourType = 25;
    return file.size() > colourType && file[bitDepth] == 8 && file[colourType] == 0;
}

} // namespace

ImageSize inspectJpeg(BytesView file) {
    const JpegDecoder decoder(tjInitDecompress(), &tjDestroy);
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colorspace = 0;
    if (decoder == nullptr ||
        tjDecompressHeader3(decoder.get(), file.data(), static_cast<unsigned long>(file.size()), &width,
                            &height, &subsampling, &colorspace) != 0) {
        throw MalformedData("is not a JPEG image");
    }
    const ImageSize size{static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
    requirePlausible(size);
    Bytes pixels(size.width * size.height);
    if (tjDecompress2(decoder.get(), file.data(), static_cast<unsigned long>(file.size()), pixels.data(),
                      width, 0, height, TJPF_GRAY, TJFLAG_STOPONWARNING) != 0) {
        throw MalformedData("is a damaged JPEG image");
    }
    return size;
}

ImageSize inspectGreyPng(BytesView file) {
    const biometric::ImageHeader header = biometric::readImageHeader(file);
    if (header.format != biometric::ImageFormat::Png) {
        throw MalformedData("is not a PNG image");
    }
    const ImageSize size{header.width, header.height};
    requirePlausible(size);
    if (!isEightBitGrey(file)) {
        throw MalformedData("is not an 8-bit grey PNG image");
    }
    try {
        static_cast<void>(biometric::decodePixels(file));
    } catch (const MalformedData&) {
        throw MalformedData("is a damaged PNG image");
    }
    return size;
}

} // namespace cancuoc::personalization
