// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "qr/image.hpp"

namespace cancuoc::bench {

/// What makes a picture hard. Each class spoils it by its own means, from not at all to beyond reading.
enum class Hardship {
    Perspective,
    Rotation,
    MotionBlur,
    Defocus,
    Noise,
    JpegQuality,
    Glare,
    UnevenLight,
    LowResolution,
    PrintedAndScanned
};

inline constexpr std::array hardships{
    Hardship::Perspective,   Hardship::Rotation,         Hardship::MotionBlur, Hardship::Defocus,
    Hardship::Noise,         Hardship::JpegQuality,      Hardship::Glare,      Hardship::UnevenLight,
    Hardship::LowResolution, Hardship::PrintedAndScanned};

[[nodiscard]] std::string_view nameOf(Hardship hardship);

/// A picture of a whole card on a table, or anywhere on a cloth, and what its symbol says.
struct HardPicture {
    qr::GreyImage image;
    std::string payload;
};

/// Takes a picture of a fictional citizen's card.
/// @param severity from 0, easy, to 1
/// @param seed the same seed takes the same picture, on every machine with IEEE 754 arithmetic
[[nodiscard]] HardPicture takePicture(Hardship hardship, double severity, std::uint64_t seed);

} // namespace cancuoc::bench
