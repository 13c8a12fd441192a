// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/biometric_images.hpp"

#include "host/base/error.hpp"
#include "host/biometric/face_image_data_block.hpp"
#include "host/biometric/facial_record.hpp"
#include "host/biometric/finger_image_data_block.hpp"
#include "host/biometric/finger_record.hpp"
#include "host/biometric/iris_image_data_block.hpp"

#include <array>

namespace cancuoc::biometric {

namespace {

/// How one part of the standards writes its images in both generations.
struct Part {
    std::string_view recordStart; ///< of ISO/IEC 19794
    std::uint8_t blockTag = 0;    ///< of ISO/IEC 39794
    std::uint16_t recordFormatType = 0;
    std::uint16_t blockFormatType = 0;
};

constexpr Part face{"FAC", FaceImageDataBlock::tag, formatTypeFace, formatTypeFaceBlock};
constexpr Part finger{"FIR", FingerImageDataBlock::tag, formatTypeFingerImage, formatTypeFingerBlock};
constexpr Part iris{"IIR", IrisImageDataBlock::tag, formatTypeIris, formatTypeIrisBlock};

bool isDataBlock(const BiometricInformation& information, const Part& part) {
    const BytesView data = information.dataBlock;
    const std::size_t startLength = part.recordStart.size();
    if (data.size() >= startLength && equal(data.first(startLength), viewOf(part.recordStart))) {
        return false;
    }
    if (!data.empty() && (information.wrappedDataBlock() || data.front() == part.blockTag)) {
        return true;
    }
    if (information.header.formatOwner == formatOwnerSc37 &&
        (information.header.formatType == part.recordFormatType ||
         information.header.formatType == part.blockFormatType)) {
        return information.header.formatType == part.blockFormatType;
    }
    throw MalformedData("The biometric data are in a format that is not read (owner " +
                        toHex(toBigEndian(information.header.formatOwner, 2)) + ", type " +
                        toHex(toBigEndian(information.header.formatType, 2)) + ").");
}

template <class Block>
Block readDataBlock(const BiometricInformation& information) {
    return Block::decode(information.wrappedDataBlock().value_or(information.dataBlock));
}

EncodedImage encodedImage(Bytes data, std::uint32_t statedWidth, std::uint32_t statedHeight) {
    const ImageHeader header = readImageHeader(data);
    EncodedImage image;
    image.format = header.format;
    image.width = header.width != 0 ? header.width : statedWidth;
    image.height = header.height != 0 ? header.height : statedHeight;
    image.data = std::move(data);
    return image;
}

EncodedImage rawImage(Bytes data, std::uint32_t width, std::uint32_t height, std::uint8_t channels,
                      std::uint8_t bitDepth) {
    EncodedImage image;
    image.format = ImageFormat::Raw;
    image.width = width;
    image.height = height;
    image.channels = channels;
    image.bitDepth = bitDepth;
    image.data = std::move(data);
    return image;
}

/// Samples that are not packed take whole bytes.
std::uint8_t wholeBytes(std::uint8_t bitDepth) {
    return bitDepth <= 8 ? 8 : 16;
}

EncodedImage imageOf(FingerImage& image, const FingerRecord& record) {
    switch (record.compression) {
    case FingerCompression::None:
        return rawImage(std::move(image.image), image.width, image.height, 1, wholeBytes(record.pixelDepth));
    case FingerCompression::BitPacked:
        return rawImage(std::move(image.image), image.width, image.height, 1, record.pixelDepth);
    default:
        return encodedImage(std::move(image.image), image.width, image.height);
    }
}

EncodedImage imageOf(IrisImage& image, const IrisRecord& record) {
    const bool isColour = record.format == IrisRecordFormat::ColourRaw;
    if (record.format == IrisRecordFormat::GreyRaw || isColour) {
        return rawImage(std::move(image.image), record.width, record.height, isColour ? 3 : 1,
                        wholeBytes(record.intensityDepth));
    }
    return encodedImage(std::move(image.image), record.width, record.height);
}

} // namespace

Pixels EncodedImage::pixels(const ImageLimits& limits) const {
    return format == ImageFormat::Raw ? unpackPixels(data, width, height, channels, bitDepth, limits)
                                      : decodePixels(data, limits);
}

std::vector<EncodedImage> faceImages(const BiometricInformation& information) {
    std::vector<EncodedImage> images;
    if (isDataBlock(information, face)) {
        auto block = readDataBlock<FaceImageDataBlock>(information);
        for (FaceRepresentationBlock& representation : block.representations) {
            const auto size = representation.image.information.size.value_or(ImageSizeBlock{});
            images.push_back(encodedImage(std::move(representation.image.data), size.width, size.height));
        }
    } else {
        auto record = FacialRecord::decode(information.dataBlock);
        for (FacialImage& image : record.images) {
            images.push_back(encodedImage(std::move(image.image), image.width, image.height));
        }
    }
    return images;
}

std::vector<EncodedFinger> fingerImages(const BiometricInformation& information) {
    std::vector<EncodedFinger> images;
    if (isDataBlock(information, finger)) {
        auto block = readDataBlock<FingerImageDataBlock>(information);
        for (FingerRepresentationBlock& representation : block.representations) {
            images.push_back({representation.position.value().value_or(0),
                              encodedImage(std::move(representation.data), 0, 0)});
        }
    } else {
        auto record = FingerRecord::decode(information.dataBlock);
        for (FingerImage& image : record.images) {
            const std::uint16_t position = image.position;
            images.push_back({position, imageOf(image, record)});
        }
    }
    return images;
}

std::vector<EncodedIris> irisImages(const BiometricInformation& information) {
    std::vector<EncodedIris> images;
    if (isDataBlock(information, iris)) {
        auto block = readDataBlock<IrisImageDataBlock>(information);
        for (IrisRepresentationBlock& representation : block.representations) {
            images.push_back({representation.eye, encodedImage(std::move(representation.data), 0, 0)});
        }
    } else {
        auto record = IrisRecord::decode(information.dataBlock);
        for (IrisImages& eye : record.eyes) {
            for (IrisImage& image : eye.images) {
                images.push_back({eye.eye, imageOf(image, record)});
            }
        }
    }
    return images;
}

} // namespace cancuoc::biometric
