// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/finger_record.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/record.hpp"

#include <limits>
#include <set>

namespace cancuoc::biometric {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view formatIdentifier = "FIR\0"sv;
constexpr std::string_view version = "010\0"sv;
constexpr std::string_view recordName = "The finger image record";
constexpr std::size_t recordHeaderLength = 32;
constexpr std::size_t imageHeaderLength = 14;

FingerCompression compressionOf(ImageFormat format) {
    switch (format) {
    case ImageFormat::Wsq:
        return FingerCompression::Wsq;
    case ImageFormat::Jpeg:
        return FingerCompression::Jpeg;
    case ImageFormat::Jpeg2000:
    case ImageFormat::Jpeg2000Codestream:
        return FingerCompression::Jpeg2000;
    case ImageFormat::Png:
        return FingerCompression::Png;
    default:
        throw MalformedData("The fingerprint is none of PNG, WSQ, JPEG and JPEG 2000.");
    }
}

// ISO/IEC 19794-4:2005, 7.2
FingerImage readImage(RecordReader& reader) {
    const std::uint64_t length = reader.takeNumber(4);
    if (length < imageHeaderLength) {
        throw MalformedData("A finger image is shorter than its own header.");
    }
    FingerImage image;
    image.position = reader.takeByte();
    image.viewCount = reader.takeByte();
    image.viewNumber = reader.takeByte();
    image.quality = reader.takeByte();
    image.impressionType = reader.takeByte();
    image.width = reader.takeTwoBytes();
    image.height = reader.takeTwoBytes();
    (void)reader.takeByte(); // reserved
    image.image = toBytes(reader.take(static_cast<std::size_t>(length) - imageHeaderLength));
    return image;
}

void appendImage(Bytes& record, const FingerImage& image) {
    append(record, toBigEndian(imageHeaderLength + image.image.size(), 4));
    append(record,
           Bytes{image.position, image.viewCount, image.viewNumber, image.quality, image.impressionType});
    append(record, toBigEndian(image.width, 2));
    append(record, toBigEndian(image.height, 2));
    record.push_back(0); // reserved
    append(record, image.image);
}

std::size_t countFingers(const std::vector<FingerImage>& images) {
    std::set<std::uint8_t> positions;
    for (const FingerImage& image : images) {
        positions.insert(image.position);
    }
    return positions.size();
}

} // namespace

FingerRecord FingerRecord::plainImpression(FingerPosition position, BytesView image) {
    const ImageHeader header = readImageHeader(image);
    FingerRecord record;
    record.compression = compressionOf(header.format);
    constexpr std::uint32_t longestSide = std::numeric_limits<std::uint16_t>::max();
    if (header.width > longestSide || header.height > longestSide) {
        throw MalformedData("The fingerprint is larger than 65535 pixels.");
    }
    FingerImage fingerImage;
    fingerImage.position = static_cast<std::uint8_t>(position);
    fingerImage.width = static_cast<std::uint16_t>(header.width);
    fingerImage.height = static_cast<std::uint16_t>(header.height);
    fingerImage.image = toBytes(image);
    record.images.push_back(std::move(fingerImage));
    return record;
}

// ISO/IEC 19794-4:2005, 7.1
FingerRecord FingerRecord::decode(BytesView record) {
    RecordReader reader(record, recordName);
    reader.expect(formatIdentifier, "format identifier than FIR");
    reader.expect(version, "version than 010");
    if (reader.takeNumber(6) != record.size()) {
        throw MalformedData("The finger image record has another length than it says.");
    }
    FingerRecord fingerRecord;
    fingerRecord.captureDeviceId = reader.takeTwoBytes();
    fingerRecord.acquisitionLevel = reader.takeTwoBytes();
    const std::size_t fingers = reader.takeByte();
    fingerRecord.scaleUnits = reader.takeByte();
    fingerRecord.horizontalScanResolution = reader.takeTwoBytes();
    fingerRecord.verticalScanResolution = reader.takeTwoBytes();
    fingerRecord.horizontalImageResolution = reader.takeTwoBytes();
    fingerRecord.verticalImageResolution = reader.takeTwoBytes();
    fingerRecord.pixelDepth = reader.takeByte();
    const std::uint8_t compression = reader.takeByte();
    if (compression > static_cast<std::uint8_t>(FingerCompression::Png)) {
        throw MalformedData("The finger image record has an unknown compression.");
    }
    fingerRecord.compression = static_cast<FingerCompression>(compression);
    (void)reader.takeTwoBytes(); // reserved
    while (reader.remaining() != 0) {
        if (fingerRecord.images.size() == maximumImages) {
            throw MalformedData("The finger image record has more than " + std::to_string(maximumImages) +
                                " images.");
        }
        fingerRecord.images.push_back(readImage(reader));
    }
    if (fingerRecord.images.empty() || countFingers(fingerRecord.images) != fingers) {
        throw MalformedData("The finger image record has another number of fingers than it says.");
    }
    return fingerRecord;
}

Bytes FingerRecord::encode() const {
    Bytes content;
    for (const FingerImage& image : images) {
        appendImage(content, image);
    }
    Bytes record =
        concat(viewOf(formatIdentifier), viewOf(version), toBigEndian(recordHeaderLength + content.size(), 6),
               toBigEndian(captureDeviceId, 2), toBigEndian(acquisitionLevel, 2));
    append(record, Bytes{static_cast<std::uint8_t>(countFingers(images)), scaleUnits});
    append(record, toBigEndian(horizontalScanResolution, 2));
    append(record, toBigEndian(verticalScanResolution, 2));
    append(record, toBigEndian(horizontalImageResolution, 2));
    append(record, toBigEndian(verticalImageResolution, 2));
    append(record, Bytes{pixelDepth, static_cast<std::uint8_t>(compression), 0, 0}); // two reserved
    append(record, content);
    return record;
}

} // namespace cancuoc::biometric
