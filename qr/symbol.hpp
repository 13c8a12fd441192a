// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "host/base/bytes.hpp"

namespace cancuoc::qr {

/// How much of a symbol may be lost (ISO/IEC 18004, 7.5.1): about 7, 15, 25 and 30 percent of its codewords.
enum class ErrorCorrection { L, M, Q, H };

enum class SymbolKind { QrCode, DataMatrix };

/// How a text becomes a symbol. The defaults are those of the card.
struct Encoding {
    ErrorCorrection errorCorrection = ErrorCorrection::M;
    /// Whether the symbol names its character set, UTF-8 (ECI assignment 000026). The card's does not.
    bool namesCharacterSet = false;
};

/// A symbol as a square of modules, without its quiet zone: a QR symbol, or for digital seals also a Data
/// Matrix.
class Symbol {
public:
    /// Encodes `text` in byte mode, in the smallest version that holds it; with the character set named, a
    /// text that leaves less than four bytes of a version free takes the next one.
    /// @param text at most 2331 bytes at error correction level M (ISO/IEC 18004, table 7, version 40)
    /// @throws MalformedData if the text is empty, holds NUL, or is too long for a symbol
    static Symbol encode(std::string_view text, const Encoding& encoding = {});

    /// Encodes bytes of any value the same way, without naming a character set.
    /// @throws MalformedData if there are none, or too many for a symbol
    static Symbol encodeBytes(BytesView bytes, ErrorCorrection errorCorrection = ErrorCorrection::M);

    /// Encodes bytes of any value as a square Data Matrix (ISO/IEC 16022, ECC 200) of the smallest size.
    /// @throws MalformedData if there are none, or too many for a symbol
    static Symbol encodeDataMatrix(BytesView bytes);

    [[nodiscard]] SymbolKind kind() const { return kind_; }

    /// Modules a side: 21 to 177; of a Data Matrix 10 to 144.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// The version of a QR symbol (ISO/IEC 18004): 1 to 40.
    [[nodiscard]] std::size_t version() const { return (size_ - 17) / 4; }

    /// Tells whether the module is dark. `row` and `column` are below size().
    [[nodiscard]] bool isDark(std::size_t row, std::size_t column) const {
        return modules_[row * size_ + column] != 0;
    }

private:
    Symbol(SymbolKind kind, std::size_t size, Bytes modules);
    static Symbol encodeWith(BytesView bytes, const Encoding& encoding);

    SymbolKind kind_;
    std::size_t size_;
    Bytes modules_; ///< row after row from the top, 1 for dark
};

/// Light modules around a symbol (ISO/IEC 18004, 9.1).
constexpr std::size_t quietZoneModules = 4;

} // namespace cancuoc::qr
