// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/image.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::biometric;

namespace {

struct Example {
    const char* hex;
    ImageHeader header;
};

// Headers put together from the standards: a baseline JPEG behind an APP0 segment and a fill byte, a
// progressive one, a bare JPEG 2000 codestream with an offset on its grid, the JP2 file format, PNG, WSQ
// behind a comment, and PGM with one.
const Example examples[] = {
    {"FFD8FFE000044A46FFFFC0000B080190012C01011100", {ImageFormat::Jpeg, 300, 400}},
    {"FFD8FFC2000B080001FFFF01011100", {ImageFormat::Jpeg, 65535, 1}},
    {"FF4FFF5100290000000001A00000021600000003000000030000", {ImageFormat::Jpeg2000Codestream, 413, 531}},
    {"0000000C6A5020200D0A870A000000146674797"
     "06A703220000000006A703220"
     "0000002D6A703268000000166968647200000213"
     "0000019D0003",
     {ImageFormat::Jpeg2000, 413, 531}},
    {"89504E470D0A1A0A0000000D494844520000014500000177", {ImageFormat::Png, 325, 375}},
    {"FFA0FFA80004"
     "4142"
     "FFA2001100FF026E022102414A0430DF000000FF",
     {ImageFormat::Wsq, 545, 622}},
    {"50350A2320610A3330302009343030203235350A", {ImageFormat::Pnm, 300, 400}},
};

} // namespace

TEST_CASE("each format is recognized with its dimensions") {
    for (const Example& example : examples) {
        CHECK(readImageHeader(fromHex(example.hex)) == example.header);
    }
}

TEST_CASE("a header that breaks off is unknown") {
    for (const Example& example : examples) {
        const Bytes image = fromHex(example.hex);
        const bool wholeBefore = readImageHeader(image).format != ImageFormat::Unknown;
        REQUIRE(wholeBefore);
        for (std::size_t size = 0; size < 9; ++size) {
            CHECK(readImageHeader(BytesView(image).first(size)).format == ImageFormat::Unknown);
        }
    }
}

TEST_CASE("anything else is unknown") {
    CHECK(readImageHeader({}).format == ImageFormat::Unknown);
    CHECK(readImageHeader(fromHex("474946383961")).format == ImageFormat::Unknown);
    CHECK(readImageHeader(Bytes(4096, 0xFF)).format == ImageFormat::Unknown);
    // segment and box lengths that would not move on
    CHECK(readImageHeader(fromHex("FFD8FFE0000000000000")).format == ImageFormat::Unknown);
    CHECK(readImageHeader(fromHex("0000000C6A5020200D0A870A0000000000000000")).format ==
          ImageFormat::Unknown);
}

TEST_CASE("formats have names and extensions") {
    CHECK(nameOf(ImageFormat::Jpeg) == "jpeg");
    CHECK(nameOf(ImageFormat::Jpeg2000) == "jpeg2000");
    CHECK(nameOf(ImageFormat::Jpeg2000Codestream) == "jpeg2000");
    CHECK(fileExtension(ImageFormat::Jpeg) == ".jpg");
    CHECK(fileExtension(ImageFormat::Jpeg2000Codestream) == ".j2k"); // a viewer takes no codestream as .jp2
    CHECK(fileExtension(ImageFormat::Unknown) == ".bin");
}
