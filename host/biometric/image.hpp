// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace cancuoc::biometric {

enum class ImageFormat {
    Jpeg,
    Jpeg2000,           ///< the file format JP2
    Jpeg2000Codestream, ///< without a file format around it
    Png,
    Wsq,
    Pnm, ///< portable graymap or pixmap, binary
    Raw, ///< samples without a header
    Unknown,
};

/// What the header of an image says about it.
struct ImageHeader {
    ImageFormat format = ImageFormat::Unknown;
    std::uint32_t width = 0;  ///< pixels; 0 when the header does not tell
    std::uint32_t height = 0; ///< pixels; 0 when the header does not tell

    friend bool operator==(const ImageHeader&, const ImageHeader&) = default;
};

/// Recognizes JPEG, JPEG 2000 (file format and bare codestream), PNG, WSQ and binary PGM and PPM by their
/// first bytes and reads the dimensions; decodes no pixel. Anything else is Unknown, also a header that
/// breaks off: a wrong picture is a finding about the card, not an error.
[[nodiscard]] ImageHeader readImageHeader(BytesView image);

/// Whether the format is JPEG 2000, with or without a file format around it.
[[nodiscard]] bool isJpeg2000(ImageFormat format);

/// "jpeg", "jpeg2000", "png", "wsq", "pnm", "raw" or "unknown".
[[nodiscard]] std::string_view nameOf(ImageFormat format);

/// The usual extension of a file with this format, with its dot: ".jpg", ".jp2", ".j2k" for a bare
/// codestream,
/// ".png", ".wsq", ".pnm", ".bin".
[[nodiscard]] std::string_view fileExtension(ImageFormat format);

} // namespace cancuoc::biometric
