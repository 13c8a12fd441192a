// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/iris_image_data_block.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"

namespace cancuoc::biometric {

namespace {

IrisImageFormat formatOf(BytesView image) {
    const ImageFormat format = readImageHeader(image).format;
    if (format == ImageFormat::Png) {
        return IrisImageFormat::Png;
    }
    if (isJpeg2000(format)) {
        return IrisImageFormat::Jpeg2000Lossy;
    }
    throw MalformedData("The iris image is neither PNG nor JPEG 2000.");
}

} // namespace

IrisImageDataBlock IrisImageDataBlock::of(Eye eye, BytesView image, std::uint16_t year) {
    constexpr std::uint16_t uncropped = 1;
    IrisRepresentationBlock representation;
    representation.eye = eye;
    representation.kind = Coded<>::of(uncropped);
    representation.format = Coded<IrisImageFormat>::of(formatOf(image));
    representation.captureDateTime.year = year;
    representation.data = toBytes(image);
    IrisImageDataBlock block;
    block.representations.push_back(std::move(representation));
    return block;
}

IrisImageDataBlock IrisImageDataBlock::decode(BytesView encoded) {
    return decodeDataBlock<IrisImageDataBlock>(encoded);
}

Bytes IrisImageDataBlock::encode() const {
    return encodeDataBlock(*this);
}

} // namespace cancuoc::biometric
