// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/wsq_image.hpp"

#include "host/base/error.hpp"
#include "host/biometric/wsq_entropy.hpp"
#include "host/biometric/wsq_filter_bank.hpp"
#include "host/biometric/wsq_subbands.hpp"
#include "tests/unit/host/biometric/pixel_difference.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace cancuoc;
using namespace cancuoc::biometric;

namespace {

Bytes sample() {
    return test::readTestData("wsq/drawn-small.wsq");
}

std::size_t find(const Bytes& file, const char* hex) {
    const Bytes pattern = fromHex(hex);
    const auto found = std::search(file.begin(), file.end(), pattern.begin(), pattern.end());
    REQUIRE(found != file.end());
    return static_cast<std::size_t>(found - file.begin());
}

} // namespace

// The PNG files hold what the reference decoder of NIST (NBIS, dwsq) makes of the WSQ files. It calculates
// with float, this decoder with double, so that a sample at the edge may be rounded to its neighbour.
TEST_CASE("WSQ images have the pixels that the reference decoder gives them") {
    for (const char* name : {"sample_image", "drawn-odd-filters", "drawn-even-filters",
                             "drawn-even-filters-even-sides", "drawn-small"}) {
        CAPTURE(name);
        const Pixels decoded = decodePixels(test::readTestData(std::string("wsq/") + name + ".wsq"));
        const Pixels reference = decodePixels(test::readTestData(std::string("wsq/") + name + ".png"));
        const test::PixelDifference difference = test::difference(decoded, reference);
        CHECK(difference.sameDimensions);
        CHECK(difference.largest <= 1);
        CHECK(difference.differing * 10000 <= decoded.data.size());
    }
}

TEST_CASE("the decomposition has 64 subbands that cover the image without overlap") {
    for (const std::uint32_t width : {1U, 37U, 64U, 101U, 545U}) {
        const std::uint32_t height = width + 5;
        const wsq::SubbandTree tree(width, height);
        REQUIRE(tree.subbands().size() == 64);
        std::vector<int> covered(std::size_t{width} * height);
        for (const wsq::Region& subband : tree.subbands()) {
            for (std::uint32_t row = 0; row < subband.rows.length; ++row) {
                for (std::uint32_t column = 0; column < subband.columns.length; ++column) {
                    ++covered.at((subband.rows.start + row) * width + subband.columns.start + column);
                }
            }
        }
        CHECK(std::count(covered.begin(), covered.end(), 1) == static_cast<std::ptrdiff_t>(covered.size()));
    }
}

TEST_CASE("filters of odd and of even length give a constant back at every length") {
    // Haar, and the 5/3 filters of JPEG 2000 with both bands scaled alike
    const double half = std::sqrt(0.5);
    wsq::FilterBank haar({2, {half}}, {2, {-half}});
    wsq::FilterBank legall({5, {0.75 * 2 * half, 0.25 * 2 * half, -0.125 * 2 * half}},
                           {3, {2 * half * 0.5, -0.25 * 2 * half}});
    for (std::uint32_t length = 1; length < 40; ++length) {
        CAPTURE(length);
        const std::uint32_t low = length - length / 2;
        for (wsq::FilterBank* bank : {&haar, &legall}) {
            std::vector<float> plane(length, 0.0F);
            std::fill_n(plane.begin(), low, static_cast<float>(2 * half));
            bank->join(plane, length, {{0, length, false}, {0, 1, false}});
            // The one row was put together as well, and that scales a constant by half the square root of
            // two.
            for (const float value : plane) {
                CHECK(value == doctest::Approx(half).epsilon(1e-6));
            }
        }
    }
}

TEST_CASE("Huffman codes are read bit by bit up to the marker") {
    const wsq::HuffmanTable table({0, 2, 1}, fromHex("0A0B0C")); // 00, 01, 100
    const Bytes bits = fromHex("13FFA1");                        // 00 01 00 11, the rest filled up with 1
    wsq::BitReader reader(bits);
    CHECK(table.decode(reader) == 0x0A);
    CHECK(table.decode(reader) == 0x0B);
    CHECK(table.decode(reader) == 0x0A);
    CHECK_FALSE(table.decode(reader).has_value());
    CHECK(reader.remaining().size() == 2);
    CHECK_THROWS_AS(wsq::HuffmanTable({3}, fromHex("010203")), MalformedData);
    CHECK_THROWS_AS(wsq::HuffmanTable({1}, {}), MalformedData);
}

TEST_CASE("a stuffed byte is a byte, a restart marker is none") {
    const Bytes bytes = fromHex("FF00FFB2A5FFB0FF");
    wsq::BitReader reader(bytes);
    CHECK(reader.takeBits(16) == 0xFFA5);
    CHECK_THROWS_AS((void)reader.nextBit(), MalformedData);
}

TEST_CASE("WSQ images that break off are refused") {
    const Bytes whole = sample();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS((void)decodeWsq(BytesView(whole).first(size), {}), MalformedData);
    }
}

TEST_CASE("malformed WSQ images are refused") {
    const auto changed = [](std::size_t position, std::uint8_t value) {
        Bytes file = sample();
        file.at(position) = value;
        return file;
    };
    const Bytes file = sample();
    const std::size_t transform = find(file, "FFA4003A");
    CHECK_THROWS_AS((void)decodeWsq(changed(transform + 4, 8), {}),
                    MalformedData); // an even length, an odd one
    CHECK_THROWS_AS((void)decodeWsq(changed(transform + 7, 0), {}), MalformedData); // a tap of some thousands
    const std::size_t frame = find(file, "FFA20011");
    CHECK_THROWS_AS((void)decodeWsq(changed(frame + 7, 0), {}), MalformedData); // no rows
    CHECK_THROWS_AS((void)decodeWsq(changed(frame + 7, 20), {}),
                    MalformedData); // fewer rows than coefficients
    CHECK_THROWS_AS((void)decodeWsq(changed(frame + 1, 0xA9), {}), MalformedData); // an unknown marker
    const std::size_t block = find(file, "FFA30003");
    CHECK_THROWS_AS((void)decodeWsq(changed(block + 4, 7), {}), MalformedData); // no such Huffman table
    const std::size_t quantization = find(file, "FFA50185");
    CHECK_THROWS_AS((void)decodeWsq(changed(quantization + 1, 0xA8), {}),
                    MalformedData); // a comment: no table
}
