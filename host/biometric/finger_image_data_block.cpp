// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/finger_image_data_block.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"

namespace cancuoc::biometric {

namespace {

FingerImageFormat formatOf(BytesView image) {
    switch (readImageHeader(image).format) {
    case ImageFormat::Png:
        return FingerImageFormat::Png;
    case ImageFormat::Wsq:
        return FingerImageFormat::Wsq;
    case ImageFormat::Jpeg2000:
    case ImageFormat::Jpeg2000Codestream:
        return FingerImageFormat::Jpeg2000Lossy;
    default:
        throw MalformedData("The fingerprint is none of PNG, WSQ and JPEG 2000.");
    }
}

} // namespace

FingerImageDataBlock FingerImageDataBlock::of(FingerPosition position, BytesView image) {
    constexpr std::uint16_t plainContact = 0;
    FingerRepresentationBlock representation;
    representation.position = Coded<>::of(static_cast<std::uint16_t>(position));
    representation.impression = Coded<>::of(plainContact);
    representation.format = Coded<FingerImageFormat>::of(formatOf(image));
    representation.data = toBytes(image);
    FingerImageDataBlock block;
    block.representations.push_back(std::move(representation));
    return block;
}

FingerImageDataBlock FingerImageDataBlock::decode(BytesView encoded) {
    return decodeDataBlock<FingerImageDataBlock>(encoded);
}

Bytes FingerImageDataBlock::encode() const {
    return encodeDataBlock(*this);
}

} // namespace cancuoc::biometric
