// SPDX-License-Identifier: Apache-2.0
#include "qr/drawing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "qr/decoder.hpp"
#include "qr/image.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;

namespace {

// As long as the longest payloads of real cards: 195 bytes.
const std::string longPayload =
    "001299000001|012345678|Nguyễn Phương Hoàng Anh Thư Mẫu|01012099|Nữ|Số 123/45/6777777 Đường Nguyễn Mẫu, "
    "Phường Mẫu Mười Bốn, Thành phố Mẫu, Tỉnh Mẫu|02012113";

std::uint32_t numberAt(BytesView file, std::size_t offset) {
    return static_cast<std::uint32_t>(fromBigEndian(file.subspan(offset, 4)));
}

std::size_t positionOf(BytesView file, std::string_view text) {
    const auto part = viewOf(text);
    const auto found = std::search(file.begin(), file.end(), part.begin(), part.end());
    REQUIRE(found != file.end());
    return static_cast<std::size_t>(found - file.begin());
}

// The symbol as the ECI protocol transmits it, by ZXing's own reader: "]Q2", each character set as a
// backslash and six digits, and the bytes.
std::string eciTransmissionOf(const Symbol& symbol) {
    const auto raster = toRaster(symbol, {4, 0});
    const auto result = ZXing::ReadBarcode({raster.pixels.data(), static_cast<int>(raster.width),
                                            static_cast<int>(raster.height), ZXing::ImageFormat::Lum});
    REQUIRE(result.isValid());
    return toText(result.bytesECI());
}

} // namespace

// ISO/IEC 18004, table 7: bytes in versions 8, 9 and 40.
TEST_CASE("the smallest version that fits at the level of error correction") {
    struct Capacity {
        ErrorCorrection level;
        std::size_t version8, version9, version40;
    };
    for (const auto& capacity :
         {Capacity{ErrorCorrection::L, 192, 230, 2953}, Capacity{ErrorCorrection::M, 152, 180, 2331},
          Capacity{ErrorCorrection::Q, 108, 130, 1663}, Capacity{ErrorCorrection::H, 84, 98, 1273}}) {
        CAPTURE(capacity.version8);
        const auto versionOf = [&](std::size_t length) {
            return Symbol::encode(std::string(length, 'x'), {capacity.level, false}).version();
        };
        CHECK(versionOf(capacity.version8) == 8);
        CHECK(versionOf(capacity.version8 + 1) == 9);
        CHECK(versionOf(capacity.version9) == 9);
        CHECK(versionOf(capacity.version40) == 40);
        CHECK_THROWS_AS(versionOf(capacity.version40 + 1), MalformedData);
    }
}

TEST_CASE("the character set is named only on request") {
    CHECK(eciTransmissionOf(Symbol::encode(longPayload)) == "]Q2" + longPayload);
    const auto named = Symbol::encode(longPayload, {ErrorCorrection::M, true});
    CHECK(eciTransmissionOf(named) == "]Q2\\000026" + longPayload);
    CHECK(decodeSymbols(toRaster(named, {4, 0})) == std::vector<std::string>{longPayload});
    CHECK(Symbol::encode(std::string(148, 'x'), {ErrorCorrection::M, true}).version() == 8);
    CHECK(Symbol::encode(std::string(151, 'x'), {ErrorCorrection::M, true}).version() == 9);
    CHECK(Symbol::encode(std::string(2327, 'x'), {ErrorCorrection::M, true}).version() == 40);
    CHECK_THROWS_AS(Symbol::encode(std::string(2330, 'x'), {ErrorCorrection::M, true}), MalformedData);
}

TEST_CASE("bytes of any value become a symbol") {
    const std::string bytes("\0\xFF\0|", 4);
    CHECK(decodeSymbols(toRaster(Symbol::encodeBytes(viewOf(bytes)), {4, 0})) ==
          std::vector<std::string>{bytes});
}

