// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/bytes.hpp"

namespace cancuoc::qr {

/// A QR symbol as a square of modules, without its quiet zone.
class Symbol {
public:
    /// Encodes `text` in byte mode, without ECI, at error correction level M: the form of the card.
    /// @param text at most 2331 bytes (ISO/IEC 18004, version 40-M)
    /// @throws MalformedData if the text is empty, holds NUL, or is too long for a symbol
    static Symbol encode(std::string_view text);

    /// Modules a side: 21 to 177.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// Tells whether the module is dark. `row` and `column` are below size().
    [[nodiscard]] bool isDark(std::size_t row, std::size_t column) const {
        return dark_[row * size_ + column];
    }

private:
    Symbol(std::size_t size, std::vector<bool> dark);

    std::size_t size_;
    std::vector<bool> dark_;
};

/// Light modules around a symbol (ISO/IEC 18004, 9.1).
constexpr std::size_t quietZoneModules = 4;

/// The largest module that toPng and toSvg draw, in pixels.
constexpr std::size_t maximumModulePixels = 64;

/// A black and white PNG file with the quiet zone.
/// @param modulePixels pixels a module, 1 to maximumModulePixels
/// @throws BadConfiguration if `modulePixels` is out of range
Bytes toPng(const Symbol& symbol, std::size_t modulePixels);

/// An SVG file with the quiet zone, drawn in whole modules so that every scale stays crisp.
/// @param modulePixels nominal pixels a module, 1 to maximumModulePixels
/// @throws BadConfiguration if `modulePixels` is out of range
std::string toSvg(const Symbol& symbol, std::size_t modulePixels);

} // namespace cancuoc::qr
