// SPDX-License-Identifier: Apache-2.0
#include "host/trace/image_redaction.hpp"

#include "host/biometric/image.hpp"

#include <algorithm>

namespace cancuoc::trace {

namespace {

constexpr std::uint8_t markerPrefix = 0xFF;
constexpr std::size_t markerSize = 2;

// ITU-T T.81, table B.1.
constexpr std::uint8_t startOfImage = 0xD8;
constexpr std::uint8_t startOfScan = 0xDA;
constexpr std::uint8_t quantizationTables = 0xDB;
constexpr std::uint8_t huffmanTables = 0xC4;
constexpr std::uint8_t restartInterval = 0xDD;

// ITU-T T.800, table A.2.
constexpr std::uint8_t startOfCodestream = 0x4F;
constexpr std::uint8_t imageAndTileSize = 0x51;
constexpr std::uint8_t codingStyle = 0x52;
constexpr std::uint8_t quantization = 0x5C;
constexpr std::uint8_t startOfTilePart = 0x90;
constexpr std::uint8_t startOfData = 0x93;

// Frames C0 to CF, tables and restart intervals describe how the picture is coded and not the picture.
bool isJpegHeader(std::uint8_t marker) {
    return (marker & 0xF0U) == 0xC0U || marker == huffmanTables || marker == quantizationTables ||
           marker == restartInterval || marker == startOfScan;
}

bool isJpeg2000Header(std::uint8_t marker) {
    return marker == imageAndTileSize || marker == codingStyle || marker == quantization ||
           marker == startOfTilePart;
}

// Pseudonyms that hold no marker.
void appendCoded(Bytes& output, BytesView coded, const Pseudonyms& pseudonyms) {
    for (const std::uint8_t byte : pseudonyms.bytes(coded)) {
        output.push_back(byte == markerPrefix ? std::uint8_t{0} : byte);
    }
}

// Marker segments up to the coded data, which `lastMarker` begins: with a segment of its own or without one.
Bytes redactSegments(BytesView image, std::uint8_t lastMarker, bool lastHasSegment,
                     bool (*isHeader)(std::uint8_t), const Pseudonyms& pseudonyms) {
    Bytes output = toBytes(image.first(markerSize));
    BytesView rest = image.subspan(markerSize);
    while (rest.size() >= markerSize + 2 && rest[0] == markerPrefix) {
        const std::uint8_t marker = rest[1];
        if (marker == lastMarker && !lastHasSegment) {
            append(output, rest.first(markerSize));
            rest = rest.subspan(markerSize);
            break;
        }
        const auto size = static_cast<std::size_t>(fromBigEndian(rest.subspan(markerSize, 2)));
        if (size < 2 || size > rest.size() - markerSize) {
            break;
        }
        const BytesView segment = rest.subspan(markerSize + 2, size - 2);
        append(output, rest.first(markerSize + 2));
        append(output, isHeader(marker) ? toBytes(segment) : pseudonyms.bytes(segment));
        rest = rest.subspan(markerSize + size);
        if (marker == lastMarker) {
            break;
        }
    }
    // The end of image stays where it is.
    const std::size_t end = std::min(rest.size(), markerSize);
    appendCoded(output, rest.first(rest.size() - end), pseudonyms);
    append(output, rest.last(end));
    return output;
}

Bytes redactCodestream(BytesView codestream, const Pseudonyms& pseudonyms) {
    return redactSegments(codestream, startOfData, false, isJpeg2000Header, pseudonyms);
}

// ITU-T T.800, I.4: boxes of a length, a type and a content.
Bytes redactBoxes(BytesView image, const Pseudonyms& pseudonyms) {
    constexpr std::size_t headerSize = 8;
    Bytes output;
    while (image.size() >= headerSize) {
        const auto stated = static_cast<std::size_t>(fromBigEndian(image.first(4)));
        const std::size_t size = stated >= headerSize ? std::min(stated, image.size()) : image.size();
        const auto type = toText(image.subspan(4, 4));
        const BytesView content = image.subspan(headerSize, size - headerSize);
        append(output, image.first(headerSize));
        if (type == "jp2c" && content.size() > markerSize && content[1] == startOfCodestream) {
            append(output, redactCodestream(content, pseudonyms));
        } else {
            const bool isHeader = type == "jP  " || type == "ftyp" || type == "jp2h";
            append(output, isHeader ? toBytes(content) : pseudonyms.bytes(content));
        }
        image = image.subspan(size);
    }
    append(output, pseudonyms.bytes(image));
    return output;
}

} // namespace

Bytes redactImage(BytesView image, const Pseudonyms& pseudonyms) {
    using biometric::ImageFormat;
    switch (biometric::readImageHeader(image).format) {
    case ImageFormat::Jpeg:
        return image[1] == startOfImage ? redactSegments(image, startOfScan, true, isJpegHeader, pseudonyms)
                                        : pseudonyms.bytes(image);
    case ImageFormat::Jpeg2000:
        return redactBoxes(image, pseudonyms);
    case ImageFormat::Jpeg2000Codestream:
        return redactCodestream(image, pseudonyms);
    default:
        return pseudonyms.bytes(image);
    }
}

} // namespace cancuoc::trace
