// SPDX-License-Identifier: Apache-2.0
#include "qr/symbol.hpp"

#include <algorithm>
#include <memory>
#include <random>

#include <doctest/doctest.h>
#include <turbojpeg.h>

#include "host/base/error.hpp"
#include "qr/decoder.hpp"
#include "qr/drawing.hpp"
#include "qr/image.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;

namespace {

constexpr std::string_view published =
    "001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113";

Bytes toJpeg(const GreyImage& image, int quality) {
    const std::unique_ptr<void, decltype(&tjDestroy)> compressor(tjInitCompress(), &tjDestroy);
    unsigned char* buffer = nullptr;
    unsigned long length = 0;
    REQUIRE(tjCompress2(compressor.get(), image.pixels.data(), static_cast<int>(image.width), 0,
                        static_cast<int>(image.height), TJPF_GRAY, &buffer, &length, TJSAMP_GRAY, quality,
                        0) == 0);
    const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(buffer, &tjFree);
    return {buffer, buffer + length};
}

// The symbol somewhere on a grey card, as a picture of the whole card shows it.
GreyImage onCard(const GreyImage& symbol, std::size_t width, std::size_t height, std::size_t x,
                 std::size_t y) {
    GreyImage card{width, height, Bytes(width * height, 0xD0)};
    for (std::size_t row = 0; row < symbol.height; ++row) {
        const auto from = symbol.pixels.begin() + static_cast<std::ptrdiff_t>(row * symbol.width);
        std::copy_n(from, symbol.width,
                    card.pixels.begin() + static_cast<std::ptrdiff_t>((y + row) * width + x));
    }
    return card;
}

} // namespace

TEST_CASE("a drawn symbol is read back to the byte") {
    for (const std::size_t modulePixels : {1U, 2U, 3U, 8U}) {
        CAPTURE(modulePixels);
        const auto symbol = Symbol::encode(published);
        const auto image = decodeImage(toPng(symbol, {modulePixels}));
        CHECK(image.width == (symbol.size() + 2 * quietZoneModules) * modulePixels);
        CHECK(decodeSymbols(image) == std::vector<std::string>{std::string(published)});
    }
}

TEST_CASE("any bytes survive, also where a decoder would guess another character set") {
    // NOLINTNEXTLINE(cert-msc51-cpp): the same texts in every run
    std::mt19937 generator(20990101);
    std::uniform_int_distribution<int> byte(1, 255);
    for (const std::size_t length : {1U, 17U, 115U, 195U, 700U}) {
        std::string text(length, ' ');
        std::generate(text.begin(), text.end(), [&] { return static_cast<char>(byte(generator)); });
        CAPTURE(length);
        CHECK(decodeSymbols(decodeImage(toPng(Symbol::encode(text), {4}))) == std::vector<std::string>{text});
    }
}

TEST_CASE("the card's payloads give symbols of version 8 to 10 at level M") {
    CHECK(Symbol::encode(std::string(123, 'x')).size() == 49);
    CHECK(Symbol::encode(std::string(195, 'x')).size() == 57);
}

TEST_CASE("a JPEG picture of a whole card is read") {
    const auto symbol = decodeImage(toPng(Symbol::encode(published), {3}));
    const auto card = onCard(symbol, 1011, 638, 700, 60);
    CHECK(decodeSymbols(decodeImage(toJpeg(card, 80))) == std::vector<std::string>{std::string(published)});
}

TEST_CASE("two symbols in one picture are both read") {
    const auto first = decodeImage(toPng(Symbol::encode("first"), {4}));
    const auto second = decodeImage(toPng(Symbol::encode("second"), {4}));
    auto both = onCard(first, 600, 300, 20, 20);
    for (std::size_t row = 0; row < second.height; ++row) {
        std::copy_n(second.pixels.begin() + static_cast<std::ptrdiff_t>(row * second.width), second.width,
                    both.pixels.begin() + static_cast<std::ptrdiff_t>((20 + row) * both.width + 300));
    }
    auto texts = decodeSymbols(both);
    std::sort(texts.begin(), texts.end());
    CHECK(texts == std::vector<std::string>{"first", "second"});
}

