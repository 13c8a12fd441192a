// SPDX-License-Identifier: Apache-2.0
#include "qr/symbol.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <fmt/format.h>
#include <qrencode.h>

#include "host/base/error.hpp"

namespace cancuoc::qr {

namespace {

using Input = std::unique_ptr<QRinput, decltype(&QRinput_free)>;

constexpr unsigned eciOfUtf8 = 26;

struct Level {
    QRecLevel level;
    char name;
    std::size_t longest; ///< bytes in version 40 (ISO/IEC 18004, table 7)
};

Level levelOf(ErrorCorrection errorCorrection) {
    constexpr Level levels[] = {{QR_ECLEVEL_L, 'L', 2953},
                                {QR_ECLEVEL_M, 'M', 2331},
                                {QR_ECLEVEL_Q, 'Q', 1663},
                                {QR_ECLEVEL_H, 'H', 1273}};
    return levels[static_cast<std::size_t>(errorCorrection)];
}

void requireDone(bool done) {
    if (!done) {
        throw Error(fmt::format("The QR library refused to encode the text (error {}).", errno));
    }
}

} // namespace

Symbol::Symbol(SymbolKind kind, std::size_t size, Bytes modules)
    : kind_(kind), size_(size), modules_(std::move(modules)) {}

Symbol Symbol::encode(std::string_view text, const Encoding& encoding) {
    if (text.find('\0') != std::string_view::npos) {
        throw MalformedData("A QR symbol needs text without NUL characters.");
    }
    return encodeWith(viewOf(text), encoding);
}

Symbol Symbol::encodeBytes(BytesView bytes, ErrorCorrection errorCorrection) {
    return encodeWith(bytes, {errorCorrection, false});
}

Symbol Symbol::encodeWith(BytesView bytes, const Encoding& encoding) {
    const auto level = levelOf(encoding.errorCorrection);
    // The header of an ECI takes 12 bits (ISO/IEC 18004, 7.4.2); the library reckons with 28.
    const auto longest = level.longest - (encoding.namesCharacterSet ? 4U : 0U);
    if (bytes.empty() || bytes.size() > longest) {
        throw MalformedData(
            fmt::format("The text has {} bytes; a QR symbol of error correction level {} holds 1 to {}.",
                        bytes.size(), level.name, longest));
    }
    const Input input(QRinput_new2(/*version: the smallest that fits*/ 0, level.level), &QRinput_free);
    requireDone(input != nullptr);
    requireDone(!encoding.namesCharacterSet || QRinput_appendECIheader(input.get(), eciOfUtf8) == 0);
    requireDone(QRinput_append(input.get(), QR_MODE_8, static_cast<int>(bytes.size()), bytes.data()) == 0);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeInput(input.get()), &QRcode_free);
    requireDone(code != nullptr);
    const auto size = static_cast<std::size_t>(code->width);
    Bytes modules(size * size);
    // The bits above the lowest say which part of the symbol a module belongs to.
    std::transform(code->data, code->data + modules.size(), modules.begin(),
                   [](unsigned char module) { return static_cast<std::uint8_t>(module & 1U); });
    return {SymbolKind::QrCode, size, std::move(modules)};
}

Symbol Symbol::encodeDataMatrix(BytesView bytes) {
    constexpr std::size_t longest = 1555; // in Base 256 (ISO/IEC 16022, table 7)
    if (bytes.empty() || bytes.size() > longest) {
        throw MalformedData(
            fmt::format("There are {} bytes; a Data Matrix holds 1 to {}.", bytes.size(), longest));
    }
    // The library takes characters of Latin-1, which are the bytes.
    const std::wstring characters(bytes.begin(), bytes.end());
    const auto matrix = [&] {
        try {
            return ZXing::MultiFormatWriter(ZXing::BarcodeFormat::DataMatrix)
                .setMargin(0)
                .encode(characters, 0, 0);
        } catch (const std::exception& refused) {
            throw MalformedData(
                fmt::format("The Data Matrix library refuses the bytes: {}.", refused.what()));
        }
    }();
    const auto size = static_cast<std::size_t>(matrix.width());
    if (matrix.height() != matrix.width()) {
        throw MalformedData("The bytes are too few for a square Data Matrix.");
    }
    Bytes modules;
    for (int row = 0; row < matrix.height(); ++row) {
        for (int column = 0; column < matrix.width(); ++column) {
            modules.push_back(matrix.get(column, row) ? 1 : 0);
        }
    }
    return {SymbolKind::DataMatrix, size, std::move(modules)};
}

} // namespace cancuoc::qr
