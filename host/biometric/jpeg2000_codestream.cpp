// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/jpeg2000_codestream.hpp"

#include "host/base/error.hpp"
#include "host/biometric/record.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cancuoc::biometric {

namespace {

constexpr std::string_view imageName = "The JPEG 2000 image";

// ISO/IEC 15444-1, table A.2
enum Marker : std::uint16_t {
    startOfCodestream = 0xFF4F,
    imageAndTileSize = 0xFF51,
    codingStyleDefault = 0xFF52,
    codingStyleComponent = 0xFF53,
    startOfTilePart = 0xFF90,
    startOfData = 0xFF93,
    endOfCodestream = 0xFFD9,
};

/// The marker segments that OpenJPEG reads too: behind any other, it and this walk could part ways.
constexpr std::array<std::uint16_t, 19> knownSegments = {0xFF50,
                                                         imageAndTileSize,
                                                         codingStyleDefault,
                                                         codingStyleComponent,
                                                         0xFF55,
                                                         0xFF57,
                                                         0xFF58,
                                                         0xFF5C,
                                                         0xFF5D,
                                                         0xFF5E,
                                                         0xFF5F,
                                                         0xFF60,
                                                         0xFF61,
                                                         0xFF63,
                                                         0xFF64,
                                                         0xFF74,
                                                         0xFF75,
                                                         0xFF77,
                                                         0xFF78};

[[noreturn]] void throwTooDemanding() {
    throw MalformedData("The JPEG 2000 image is cut into more parts than this program decodes.");
}

std::uint64_t divideUp(std::uint64_t dividend, std::uint64_t divisor) {
    return (dividend + divisor - 1) / divisor;
}

struct Size {
    std::uint64_t width = 0;
    std::uint64_t height = 0;
};

// ISO/IEC 15444-1, A.5.1
Size requireSize(RecordReader segment, const ImageLimits& limits) {
    constexpr std::uint64_t maximumTiles = 1024;
    constexpr std::size_t maximumComponents = 4;
    constexpr std::size_t bytesPerSample = 4;
    (void)segment.takeTwoBytes(); // capabilities
    const std::uint64_t right = segment.takeNumber(4);
    const std::uint64_t bottom = segment.takeNumber(4);
    const std::uint64_t left = segment.takeNumber(4);
    const std::uint64_t top = segment.takeNumber(4);
    const std::uint64_t tileWidth = segment.takeNumber(4);
    const std::uint64_t tileHeight = segment.takeNumber(4);
    const std::uint64_t tileLeft = segment.takeNumber(4);
    const std::uint64_t tileTop = segment.takeNumber(4);
    const std::size_t components = segment.takeTwoBytes();
    if (left > right || top > bottom || tileLeft > left || tileTop > top || tileWidth == 0 ||
        tileHeight == 0 || components == 0) {
        throw MalformedData("The JPEG 2000 image has a malformed size.");
    }
    const Size size{right - left, bottom - top};
    limits.require(static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height),
                   components * bytesPerSample);
    if (components > maximumComponents ||
        divideUp(right - tileLeft, tileWidth) * divideUp(bottom - tileTop, tileHeight) > maximumTiles) {
        throwTooDemanding();
    }
    return size;
}

// ISO/IEC 15444-1, A.6.1, table A.15: levels, code-block width and height, style, transformation, and, when
// they are user-defined, the exponents of the precincts of each resolution, from the smallest on.
void requirePrecincts(RecordReader style, bool userDefined, const Size& size) {
    constexpr std::uint64_t maximumPrecincts = 65536;
    constexpr unsigned maximumLevels = 32;
    const unsigned levels = style.takeByte();
    if (levels > maximumLevels) {
        throw MalformedData("The JPEG 2000 image has a malformed coding style.");
    }
    (void)style.take(4);
    std::uint64_t precincts = 0;
    for (unsigned resolution = 0; userDefined && resolution <= levels; ++resolution) {
        const unsigned exponents = style.takeByte();
        const unsigned reduction = levels - resolution;
        precincts += divideUp(size.width, std::uint64_t{1} << (reduction + (exponents & 0x0FU))) *
                     divideUp(size.height, std::uint64_t{1} << (reduction + (exponents >> 4U)));
    }
    if (precincts > maximumPrecincts) {
        throwTooDemanding();
    }
}

void requireCodingStyle(RecordReader segment, const Size& size) {
    const bool userDefined = (segment.takeByte() & 1U) != 0;
    (void)segment.take(4); // progression order, layers, component transformation
    requirePrecincts(segment, userDefined, size);
}

