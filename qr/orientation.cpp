// SPDX-License-Identifier: Apache-2.0
#include "qr/orientation.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <libexif/exif-data.h>

namespace cancuoc::qr {

namespace {

GreyImage transposed(const GreyImage& image) {
    GreyImage result{image.height, image.width, Bytes(image.pixels.size())};
    for (std::size_t y = 0; y < image.height; ++y) {
        for (std::size_t x = 0; x < image.width; ++x) {
            result.pixels[x * image.height + y] = image.pixels[y * image.width + x];
        }
    }
    return result;
}

void mirrorRows(GreyImage& image) {
    for (std::size_t y = 0; y < image.height; ++y) {
        const auto first = image.pixels.begin() + static_cast<std::ptrdiff_t>(y * image.width);
        std::reverse(first, first + static_cast<std::ptrdiff_t>(image.width));
    }
}

} // namespace

Orientation orientationOf(BytesView jpegFile) {
    // The segment with the orientation is among the first, and no longer than 65,535 bytes.
    constexpr std::size_t searched = 262144;
    const auto size = static_cast<unsigned>(std::min(jpegFile.size(), searched));
    const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(
        exif_data_new_from_data(jpegFile.data(), size), &exif_data_unref);
    if (data == nullptr) {
        return Orientation::TopLeft;
    }
    const auto* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) {
        return Orientation::TopLeft;
    }
    const auto value = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
    const bool isKnown =
        value >= static_cast<int>(Orientation::TopLeft) && value <= static_cast<int>(Orientation::LeftBottom);
    return isKnown ? static_cast<Orientation>(value) : Orientation::TopLeft;
}

GreyImage upright(GreyImage image, Orientation orientation) {
    const bool rowsAreColumns = orientation >= Orientation::LeftTop;
    if (rowsAreColumns) {
        image = transposed(image);
    }
    const bool isMirrored = orientation == Orientation::TopRight || orientation == Orientation::BottomRight ||
                            orientation == Orientation::RightTop || orientation == Orientation::RightBottom;
    const bool isUpsideDown =
        orientation == Orientation::BottomRight || orientation == Orientation::BottomLeft ||
        orientation == Orientation::RightBottom || orientation == Orientation::LeftBottom;
    if (isUpsideDown) {
        std::reverse(image.pixels.begin(), image.pixels.end());
    }
    // All pixels reversed are upside down and mirrored.
    if (isMirrored != isUpsideDown) {
        mirrorRows(image);
    }
    return image;
}

} // namespace cancuoc::qr
