// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/pixels.hpp"

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/png_image.hpp"
#include "tests/unit/host/biometric/pixel_difference.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::biometric;

namespace {

Pixels decodeFile(const std::string& name) {
    return decodePixels(test::readTestData("images/" + name));
}

/// Replaces `before`, which must be there, by as many bytes.
Bytes replaced(Bytes file, const Bytes& before, const Bytes& after) {
    const auto found = std::search(file.begin(), file.end(), before.begin(), before.end());
    REQUIRE(found != file.end());
    REQUIRE(before.size() == after.size());
    std::copy(after.begin(), after.end(), found);
    return file;
}

/// The SIZ marker segment of a codestream whose one tile is the image (ISO/IEC 15444-1, A.5.1).
Bytes codestreamOf(std::uint32_t width, std::uint32_t height, std::uint32_t tileSide,
                   std::uint16_t components, const Bytes& rest) {
    Bytes file = fromHex("FF4FFF51");
    appendBigEndian(file, 38U + 3U * components, 2);
    appendBigEndian(file, 0, 2);
    for (const std::uint32_t number : {width, height, 0U, 0U, tileSide, tileSide, 0U, 0U}) {
        appendBigEndian(file, number, 4);
    }
    appendBigEndian(file, components, 2);
    for (unsigned index = 0; index < components; ++index) {
        append(file, fromHex("070101"));
    }
    append(file, rest);
    return file;
}

/// A coding style with one resolution whose precincts have sides of 2 to the power of `exponent`, the
/// smallest quantization, and a tile without data.
Bytes precinctsOf(unsigned exponent) {
    return concat(fromHex("FF52000D010000010000040400"), toBigEndian(1, 1),
                  toBigEndian(exponent << 4U | exponent, 1),
                  fromHex("FF5C00044040FF90000A0000000000000001FF93FFD9"));
}

void checkRefused(const Bytes& file, const std::string& reason) {
    try {
        (void)decodePixels(file);
        FAIL("the image was decoded");
    } catch (const MalformedData& error) {
        const std::string complaint = error.what();
        CAPTURE(complaint);
        CHECK(complaint.find(reason) != std::string::npos);
    }
}

constexpr const char* tooLarge = "larger than this program decodes";

} // namespace

// The references were written by other programs: OpenJPEG's opj_compress without loss, libjpeg's djpeg,
// ImageMagick.
TEST_CASE("images that lose nothing have the pixels that went in") {
    const Pixels portrait = decodeFile("portrait.png");
    CHECK(portrait.width == 60);
    CHECK(portrait.height == 80);
    CHECK(portrait.channels == 3);
    for (const char* name :
         {"portrait.jp2", "portrait-tiles.j2k", "portrait-16-bits.jp2", "portrait-interlaced.png"}) {
        CAPTURE(name);
        CHECK(decodeFile(name) == portrait);
    }
    CHECK(decodeFile("portrait-palette.png") == decodeFile("portrait-palette-colours.png"));
    const Pixels grey = decodeFile("portrait-grey.png");
    CHECK(grey.channels == 1);
    CHECK(decodeFile("portrait-grey.j2k") == grey);
}

TEST_CASE("Spain, Portugal, China: a bare JPEG 2000 codestream is decoded like the file around it") {
    const Bytes file = test::readTestData("images/portrait.jp2");
    const Bytes start = fromHex("FF4FFF51");
    const auto codestream = std::search(file.begin(), file.end(), start.begin(), start.end());
    REQUIRE(codestream != file.end());
    CHECK(decodePixels(Bytes(codestream, file.end())) == decodePixels(file));
}

TEST_CASE("JPEG images have the pixels that libjpeg gives them") {
    const Pixels reference = decodeFile("portrait-jpeg.png");
    CHECK(test::difference(decodeFile("portrait.jpg"), reference).sameDimensions);
    CHECK(test::difference(decodeFile("portrait.jpg"), reference).largest <= 1);
    CHECK(test::difference(decodeFile("portrait-progressive.jpg"), reference).largest <= 1);
    const test::PixelDifference grey =
        test::difference(decodeFile("portrait-grey.jpg"), decodeFile("portrait-grey.png"));
    CHECK(grey.sameDimensions);
    CHECK(grey.meanSquare < 20);
}

TEST_CASE("luminance with colour differences at half the resolution becomes red, green and blue") {
    const test::PixelDifference colours =
        test::difference(decodeFile("portrait-sycc.jp2"), decodeFile("portrait.png"));
    CHECK(colours.sameDimensions);
    CHECK(colours.meanSquare < 8.3); // 39 dB
}