TEST_CASE("whole pixels a module fill the place on the card, and are read") {
    struct Place {
        double millimetres;
        std::size_t dotsPerInch, modulePixels;
    };
    const auto symbol = Symbol::encode(longPayload);
    REQUIRE(symbol.size() == 57);
    for (const auto& place : {Place{11, 300, 2}, Place{12, 300, 2}, Place{18, 300, 3}, Place{11, 600, 4},
                              Place{12, 600, 4}, Place{18, 600, 7}}) {
        CAPTURE(place.millimetres);
        CAPTURE(place.dotsPerInch);
        const auto scale = scaleFor(symbol, place.millimetres, place.dotsPerInch);
        CHECK(scale.modulePixels == place.modulePixels);
        CHECK(printedMillimetres(symbol, scale) <= place.millimetres);
        const auto raster = toRaster(symbol, scale);
        CHECK(raster.width == (symbol.size() + 2 * quietZoneModules) * place.modulePixels);
        CHECK_NOTHROW(requireReadable(raster, viewOf(longPayload)));
    }
    CHECK(printedMillimetres(symbol, {4, 600}) == doctest::Approx(9.652));
}

TEST_CASE("a place that is too small for the printer is refused with what would do") {
    const auto symbol = Symbol::encode(longPayload);
    CHECK_THROWS_WITH_AS(static_cast<void>(scaleFor(symbol, 9, 300)), doctest::Contains("at least 9.7 mm"),
                         BadConfiguration);
    CHECK_NOTHROW(static_cast<void>(scaleFor(symbol, 9.7, 300)));
    for (const auto& [millimetres, dotsPerInch] :
         {std::pair{0.5, 300U}, {101.0, 300U}, {std::nan(""), 300U}, {12.0, 0U}, {12.0, 10000U}}) {
        CHECK_THROWS_AS(static_cast<void>(scaleFor(symbol, millimetres, dotsPerInch)), BadConfiguration);
    }
    CHECK_THROWS_AS(static_cast<void>(printedMillimetres(symbol, {4, 0})), BadConfiguration);
}

TEST_CASE("the quiet zone is four modules of white on each side") {
    const auto symbol = Symbol::encode("cancuoc");
    const auto raster = toRaster(symbol, {3, 0});
    const auto isDark = [&](std::size_t x, std::size_t y) {
        return raster.pixels[y * raster.width + x] == 0;
    };
    CHECK_FALSE(isDark(11, 12));
    CHECK_FALSE(isDark(12, 11));
    CHECK(isDark(12, 12));
    const auto last = raster.width - 13;
    CHECK(isDark(last, 12));
    CHECK_FALSE(isDark(last + 1, 12));
    CHECK(isDark(12, last));
    CHECK_FALSE(isDark(12, last + 1));
}

TEST_CASE("the PNG has one bit a pixel and says its size on paper") {
    const auto symbol = Symbol::encode(longPayload);
    const auto file = toPng(symbol, {4, 600});
    CHECK(numberAt(file, 16) == 260); // width and height of IHDR
    CHECK(numberAt(file, 20) == 260);
    CHECK(file[24] == 1); // bits
    CHECK(file[25] == 0); // grey
    const auto size = positionOf(file, "pHYs");
    CHECK(numberAt(file, size + 4) == 23622); // 600 dots per inch, in dots per metre
    CHECK(file[size + 12] == 1);
    CHECK(decodeImage(file).pixels == toRaster(symbol, {4, 600}).pixels);
    const auto without = toPng(symbol, {4, 0});
    CHECK(without.size() == file.size() - 21);
}

TEST_CASE("SVG and PDF have their size on paper") {
    const auto symbol = Symbol::encode(longPayload);
    // 65 modules of 4 pixels at 600 dots per inch.
    CHECK(toSvg(symbol, {4, 600}).find("width=\"11.0067mm\"") != std::string::npos);
    const auto file = toPdf(symbol, {4, 600});
    CHECK(positionOf(file, "%PDF-1.") == 0);
    CHECK(positionOf(file, "[ 0 0 31.2") > 0); // 65 * 4 / 600 * 72 points
    CHECK(toPdf(symbol, {4, 600}) == file);
    CHECK_THROWS_AS(static_cast<void>(toPdf(symbol, {4, 0})), BadConfiguration);
}

TEST_CASE("what is not read back is not printed") {
    const auto symbol = Symbol::encode(longPayload);
    auto raster = toRaster(symbol, {4, 0});
    CHECK_THROWS_AS(requireReadable(raster, viewOf("another text")), Error);
    std::fill(raster.pixels.begin(), raster.pixels.begin() + static_cast<std::ptrdiff_t>(raster.width * 60),
              std::uint8_t{0});
    CHECK_THROWS_WITH_AS(requireReadable(raster, viewOf(longPayload)), doctest::Contains("not read back"),
                         Error);
}
