// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/facial_record.hpp"

#include "host/base/error.hpp"
#include "host/biometric/record.hpp"

#include <algorithm>
#include <limits>

namespace cancuoc::biometric {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view formatIdentifier = "FAC\0"sv;
constexpr std::string_view version = "010\0"sv;
constexpr std::string_view recordName = "The facial record";
constexpr std::size_t recordHeaderLength = 14;
constexpr std::size_t facialInformationLength = 20;
constexpr std::size_t featurePointLength = 8;
constexpr std::size_t imageInformationLength = 12;

// Passports of New Zealand state a length of 8 bytes less than the record has, those of the United Kingdom
// one.
constexpr std::size_t longestExcess = 8;

constexpr std::uint8_t dataTypeJpeg = 0;
constexpr std::uint8_t dataTypeJpeg2000 = 1;

template <std::size_t Size>
std::array<std::uint8_t, Size> takeArray(RecordReader& reader) {
    std::array<std::uint8_t, Size> array{};
    const BytesView bytes = reader.take(Size);
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

// ISO/IEC 19794-5:2005, 5.5
FacialImage readImage(RecordReader& reader) {
    const std::uint64_t length = reader.takeNumber(4);
    const std::size_t featurePoints = reader.takeTwoBytes();
    const std::size_t overhead =
        facialInformationLength + featurePoints * featurePointLength + imageInformationLength;
    if (length < overhead) {
        throw MalformedData("A facial image is shorter than its own headers.");
    }
    FacialImage image;
    image.gender = reader.takeByte();
    image.eyeColour = reader.takeByte();
    image.hairColour = reader.takeByte();
    image.featureMask = static_cast<std::uint32_t>(reader.takeNumber(3));
    image.expression = reader.takeTwoBytes();
    image.poseAngle = takeArray<3>(reader);
    image.poseUncertainty = takeArray<3>(reader);
    for (std::size_t index = 0; index < featurePoints; ++index) {
        image.featurePoints.push_back(takeArray<featurePointLength>(reader));
    }
    image.faceImageType = reader.takeByte();
    image.imageDataType = reader.takeByte();
    image.width = reader.takeTwoBytes();
    image.height = reader.takeTwoBytes();
    image.colourSpace = reader.takeByte();
    image.sourceType = reader.takeByte();
    image.deviceType = reader.takeTwoBytes();
    image.quality = reader.takeTwoBytes();
    image.image = toBytes(reader.take(static_cast<std::size_t>(length) - overhead));
    return image;
}

void appendImage(Bytes& record, const FacialImage& image) {
    if (image.featurePoints.size() > std::numeric_limits<std::uint16_t>::max()) {
        throw MalformedData("A facial image has more feature points than its record can count.");
    }
    const std::size_t length = facialInformationLength + image.featurePoints.size() * featurePointLength +
                               imageInformationLength + image.image.size();
    append(record, toBigEndian(length, 4));
    append(record, toBigEndian(image.featurePoints.size(), 2));
    append(record, Bytes{image.gender, image.eyeColour, image.hairColour});
    append(record, toBigEndian(image.featureMask, 3));
    append(record, toBigEndian(image.expression, 2));
    append(record, image.poseAngle);
    append(record, image.poseUncertainty);
    for (const FacialImage::FeaturePoint& point : image.featurePoints) {
        append(record, point);
    }
    append(record, Bytes{image.faceImageType, image.imageDataType});
    append(record, toBigEndian(image.width, 2));
    append(record, toBigEndian(image.height, 2));
    append(record, Bytes{image.colourSpace, image.sourceType});
    append(record, toBigEndian(image.deviceType, 2));
    append(record, toBigEndian(image.quality, 2));
    append(record, image.image);
}

} // namespace

FacialRecord FacialRecord::fullFrontal(BytesView image) {
    const ImageHeader header = readImageHeader(image);
    if (header.format != ImageFormat::Jpeg && !isJpeg2000(header.format)) {
        throw MalformedData("The portrait is neither a JPEG nor a JPEG 2000 picture.");
    }
    constexpr std::uint32_t longestSide = std::numeric_limits<std::uint16_t>::max();
    if (header.width > longestSide || header.height > longestSide) {
        throw MalformedData("The portrait is larger than 65535 pixels.");
    }
    FacialImage facialImage;
    facialImage.imageDataType = header.format == ImageFormat::Jpeg ? dataTypeJpeg : dataTypeJpeg2000;
    facialImage.width = static_cast<std::uint16_t>(header.width);
    facialImage.height = static_cast<std::uint16_t>(header.height);
    facialImage.image = toBytes(image);
    return FacialRecord{{std::move(facialImage)}};
}

// ISO/IEC 19794-5:2005, 5.4
FacialRecord FacialRecord::decode(BytesView record) {
    RecordReader reader(record, recordName);
    reader.expect(formatIdentifier, "format identifier than FAC");
    reader.expect(version, "version than 010");
    const std::size_t statedLength = reader.takeNumber(4);
    if (statedLength > record.size() || record.size() - statedLength > longestExcess) {
        throw MalformedData("The facial record has another length than it says.");
    }
    const std::size_t count = reader.takeTwoBytes();
    if (count == 0 || count > maximumImages) {
        throw MalformedData("The facial record has no image or more than " + std::to_string(maximumImages) +
                            ".");
    }
    FacialRecord facialRecord;
    for (std::size_t index = 0; index < count; ++index) {
        facialRecord.images.push_back(readImage(reader));
    }
    if (reader.remaining() > longestExcess) {
        throw MalformedData("The facial record has bytes behind its last image.");
    }
    return facialRecord;
}

Bytes FacialRecord::encode() const {
    Bytes content;
    for (const FacialImage& image : images) {
        appendImage(content, image);
    }
    return concat(viewOf(formatIdentifier), viewOf(version),
                  toBigEndian(recordHeaderLength + content.size(), 4), toBigEndian(images.size(), 2),
                  content);
}

} // namespace cancuoc::biometric