// ISO/IEC 15444-1, A.6.2; with at most 4 components the component's index has one byte
void requireComponentCodingStyle(RecordReader segment, const Size& size) {
    (void)segment.takeByte();
    const bool userDefined = (segment.takeByte() & 1U) != 0;
    requirePrecincts(segment, userDefined, size);
}

/// Steps from marker segment to marker segment through the main header and those of the tile-parts. Where a
/// tile-part's header breaks off the walk ends: a decoder reads no further either.
class HeaderWalk {
public:
    HeaderWalk(BytesView codestream, const ImageLimits& limits) : codestream_(codestream), limits_(limits) {}

    void walk() {
        RecordReader reader(codestream_, imageName);
        if (reader.takeTwoBytes() != startOfCodestream) {
            throw MalformedData("The JPEG 2000 image has no codestream.");
        }
        while (reader.remaining() >= 2) {
            const std::uint16_t marker = reader.takeTwoBytes();
            if (marker == startOfTilePart) {
                walkTileParts(codestream_.last(reader.remaining() + 2));
                return;
            }
            require(marker, takeSegment(reader));
        }
        throw MalformedData("The JPEG 2000 image has no tile.");
    }

private:
    static BytesView takeSegment(RecordReader& reader) {
        const std::size_t length = reader.takeTwoBytes();
        if (length < 2) {
            throw MalformedData("The JPEG 2000 image has a malformed marker segment.");
        }
        return reader.take(length - 2);
    }

    void require(std::uint16_t marker, BytesView segment) {
        if (std::find(knownSegments.begin(), knownSegments.end(), marker) == knownSegments.end()) {
            throw MalformedData("The JPEG 2000 image has an unknown marker segment.");
        }
        const RecordReader reader(segment, imageName);
        if (marker == imageAndTileSize) {
            size_ = requireSize(reader, limits_);
        } else if (marker == codingStyleDefault) {
            requireCodingStyle(reader, size_);
        } else if (marker == codingStyleComponent) {
            requireComponentCodingStyle(reader, size_);
        }
    }

    // ISO/IEC 15444-1, A.4.2: a tile-part's length counts from its own marker; 0 reaches to the end.
    void walkTileParts(BytesView tileParts) {
        while (tileParts.size() > 2 && fromBigEndian(tileParts.first(2)) == startOfTilePart) {
            RecordReader reader(tileParts, imageName);
            (void)reader.takeTwoBytes();
            RecordReader parameters(takeSegment(reader), imageName);
            (void)parameters.takeTwoBytes(); // tile
            const std::size_t length = parameters.takeNumber(4);
            if (length > limits_.maximumFileSize) {
                throw MalformedData("The JPEG 2000 image has a tile longer than this program decodes.");
            }
            walkTilePartHeader(reader);
            if (length < tileParts.size() - reader.remaining() || length >= tileParts.size()) {
                return;
            }
            tileParts = tileParts.subspan(length);
        }
    }

    void walkTilePartHeader(RecordReader& reader) {
        while (reader.remaining() >= 2) {
            const std::uint16_t marker = reader.takeTwoBytes();
            if (marker == startOfData || marker == endOfCodestream) {
                return;
            }
            require(marker, takeSegment(reader));
        }
    }

    BytesView codestream_;
    const ImageLimits& limits_;
    Size size_;
};

} // namespace

BytesView findCodestream(BytesView image) {
    constexpr std::array<std::uint8_t, 2> start = {0xFF, 0x4F};
    if (image.size() >= start.size() && equal(image.first(start.size()), start)) {
        return image;
    }
    // ISO/IEC 15444-1, I.4: length (4), type (4), and with length 1 the length again (8)
    constexpr std::uint64_t contiguousCodestream = 0x6A703263;
    RecordReader reader(image, imageName);
    while (reader.remaining() != 0) {
        std::uint64_t length = reader.takeNumber(4);
        const std::uint64_t type = reader.takeNumber(4);
        std::uint64_t headerLength = 8;
        if (length == 1) {
            length = reader.takeNumber(8);
            headerLength = 16;
        }
        if (type == contiguousCodestream) {
            return image.last(reader.remaining());
        }
        if (length < headerLength) {
            break;
        }
        (void)reader.take(length - headerLength);
    }
    throw MalformedData("The JPEG 2000 image has no codestream.");
}

void requireModestCodestream(BytesView codestream, const ImageLimits& limits) {
    HeaderWalk(codestream, limits).walk();
}

} // namespace cancuoc::biometric
