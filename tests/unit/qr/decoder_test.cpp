// SPDX-License-Identifier: Apache-2.0
#include "qr/decoder.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>
#include <string_view>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "qr/drawing.hpp"
#include "qr/picture_filter.hpp"
#include "qr/symbol_region.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;

namespace {

const std::string payload =
    "001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113";

constexpr std::size_t symbolLeft = 700;
constexpr std::size_t symbolTop = 40;

struct Corner {
    std::size_t left, top;
};

void place(GreyImage& image, const GreyImage& part, std::size_t left, std::size_t top) {
    for (std::size_t row = 0; row < part.height; ++row) {
        std::copy_n(part.pixels.begin() + static_cast<std::ptrdiff_t>(row * part.width), part.width,
                    image.pixels.begin() + static_cast<std::ptrdiff_t>((top + row) * image.width + left));
    }
}

// A card of 900 by 560 pixels with rows of upright strokes, and the symbol in its upper right.
GreyImage card(std::size_t modulePixels) {
    GreyImage image{900, 560, Bytes(std::size_t{900} * 560, 200)};
    for (std::size_t y = 200; y < 540; ++y) {
        for (std::size_t x = 40; x < 860; ++x) {
            if (y % 40 < 18 && x % 7 < 2) {
                image.pixels[y * image.width + x] = 50;
            }
        }
    }
    place(image, toRaster(Symbol::encode(payload), {modulePixels, 0}), symbolLeft, symbolTop);
    return image;
}

// A cloth of squares of six pixels in four greys.
GreyImage cloth(std::size_t width, std::size_t height) {
    constexpr std::size_t square = 6;
    constexpr std::uint8_t greys[] = {40, 90, 140, 190};
    // NOLINTNEXTLINE(cert-msc51-cpp): the same cloth in every run
    std::mt19937 generator(20990101);
    GreyImage image{width, height, Bytes(width * height)};
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            image.pixels[y * width + x] = x % square != 0   ? image.pixels[y * width + x - 1]
                                          : y % square != 0 ? image.pixels[(y - 1) * width + x]
                                                            : greys[generator() % std::size(greys)];
        }
    }
    return image;
}

// As long as a card's seal.
Bytes sealBytes() {
    Bytes bytes(170);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{40});
    return bytes;
}

GreyImage withNoise(GreyImage image, double deviation) {
    // NOLINTNEXTLINE(cert-msc51-cpp): the same noise in every run
    std::mt19937 generator(20990101);
    for (auto& pixel : image.pixels) {
        double sum = -6;
        for (int draw = 0; draw < 12; ++draw) {
            sum += static_cast<double>(generator()) / 4294967296.0;
        }
        pixel = static_cast<std::uint8_t>(std::clamp(pixel + deviation * sum, 0.0, 255.0));
    }
    return image;
}

bool oneCallOfZxingReads(const GreyImage& image, bool alsoSmaller = true) {
    const auto hints = ZXing::DecodeHints()
                           .setFormats(ZXing::BarcodeFormat::QRCode)
                           .setTryHarder(true)
                           .setTryDownscale(alsoSmaller);
    return ZXing::ReadBarcode({image.pixels.data(), static_cast<int>(image.width),
                               static_cast<int>(image.height), ZXing::ImageFormat::Lum},
                              hints)
        .isValid();
}

} // namespace

TEST_CASE("pictures that one call of the library does not read are read") {
    SUBCASE("out of focus, three pixels a module") {
        const auto image = smooth(smooth(card(3), 1), 1);
        CHECK_FALSE(oneCallOfZxingReads(image));
        CHECK(findSymbol(image) == payload);
    }
    SUBCASE("noise as in the dark") {
        const auto image = withNoise(card(4), 75);
        CHECK_FALSE(oneCallOfZxingReads(image));
        CHECK(findSymbol(image) == payload);
        CHECK(decodeSymbols(image) == std::vector<std::string>{payload});
    }
}

TEST_CASE("a card out of focus is found anywhere on a large picture of a cloth") {
    const auto blurred = smooth(smooth(card(3), 1), 1);
    for (const auto& corner : {Corner{750, 620}, {11, 3}}) {
        auto image = cloth(2400, 1800);
        place(image, blurred, corner.left, corner.top);
        CAPTURE(corner.left);
        CHECK(decodeSymbols(image) == std::vector<std::string>{payload});
    }
}

