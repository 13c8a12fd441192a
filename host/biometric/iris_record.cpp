// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/iris_record.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/record.hpp"

#include <algorithm>
#include <limits>

namespace cancuoc::biometric {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view formatIdentifier = "IIR\0"sv;
constexpr std::string_view version = "010\0"sv;
constexpr std::string_view recordName = "The iris image record";
constexpr std::size_t recordHeaderLength = 45;
constexpr std::size_t maximumEyes = 2;

IrisRecordFormat formatOf(ImageFormat format) {
    if (format == ImageFormat::Jpeg) {
        return IrisRecordFormat::GreyJpeg;
    }
    if (isJpeg2000(format)) {
        return IrisRecordFormat::GreyJpeg2000;
    }
    throw MalformedData("The iris image is neither JPEG nor JPEG 2000.");
}

IrisImage readImage(RecordReader& reader) {
    IrisImage image;
    image.number = reader.takeTwoBytes();
    image.quality = reader.takeByte();
    image.rotationAngle = reader.takeTwoBytes();
    image.rotationUncertainty = reader.takeTwoBytes();
    const std::size_t length = reader.takeNumber(4);
    image.image = toBytes(reader.take(length));
    return image;
}

IrisImages readEye(RecordReader& reader) {
    IrisImages eye;
    const std::uint8_t code = reader.takeByte();
    if (code > static_cast<std::uint8_t>(Eye::Left)) {
        throw MalformedData("The iris image record has an unknown eye.");
    }
    eye.eye = static_cast<Eye>(code);
    const std::size_t count = reader.takeTwoBytes();
    if (count == 0 || count > IrisRecord::maximumImages) {
        throw MalformedData("The iris image record has an eye without image, or with more than " +
                            std::to_string(IrisRecord::maximumImages) + ".");
    }
    for (std::size_t index = 0; index < count; ++index) {
        eye.images.push_back(readImage(reader));
    }
    return eye;
}

void appendEye(Bytes& record, const IrisImages& eye) {
    record.push_back(static_cast<std::uint8_t>(eye.eye));
    appendBigEndian(record, eye.images.size(), 2);
    for (const IrisImage& image : eye.images) {
        appendBigEndian(record, image.number, 2);
        record.push_back(image.quality);
        appendBigEndian(record, image.rotationAngle, 2);
        appendBigEndian(record, image.rotationUncertainty, 2);
        appendBigEndian(record, image.image.size(), 4);
        append(record, image.image);
    }
}

} // namespace

IrisRecord IrisRecord::of(Eye eye, BytesView image) {
    const ImageHeader header = readImageHeader(image);
    IrisRecord record;
    record.format = formatOf(header.format);
    constexpr std::uint32_t longestSide = std::numeric_limits<std::uint16_t>::max();
    if (header.width > longestSide || header.height > longestSide) {
        throw MalformedData("The iris image is larger than 65535 pixels.");
    }
    record.width = static_cast<std::uint16_t>(header.width);
    record.height = static_cast<std::uint16_t>(header.height);
    IrisImage irisImage;
    irisImage.image = toBytes(image);
    record.eyes.push_back({eye, {std::move(irisImage)}});
    return record;
}

IrisRecord IrisRecord::decode(BytesView record) {
    RecordReader reader(record, recordName);
    reader.expect(formatIdentifier, "format identifier than IIR");
    reader.expect(version, "version than 010");
    if (reader.takeNumber(4) != record.size()) {
        throw MalformedData("The iris image record has another length than it says.");
    }
    IrisRecord irisRecord;
    irisRecord.captureDeviceId = reader.takeTwoBytes();
    const std::size_t count = reader.takeByte();
    if (count == 0 || count > maximumEyes) {
        throw MalformedData("The iris image record has no eye, or more than two.");
    }
    if (reader.takeTwoBytes() != recordHeaderLength) {
        throw MalformedData("The iris image record has a header of another length.");
    }
    irisRecord.imageProperties = reader.takeTwoBytes();
    irisRecord.irisDiameter = reader.takeTwoBytes();
    irisRecord.format = static_cast<IrisRecordFormat>(reader.takeTwoBytes());
    irisRecord.width = reader.takeTwoBytes();
    irisRecord.height = reader.takeTwoBytes();
    irisRecord.intensityDepth = reader.takeByte();
    irisRecord.transformation = reader.takeByte();
    const BytesView deviceUniqueId = reader.take(irisRecord.deviceUniqueId.size());
    std::copy(deviceUniqueId.begin(), deviceUniqueId.end(), irisRecord.deviceUniqueId.begin());
    for (std::size_t index = 0; index < count; ++index) {
        irisRecord.eyes.push_back(readEye(reader));
    }
    if (reader.remaining() != 0) {
        throw MalformedData("The iris image record has bytes behind its last image.");
    }
    return irisRecord;
}

Bytes IrisRecord::encode() const {
    Bytes content;
    for (const IrisImages& eye : eyes) {
        appendEye(content, eye);
    }
    Bytes record =
        concat(viewOf(formatIdentifier), viewOf(version), toBigEndian(recordHeaderLength + content.size(), 4),
               toBigEndian(captureDeviceId, 2), toBigEndian(eyes.size(), 1),
               toBigEndian(recordHeaderLength, 2), toBigEndian(imageProperties, 2),
               toBigEndian(irisDiameter, 2), toBigEndian(static_cast<std::uint16_t>(format), 2));
    appendBigEndian(record, width, 2);
    appendBigEndian(record, height, 2);
    append(record, Bytes{intensityDepth, transformation});
    append(record, deviceUniqueId);
    append(record, content);
    return record;
}

} // namespace cancuoc::biometric