TEST_CASE("images that break off are shown as far as they go") {
    const Pixels portrait = decodeFile("portrait.png");
    for (const char* name : {"portrait.jpg", "portrait.jp2"}) {
        CAPTURE(name);
        const Bytes whole = test::readTestData(std::string("images/") + name);
        const Pixels shown = decodePixels(BytesView(whole).first(whole.size() - whole.size() / 5));
        CHECK(shown.width == portrait.width);
        CHECK(shown.height == portrait.height);
        CHECK(shown.data[0] == doctest::Approx(portrait.data[0]).epsilon(0.1));
    }
}

TEST_CASE("pixels written as PNG are read again") {
    for (const char* name : {"portrait.jp2", "portrait-grey.j2k"}) {
        const Pixels pixels = decodeFile(name);
        const Bytes file = encodePng(pixels);
        CHECK(readImageHeader(file) == ImageHeader{ImageFormat::Png, pixels.width, pixels.height});
        CHECK(decodePixels(file) == pixels);
        for (const auto compression : {PngCompression::Quick, PngCompression::Small}) {
            const Bytes printed = encodePng(pixels, 300, compression);
            CHECK(decodePixels(printed) == pixels);
            // 11,811 pixels a metre (ISO/IEC 15948, 11.3.5.3).
            CHECK(toText(printed).find(toText(fromHex("7048597300002e2300002e2301"))) != std::string::npos);
        }
    }
    CHECK_THROWS_AS((void)encodePng(Pixels{2, 2, 1, Bytes(3)}), MalformedData);
    CHECK_THROWS_AS((void)encodePng(Pixels{2, 2, 1, Bytes(3)}, 300, PngCompression::Quick), MalformedData);
}

TEST_CASE("the transparent parts of a PNG become white") {
    // One pixel, grey with alpha: black and wholly transparent
    CHECK(decodePixels(fromHex("89504E470D0A1A0A0000000D4948445200000001000000010804000000B51C0C020000000B494"
                               "44154789C636060000000030001B8AD3A630000000049454E44AE426082"))
              .data == Bytes{0xFF});
}

TEST_CASE("raw samples are unpacked and scaled") {
    CHECK(unpackPixels(fromHex("00FF80"), 3, 1, 1, 8).data == fromHex("00FF80"));
    CHECK(unpackPixels(fromHex("000102030405"), 1, 2, 3, 8) == Pixels{1, 2, 3, fromHex("000102030405")});
    CHECK(unpackPixels(fromHex("0F8F"), 4, 1, 1, 4).data == fromHex("00FF88FF"));
    CHECK(unpackPixels(fromHex("A0"), 3, 1, 1, 1).data == fromHex("FF00FF"));
    CHECK(unpackPixels(fromHex("FFFF8000"), 2, 1, 1, 16).data == fromHex("FF7F"));
    CHECK(unpackPixels(fromHex("FFC000"), 2, 1, 1, 10).data ==
          fromHex("FF00")); // the last four bits are no sample
    CHECK_THROWS_AS((void)unpackPixels(fromHex("00FF"), 3, 1, 1, 8), MalformedData);
    CHECK_THROWS_AS((void)unpackPixels(fromHex("00FF"), 1, 1, 1, 17), MalformedData);
    CHECK_THROWS_AS((void)unpackPixels(fromHex("00FF"), 1, 1, 2, 8), MalformedData);
    CHECK_THROWS_AS((void)unpackPixels({}, 0, 1, 1, 8), MalformedData);
}

TEST_CASE("portable graymaps and pixmaps are read") {
    CHECK(decodePixels(concat(viewOf("P5\n# drawn\n2 1\n255\n"), fromHex("0A80"))) ==
          Pixels{2, 1, 1, fromHex("0A80")});
    CHECK(decodePixels(concat(viewOf("P6 1 1 65535 "), fromHex("FFFF80000000"))) ==
          Pixels{1, 1, 3, fromHex("FF7F00")});
    checkRefused(concat(viewOf("P5 2 1 255 "), fromHex("0A")), "shorter than");
    checkRefused(concat(viewOf("P5 2 1 100 "), fromHex("0A0A")), "damaged");
    checkRefused(concat(viewOf("P5 9000 1 255 "), fromHex("0A0A")), tooLarge);
    checkRefused(toBytes(viewOf("P5 99999999999 1 255 ")), "none of");
}

