// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace cancuoc::personalization {

struct ImageSize {
    std::size_t width = 0; ///< pixels
    std::size_t height = 0;

    /// "300 x 400"
    [[nodiscard]] std::string text() const;

    friend bool operator==(const ImageSize&, const ImageSize&) = default;
};

/// What an image file turned out to be.
enum class ImageState {
    Absent,       ///< without a byte
    OtherFormat,  ///< not of the format asked for
    Damaged,      ///< of that format, and cannot be decoded to its end
    BeyondLimits, ///< more than 4096 pixels on a side, or none; its pixels were not decoded
    Whole,
};

/// Grey pixels, rows from the top, 0 black to 255 white.
struct GreyImage {
    ImageSize size;
    Bytes pixels;
};

/// An image decoded to its end, so that one cut short is found before a chip carries it.
struct InspectedImage {
    ImageState state = ImageState::Absent;
    ImageSize size;                      ///< as the header says; 0 x 0 where it could not be read
    GreyImage image;                     ///< without pixels unless the state is Whole
    std::optional<unsigned> dotsPerInch; ///< where a PNG says so
};

/// Inspects a JPEG file of at most 4096 x 4096 pixels.
[[nodiscard]] InspectedImage inspectJpeg(BytesView file);

/// Inspects a PNG file, 8 bits grey, of at most 4096 x 4096 pixels.
[[nodiscard]] InspectedImage inspectGreyPng(BytesView file);

/// Mean and standard deviation of the grey values in a part of an image.
struct GreyStatistics {
    double mean = 0;
    double deviation = 0;
};

/// Of the pixels between the sides given in thousandths of width and height; `image` has pixels.
[[nodiscard]] GreyStatistics greyStatistics(const GreyImage& image, unsigned left, unsigned top,
                                            unsigned right, unsigned bottom);

} // namespace cancuoc::personalization
