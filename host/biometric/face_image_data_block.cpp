// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/face_image_data_block.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"

namespace cancuoc::biometric {

FaceImageDataBlock FaceImageDataBlock::of(BytesView image) {
    const ImageFormat format = readImageHeader(image).format;
    if (format != ImageFormat::Jpeg && !isJpeg2000(format)) {
        throw MalformedData("The portrait is neither a JPEG nor a JPEG 2000 picture.");
    }
    FaceRepresentationBlock representation;
    representation.image.data = toBytes(image);
    representation.image.information.format = Coded<FaceImageFormat>::of(
        isJpeg2000(format) ? FaceImageFormat::Jpeg2000Lossy : FaceImageFormat::Jpeg);
    FaceImageDataBlock block;
    block.representations.push_back(std::move(representation));
    return block;
}

FaceImageDataBlock FaceImageDataBlock::decode(BytesView encoded) {
    return decodeDataBlock<FaceImageDataBlock>(encoded);
}

Bytes FaceImageDataBlock::encode() const {
    return encodeDataBlock(*this);
}

} // namespace cancuoc::biometric