TEST_CASE("a picture without a symbol gives none") {
    CHECK(decodeSymbols(GreyImage{200, 200, Bytes(40000, 0xFF)}).empty());
    CHECK(decodeSymbols(GreyImage{1, 1, Bytes(1, 0x00)}).empty());
}

TEST_CASE("damaged and foreign picture files are refused") {
    auto png = toPng(Symbol::encode(published), {2});
    CHECK_THROWS_AS(decodeImage(Bytes{}), MalformedData);
    CHECK_THROWS_AS(decodeImage(fromHex("474946383961")), MalformedData);
    CHECK_THROWS_AS(decodeImage(BytesView(png).first(40)), MalformedData);
    png[60] = static_cast<std::uint8_t>(png[60] ^ 0xFF);
    CHECK_THROWS_AS(decodeImage(png), MalformedData);
    const auto jpeg = toJpeg(GreyImage{64, 64, Bytes(4096, 0x80)}, 80);
    CHECK_THROWS_AS(decodeImage(BytesView(jpeg).first(20)), MalformedData);
}

TEST_CASE("a file that claims more pixels than the limit is refused before they are allocated") {
    auto png = toPng(Symbol::encode("x"), {1});
    // IHDR width and height stand at bytes 16 to 23, their checksum at 29 to 32.
    const auto header = fromHex("0000FFFF0000FFFF");
    std::copy(header.begin(), header.end(), png.begin() + 16);
    std::uint32_t checksum = 0xFFFFFFFF;
    for (std::size_t index = 12; index < 29; ++index) {
        checksum ^= png[index];
        for (int bit = 0; bit < 8; ++bit) {
            checksum = (checksum >> 1U) ^ ((checksum & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    const auto encoded = toBigEndian(checksum ^ 0xFFFFFFFFU, 4);
    std::copy(encoded.begin(), encoded.end(), png.begin() + 29);
    CHECK_THROWS_WITH_AS(decodeImage(png), doctest::Contains("65535 x 65535"), MalformedData);
}

TEST_CASE("enlarging keeps flat areas flat and the size a multiple") {
    const auto large = enlarge(GreyImage{2, 1, Bytes{0x00, 0xFF}}, 4);
    CHECK(large.width == 8);
    CHECK(large.height == 4);
    CHECK(large.pixels[0] == 0x00);
    CHECK(large.pixels[7] == 0xFF);
    CHECK(std::is_sorted(large.pixels.begin(), large.pixels.begin() + 8));
}

TEST_CASE("the SVG draws every dark module once, inside the quiet zone") {
    const auto symbol = Symbol::encode("cancuoc");
    const auto svg = toSvg(symbol, {});
    CHECK(svg.find("viewBox=\"0 0 29 29\"") != std::string::npos);
    CHECK(svg.find("width=\"232\"") != std::string::npos);
    std::size_t dark = 0;
    std::size_t drawn = 0;
    for (std::size_t row = 0; row < symbol.size(); ++row) {
        for (std::size_t column = 0; column < symbol.size(); ++column) {
            dark += symbol.isDark(row, column) ? 1U : 0U;
        }
    }
    for (std::size_t at = 0; (at = svg.find("v1h-", at)) != std::string::npos; ++at) {
        drawn += std::stoul(svg.substr(at + 4));
    }
    CHECK(drawn == dark);
    // The finder pattern's corner: seven dark modules from the first column of the first row.
    CHECK(svg.find("d=\"M4 4h7v1h-7z") != std::string::npos);
}

TEST_CASE("texts and sizes that cannot be drawn are refused") {
    CHECK_THROWS_AS(Symbol::encode(""), MalformedData);
    CHECK_THROWS_AS(Symbol::encode(std::string_view("a\0b", 3)), MalformedData);
    CHECK_THROWS_AS(Symbol::encode(std::string(2332, 'x')), MalformedData);
    CHECK(Symbol::encode(std::string(2331, 'x')).size() == 177);
    const auto symbol = Symbol::encode("x");
    CHECK_THROWS_AS(static_cast<void>(toPng(symbol, {0})), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(toSvg(symbol, {maximumModulePixels + 1})), BadConfiguration);
}
