// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/image.hpp"

#include "host/biometric/pnm_image.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace cancuoc::biometric {

namespace {

constexpr std::array<std::uint8_t, 3> jpegStart = {0xFF, 0xD8, 0xFF};
constexpr std::array<std::uint8_t, 12> jp2Start = {0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50,
                                                   0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A};
constexpr std::array<std::uint8_t, 4> codestreamStart = {0xFF, 0x4F, 0xFF, 0x51};
constexpr std::array<std::uint8_t, 8> pngStart = {0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::array<std::uint8_t, 2> wsqStart = {0xFF, 0xA0};

template <std::size_t Size>
bool startsWith(BytesView image, const std::array<std::uint8_t, Size>& start) {
    return image.size() >= Size && std::equal(start.begin(), start.end(), image.begin());
}

std::optional<std::uint32_t> bigEndian(BytesView image, std::size_t offset, std::size_t size) {
    if (offset > image.size() || image.size() - offset < size) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(fromBigEndian(image.subspan(offset, size)));
}

ImageHeader header(ImageFormat format, std::optional<std::uint32_t> width,
                   std::optional<std::uint32_t> height) {
    if (!width || !height) {
        return {};
    }
    return {format, *width, *height};
}

/// Whether the JPEG marker starts a frame: SOF0 to SOF15 but DHT, JPG and DAC (ISO/IEC 10918-1, table B.1).
bool startsFrame(std::uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Steps from marker segment to marker segment of JPEG or WSQ, which share their shape, up to the frame
/// header. Returns the offset of the frame header's parameters, behind its length.
template <class IsFrame>
std::optional<std::size_t> findFrame(BytesView image, IsFrame isFrame) {
    std::size_t offset = 2;
    while (const auto marker = bigEndian(image, offset, 2)) {
        if ((*marker >> 8) != 0xFF) {
            return std::nullopt;
        }
        if (*marker == 0xFFFF) { // fill byte
            ++offset;
            continue;
        }
        const auto length = bigEndian(image, offset + 2, 2);
        if (!length || *length < 2) {
            return std::nullopt;
        }
        if (isFrame(*marker & 0xFF)) {
            return offset + 4;
        }
        offset += 2 + *length;
    }
    return std::nullopt;
}

ImageHeader readJpeg(BytesView image) {
    const auto frame = findFrame(image, startsFrame);
    if (!frame) {
        return {};
    }
    // precision (1), lines (2), samples a line (2)
    return header(ImageFormat::Jpeg, bigEndian(image, *frame + 3, 2), bigEndian(image, *frame + 1, 2));
}

/// SOF of WSQ: black (1), white (1), lines (2), samples a line (2) (FBI IAFIS-IC-0110, table 12).
ImageHeader readWsq(BytesView image) {
    const auto frame = findFrame(image, [](std::uint32_t marker) { return marker == 0xA2; });
    if (!frame) {
        return {};
    }
    return header(ImageFormat::Wsq, bigEndian(image, *frame + 4, 2), bigEndian(image, *frame + 2, 2));
}

ImageHeader readPng(BytesView image) {
    return header(ImageFormat::Png, bigEndian(image, 16, 4), bigEndian(image, 20, 4));
}

/// SIZ marker segment of a JPEG 2000 codestream (ISO/IEC 15444-1, A.5.1): the image is the reference grid
/// less its offset.
ImageHeader readCodestream(BytesView image) {
    const auto gridWidth = bigEndian(image, 8, 4);
    const auto gridHeight = bigEndian(image, 12, 4);
    const auto offsetX = bigEndian(image, 16, 4);
    const auto offsetY = bigEndian(image, 20, 4);
    if (!gridWidth || !gridHeight || !offsetX || !offsetY || *offsetX > *gridWidth ||
        *offsetY > *gridHeight) {
        return {};
    }
    return {ImageFormat::Jpeg2000Codestream, *gridWidth - *offsetX, *gridHeight - *offsetY};
}

/// Finds ihdr, the first box inside jp2h (ISO/IEC 15444-1, I.5.3.1): height (4), width (4).
ImageHeader readJp2(BytesView image) {
    constexpr std::uint32_t jp2h = 0x6A703268;
    constexpr std::uint32_t ihdr = 0x69686472;
    std::size_t offset = 0;
    while (const auto length = bigEndian(image, offset, 4)) {
        if (bigEndian(image, offset + 4, 4) == jp2h) {
            if (bigEndian(image, offset + 12, 4) != ihdr) {
                return {};
            }
            return header(ImageFormat::Jpeg2000, bigEndian(image, offset + 20, 4),
                          bigEndian(image, offset + 16, 4));
        }
        if (*length < 8) {
            return {};
        }
        offset += *length;
    }
    return {};
}

} // namespace

ImageHeader readImageHeader(BytesView image) {
    if (startsWith(image, jpegStart)) {
        return readJpeg(image);
    }
    if (startsWith(image, jp2Start)) {
        return readJp2(image);
    }
    if (startsWith(image, codestreamStart)) {
        return readCodestream(image);
    }
    if (startsWith(image, pngStart)) {
        return readPng(image);
    }
    if (startsWith(image, wsqStart)) {
        return readWsq(image);
    }
    if (const auto pnm = readPnmHeader(image)) {
        return {ImageFormat::Pnm, pnm->width, pnm->height};
    }
    return {};
}

bool isJpeg2000(ImageFormat format) {
    return format == ImageFormat::Jpeg2000 || format == ImageFormat::Jpeg2000Codestream;
}

std::string_view nameOf(ImageFormat format) {
    switch (format) {
    case ImageFormat::Jpeg:
        return "jpeg";
    case ImageFormat::Jpeg2000:
    case ImageFormat::Jpeg2000Codestream:
        return "jpeg2000";
    case ImageFormat::Png:
        return "png";
    case ImageFormat::Wsq:
        return "wsq";
    case ImageFormat::Pnm:
        return "pnm";
    case ImageFormat::Raw:
        return "raw";
    case ImageFormat::Unknown:
        return "unknown";
    }
    return "unknown";
}

std::string_view fileExtension(ImageFormat format) {
    switch (format) {
    case ImageFormat::Jpeg:
        return ".jpg";
    case ImageFormat::Jpeg2000:
        return ".jp2";
    case ImageFormat::Jpeg2000Codestream:
        return ".j2k";
    case ImageFormat::Png:
        return ".png";
    case ImageFormat::Wsq:
        return ".wsq";
    case ImageFormat::Pnm:
        return ".pnm";
    case ImageFormat::Raw:
    case ImageFormat::Unknown:
        return ".bin";
    }
    return ".bin";
}

} // namespace cancuoc::biometric