TEST_CASE("of two symbols that are read at the smaller size alone both are found") {
    const std::string other = "001299000002||Trần Thị Mẫu|02012099|Nữ|Hà Nội|02012113";
    GreyImage image{1000, 520, Bytes(std::size_t{1000} * 520, 230)};
    place(image, toRaster(Symbol::encode(payload), {10, 0}), 10, 10);
    place(image, toRaster(Symbol::encode(other), {10, 0}), 530, 10);
    image = withNoise(image, 80);
    CHECK_FALSE(oneCallOfZxingReads(image, /*alsoSmaller*/ false));
    auto symbols = decodeSymbols(image);
    std::sort(symbols.begin(), symbols.end());
    CHECK(symbols == std::vector<std::string>{payload, other});
}

TEST_CASE("a symbol that fills a large picture is found in weak contrast") {
    struct Picture {
        std::size_t width, height, modulePixels;
    };
    for (const auto& picture : {Picture{1500, 1200, 22}, {2800, 2200, 42}}) {
        CAPTURE(picture.width);
        GreyImage image{picture.width, picture.height, Bytes(picture.width * picture.height, 138)};
        auto symbol = toRaster(Symbol::encode(payload), {picture.modulePixels, 0});
        for (auto& pixel : symbol.pixels) {
            pixel = pixel == 0 ? 118 : 138;
        }
        place(image, symbol, (image.width - symbol.width) / 2, (image.height - symbol.height) / 2);
        CHECK(findSymbol(withNoise(image, 8)) == payload);
    }
}

TEST_CASE("a Data Matrix is found anywhere in a picture") {
    const auto bytes = sealBytes();
    for (const std::size_t modulePixels : {3U, 4U}) {
        const auto matrix = toRaster(Symbol::encodeDataMatrix(bytes), {modulePixels, 0});
        for (const auto& corner : {Corner{340, 150},
                                   {600, 20},
                                   {30, 290},
                                   {300, 150},
                                   {0, 0},
                                   {1000 - matrix.width, 620 - matrix.height}}) {
            GreyImage image{1000, 620, Bytes(std::size_t{1000} * 620, 200)};
            place(image, matrix, corner.left, corner.top);
            CAPTURE(modulePixels);
            CAPTURE(corner.left);
            CHECK(decodeDataMatrixSymbols(image) == std::vector<std::string>{toText(bytes)});
            CHECK(decodeDataMatrixSymbols(smooth(image, 1)) == std::vector<std::string>{toText(bytes)});
        }
    }
    auto image = card(4);
    place(image, toRaster(Symbol::encodeDataMatrix(bytes), {3, 0}), 60, 10);
    CHECK(decodeDataMatrixSymbols(image) == std::vector<std::string>{toText(bytes)});
}

TEST_CASE("of both kinds the one that is wanted is found") {
    const auto bytes = toText(sealBytes());
    auto image = card(4);
    place(image, toRaster(Symbol::encodeDataMatrix(viewOf(bytes)), {3, 0}), 60, 10);
    const auto find = [&](const std::string& wanted, const Interruption& interruption = {}) {
        return decodeBothKinds(
            image, [&](std::string_view found) { return found == wanted; }, interruption);
    };
    CHECK(find(bytes) == std::vector<std::string>{payload, bytes});
    CHECK(find(payload) == std::vector<std::string>{payload, bytes});
    image = smooth(smooth(card(3), 1), 1);
    CHECK(find(payload, Interruption{}.within(std::chrono::minutes(10))) ==
          std::vector<std::string>{payload});
    Interruption over;
    over.deadline = std::chrono::steady_clock::time_point::min();
    CHECK(find(payload, over).empty());
}

TEST_CASE("tiles cover the picture, and what is not larger than their overlap lies in one") {
    for (const auto& image : {GreyImage{1000, 620, {}}, GreyImage{400, 401, {}}, GreyImage{90, 3000, {}}}) {
        const auto width = image.width;
        const auto height = image.height;
        const auto tiles = tilesOf(image, 400, 300);
        for (std::size_t y = 0; y + 100 <= height; ++y) {
            const auto x = y % (width - std::min<std::size_t>(width - 1, 99));
            CHECK(std::any_of(tiles.begin(), tiles.end(), [&](const Region& tile) {
                return tile.left <= x && tile.left + tile.width >= std::min(x + 100, width) &&
                       tile.top <= y && tile.top + tile.height >= y + 100;
            }));
        }
        for (const auto& tile : tiles) {
            CHECK(tile.left + tile.width <= width);
            CHECK(tile.top + tile.height <= height);
        }
    }
    CHECK(tilesOf(GreyImage{30, 20, {}}, 400, 300).size() == 1);
    CHECK(tilesOf(GreyImage{400, 400, {}}, 400, 300).size() == 1);
    CHECK(tilesOf(GreyImage{401, 400, {}}, 400, 300).size() == 2);
}

