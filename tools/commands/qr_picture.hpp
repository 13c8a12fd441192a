// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include <CLI/CLI.hpp>

#include "host/base/interruption.hpp"
#include "qr/drawing.hpp"
#include "qr/image.hpp"
#include "qr/symbol.hpp"

namespace cancuoc::tools {

/// How long a picture is looked at, in seconds.
struct TimeBudget {
    double seconds = 10;

    /// From now on.
    [[nodiscard]] Interruption begin() const;
};

/// Adds `--within`.
void addTimeBudget(CLI::App& command, TimeBudget& budget);

/// The picture in a PNG or JPEG file. Throws Error if it cannot be read, MalformedData if it is no picture.
[[nodiscard]] qr::GreyImage readPicture(const std::string& file);

/// Adds `--out`, the file that writeDrawing writes.
void addDrawingFile(CLI::App& command, std::string& file);

/// Throws CLI::ValidationError for a PDF without a resolution.
void requirePaperSize(const std::string& file, std::size_t dotsPerInch);

/// Draws a symbol as the file's name says (PNG, SVG or PDF), after it was read back as `content`.
/// @throws Error if it is not read back: nothing is written then
void writeDrawing(const std::string& file, const qr::Symbol& symbol, const qr::Scale& scale,
                  BytesView content);

} // namespace cancuoc::tools
