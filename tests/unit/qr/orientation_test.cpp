// SPDX-License-Identifier: Apache-2.0
#include "qr/orientation.hpp"

#include <algorithm>
#include <memory>

#include <doctest/doctest.h>
#include <turbojpeg.h>

#include "qr/decoder.hpp"
#include "qr/drawing.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;

namespace {

Bytes toJpeg(const GreyImage& image) {
    const std::unique_ptr<void, decltype(&tjDestroy)> compressor(tjInitCompress(), &tjDestroy);
    unsigned char* buffer = nullptr;
    unsigned long length = 0;
    REQUIRE(tjCompress2(compressor.get(), image.pixels.data(), static_cast<int>(image.width), 0,
                        static_cast<int>(image.height), TJPF_GRAY, &buffer, &length, TJSAMP_GRAY, 95,
                        0) == 0);
    const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(buffer, &tjFree);
    return {buffer, buffer + length};
}

// An APP1 segment with one entry, the orientation, after the start of the file.
Bytes withOrientation(Bytes file, const Bytes& tiff) {
    Bytes segment = fromHex("FFE1");
    appendBigEndian(segment, 8 + tiff.size(), 2);
    append(segment, viewOf(std::string_view("Exif\0\0", 6)));
    append(segment, tiff);
    file.insert(file.begin() + 2, segment.begin(), segment.end());
    return file;
}

Bytes bigEndianTiff(std::uint8_t orientation) {
    auto tiff = fromHex("4D4D002A00000008 0001 0112 0003 00000001");
    append(tiff, Bytes{0, orientation, 0, 0, 0, 0, 0, 0});
    return tiff;
}

Bytes littleEndianTiff(std::uint8_t orientation) {
    auto tiff = fromHex("49492A0008000000 0100 1201 0300 01000000");
    append(tiff, Bytes{orientation, 0, 0, 0, 0, 0, 0, 0});
    return tiff;
}

} // namespace

// The letter F, as the stored pixels of each orientation show it; upright it is 2 wide and 3 high here:
//   1 2
//   3 4
//   5 6
TEST_CASE("each orientation of EXIF is turned upright") {
    const Bytes seen{1, 2, 3, 4, 5, 6};
    const struct {
        Orientation orientation;
        std::size_t width, height;
        Bytes stored;
    } cases[] = {{Orientation::TopLeft, 2, 3, {1, 2, 3, 4, 5, 6}},
                 {Orientation::TopRight, 2, 3, {2, 1, 4, 3, 6, 5}},
                 {Orientation::BottomRight, 2, 3, {6, 5, 4, 3, 2, 1}},
                 {Orientation::BottomLeft, 2, 3, {5, 6, 3, 4, 1, 2}},
                 // The first row is the left side of what was seen, from the top; and so on.
                 {Orientation::LeftTop, 3, 2, {1, 3, 5, 2, 4, 6}},
                 {Orientation::RightTop, 3, 2, {2, 4, 6, 1, 3, 5}},
                 {Orientation::RightBottom, 3, 2, {6, 4, 2, 5, 3, 1}},
                 {Orientation::LeftBottom, 3, 2, {5, 3, 1, 6, 4, 2}}};
    for (const auto& one : cases) {
        CAPTURE(static_cast<int>(one.orientation));
        const auto result = upright({one.width, one.height, one.stored}, one.orientation);
        CHECK(result.width == 2);
        CHECK(result.height == 3);
        CHECK(result.pixels == seen);
    }
}

TEST_CASE("the orientation is read from both byte orders, and anything else is upright") {
    const auto jpeg = toJpeg(GreyImage{16, 8, Bytes(128, 0x80)});
    CHECK(orientationOf(jpeg) == Orientation::TopLeft);
    for (std::uint8_t value = 1; value <= 8; ++value) {
        CAPTURE(value);
        CHECK(static_cast<int>(orientationOf(withOrientation(jpeg, bigEndianTiff(value)))) == value);
        CHECK(static_cast<int>(orientationOf(withOrientation(jpeg, littleEndianTiff(value)))) == value);
    }
    CHECK(orientationOf(withOrientation(jpeg, bigEndianTiff(0))) == Orientation::TopLeft);
    CHECK(orientationOf(withOrientation(jpeg, bigEndianTiff(9))) == Orientation::TopLeft);
    CHECK(orientationOf(withOrientation(jpeg, fromHex("4D4D002A000000FF"))) == Orientation::TopLeft);
    CHECK(orientationOf(Bytes{}) == Orientation::TopLeft);
}

TEST_CASE("a JPEG file that names its orientation is decoded as it was seen") {
    const auto image =
        decodeImage(withOrientation(toJpeg(GreyImage{16, 8, Bytes(128, 0x80)}), bigEndianTiff(6)));
    CHECK(image.width == 8);
    CHECK(image.height == 16);
    const auto raster = toRaster(Symbol::encode("cancuoc"), {4, 0});
    for (std::uint8_t value = 1; value <= 8; ++value) {
        CHECK(decodeSymbols(decodeImage(withOrientation(toJpeg(raster), bigEndianTiff(value)))) ==
              std::vector<std::string>{"cancuoc"});
    }
}