TEST_CASE("the time budget ends the search, and so does the caller") {
    const GreyImage nothing{400, 400, Bytes(160000, 0x80)};
    Interruption over;
    over.deadline = std::chrono::steady_clock::time_point::min();
    CHECK_FALSE(findSymbol(card(4), over).has_value());
    CHECK(decodeSymbols(card(4), over).empty());
    CHECK(decodeDataMatrixSymbols(toRaster(Symbol::encodeDataMatrix(sealBytes()), {4, 0}), over).empty());
    CHECK(findSymbol(card(4), Interruption{}.within(std::chrono::minutes(10))) == payload);
    CHECK_FALSE(findSymbol(nothing).has_value());
    std::stop_source stop;
    stop.request_stop();
    Interruption stopped;
    stopped.stop = stop.get_token();
    CHECK_THROWS_AS(static_cast<void>(findSymbol(card(4), stopped)), Cancelled);
}

TEST_CASE("the likeliest region holds the symbol, among text and in noise") {
    for (const auto& image : {card(4), withNoise(card(4), 60)}) {
        const auto regions = likelyRegions(image);
        REQUIRE_FALSE(regions.empty());
        const auto& region = regions.front();
        const std::size_t side = Symbol::encode(payload).size() * 4;
        const auto left = symbolLeft + 16;
        const auto top = symbolTop + 16;
        CHECK(region.left <= left);
        CHECK(region.top <= top);
        CHECK(region.left + region.width >= left + side);
        CHECK(region.top + region.height >= top + side);
        CHECK(region.width * region.height * 3 < image.pixels.size());
        for (const auto& other : regions) {
            CHECK(other.left + other.width <= image.width);
            CHECK(other.top + other.height <= image.height);
        }
    }
    CHECK(likelyRegions(GreyImage{100, 900, Bytes(90000, 0)}).empty());
    CHECK(likelyRegions(GreyImage{}).empty());
}

TEST_CASE("in a large picture several small places are likely, and the densest need not be the symbol") {
    GreyImage image{2400, 1800, Bytes(std::size_t{2400} * 1800, 120)};
    place(image, cloth(200, 200), 100, 100);
    place(image, cloth(200, 200), 1900, 1500);
    const auto symbol = smooth(smooth(toRaster(Symbol::encode(payload), {3, 0}), 1), 1);
    place(image, symbol, 1300, 700);
    const auto regions = likelySmallRegions(image);
    CHECK(regions.size() == 6);
    CHECK(std::any_of(regions.begin(), regions.end(), [&](const Region& region) {
        return region.width < 400 && region.left <= 1312 && region.top <= 712 &&
               region.left + region.width >= 1300 + symbol.width - 12 &&
               region.top + region.height >= 700 + symbol.height - 12;
    }));
    CHECK(findSymbol(image) == payload);
}

TEST_CASE("the filters, by hand") {
    const GreyImage dot{3, 3, Bytes{0, 0, 0, 0, 90, 0, 0, 0, 0}};
    // The corner's square has four pixels, the edge's six, the middle's nine.
    CHECK(smooth(dot, 1).pixels == Bytes{22, 15, 22, 15, 10, 15, 22, 15, 22});
    CHECK(smooth(dot, 0).pixels == dot.pixels);
    CHECK(smooth(dot, 5).pixels == Bytes(9, 10));
    CHECK(sharpen(dot, 1, 4).pixels == Bytes{0, 0, 0, 0, 170, 0, 0, 0, 0});
    CHECK(evenLight(dot, 1, 4).pixels == Bytes{106, 113, 106, 113, 208, 113, 106, 113, 106});
    const GreyImage row{4, 1, Bytes{1, 2, 3, 4}};
    CHECK(crop(row, {1, 0, 2, 1}).pixels == Bytes{2, 3});
    CHECK(smooth(GreyImage{}, 2).pixels.empty());
    const auto half = shrink(dot, 2);
    CHECK(half.width == 2);
    CHECK(half.pixels == Bytes{22, 0, 0, 0});
    CHECK(shrink(dot, 4).pixels == Bytes{10});
    CHECK(shrink(dot, 1).pixels == dot.pixels);
    CHECK(shrink(GreyImage{}, 2).pixels.empty());
}
