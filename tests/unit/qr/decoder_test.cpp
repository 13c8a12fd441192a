// SPDX-License-Identifier: Apache-2.0
#include "qr/decoder.hpp"

#include <algorithm>
#include <random>

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
    const auto symbol = toRaster(Symbol::encode(payload), {modulePixels, 0});
    for (std::size_t row = 0; row < symbol.height; ++row) {
        std::copy_n(symbol.pixels.begin() + static_cast<std::ptrdiff_t>(row * symbol.width), symbol.width,
                    image.pixels.begin() +
                        static_cast<std::ptrdiff_t>((symbolTop + row) * image.width + symbolLeft));
    }
    return image;
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

bool oneCallOfZxingReads(const GreyImage& image) {
    const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
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

TEST_CASE("the time budget ends the search, and so does the caller") {
    const GreyImage nothing{400, 400, Bytes(160000, 0x80)};
    Interruption over;
    over.deadline = std::chrono::steady_clock::time_point::min();
    CHECK_FALSE(findSymbol(card(4), over).has_value());
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
}