TEST_CASE("limits: nothing is decoded that is larger than the caller takes") {
    const Bytes file = test::readTestData("images/portrait.png");
    CHECK_NOTHROW((void)decodePixels(file, {80, 60 * 80 * 3, file.size()}));
    CHECK_THROWS_AS((void)decodePixels(file, {79, 60 * 80 * 3, file.size()}), MalformedData);
    CHECK_THROWS_AS((void)decodePixels(file, {80, 60 * 80 * 3 - 1, file.size()}), MalformedData);
    CHECK_THROWS_AS((void)decodePixels(file, {80, 60 * 80 * 3, file.size() - 1}), MalformedData);
    // JPEG 2000 takes four bytes a sample
    const Bytes jpeg2000 = test::readTestData("images/portrait.jp2");
    CHECK_NOTHROW((void)decodePixels(jpeg2000, {80, 60 * 80 * 3 * 4, jpeg2000.size()}));
    CHECK_THROWS_AS((void)decodePixels(jpeg2000, {80, 60 * 80 * 3 * 4 - 1, jpeg2000.size()}), MalformedData);
}

TEST_CASE("decoding bombs: files that claim to be enormous are refused") {
    const Bytes jpeg = test::readTestData("images/portrait.jpg");
    checkRefused(replaced(jpeg, fromHex("080050003C03"), fromHex("082400240003")), tooLarge);
    checkRefused(codestreamOf(60000, 60000, 60000, 3, precinctsOf(15)), tooLarge);
    checkRefused(codestreamOf(8000, 8000, 8000, 3, precinctsOf(15)), tooLarge);
    checkRefused(fromHex("FFA0FFA2001100FFFFFFFFFF02414A0430DF000000FF"), tooLarge); // WSQ
    // 8192 x 8192 in three colours: the sides may be, the memory may not
    checkRefused(fromHex("89504E470D0A1A0A0000000D4948445200002000000020000802000000FDC85D0E00000000494441543"
                         "5AF061E0000000049454E44AE426082"),
                 tooLarge);
}

TEST_CASE("decoding bombs: JPEG 2000 cut into more parts than it has use for is refused") {
    const std::string tooMany = "more parts";
    checkRefused(codestreamOf(2000, 2000, 10, 1, precinctsOf(15)), tooMany);
    checkRefused(codestreamOf(2, 2, 2, 5, precinctsOf(15)), tooMany);
    checkRefused(codestreamOf(2000, 2000, 2000, 1, precinctsOf(1)), tooMany);
    // in the header of a tile-part, and of one component only
    checkRefused(codestreamOf(2000, 2000, 2000, 1,
                              concat(fromHex("FF52000C00000001000000040400"),
                                     fromHex("FF90000A0000000000000001FF53000A0001000404000011FF93FFD9"))),
                 tooMany);
    // behind a marker segment that a decoder may read in another way
    checkRefused(codestreamOf(2000, 2000, 2000, 1, fromHex("FF300004FF53FF53000A0001000404000011")),
                 "unknown marker");
}

TEST_CASE("decoding bombs: a JPEG 2000 tile-part that claims two gigabytes is refused") {
    const Bytes file = test::readTestData("images/portrait.jp2");
    checkRefused(replaced(file, fromHex("FF90000A0000000014760001"), fromHex("FF90000A000080000D100001")),
                 "tile longer");
}

TEST_CASE("decoding bombs: a progressive JPEG that goes over its pixels a thousand times is refused") {
    const Bytes file = test::readTestData("images/portrait-progressive.jpg");
    const Bytes startOfScan = fromHex("FFDA");
    const auto lastScan = std::find_end(file.begin(), file.end(), startOfScan.begin(), startOfScan.end());
    const Bytes scan(lastScan, file.end() - 2);
    Bytes bomb(file.begin(), lastScan);
    for (int repeated = 0; repeated < 1000; ++repeated) {
        append(bomb, scan);
    }
    append(bomb, fromHex("FFD9"));
    checkRefused(bomb, "damaged");
}

TEST_CASE("no image with a header alone, and nothing of another kind, is decoded") {
    checkRefused(fromHex("FFD8FFC0000B080190012C01011100FFD9"), "damaged");
    checkRefused(fromHex("89504E470D0A1A0A0000000D494844520000014500000177"), "damaged");
    checkRefused(codestreamOf(60, 80, 80, 3, {}), "no tile");
    checkRefused(codestreamOf(60, 80, 80, 3, precinctsOf(15)), "damaged");
    checkRefused(fromHex("474946383961"), "none of");
    checkRefused({}, "none of");
}
