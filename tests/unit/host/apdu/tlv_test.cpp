// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/tlv.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

TEST_CASE("Data objects are read one after another, with their children") {
    // EF.COM of Doc 9303-11, D.4.
    const Bytes encoded = fromHex("60145F0104303130365F36063034303030305C026175");
    const Tlv common = readTlv(encoded, 0x60, "EF.COM");
    CHECK(common.encoded.size() == encoded.size());
    CHECK(common.value.data() == encoded.data() + 2);
    TlvReader children = common.children();
    CHECK(toText(children.expect(0x5F01, "The LDS version").value) == "0106");
    CHECK(toText(children.require(0x5F36, "The Unicode version").value) == "040000");
    CHECK(toHex(children.require(0x5C, "The tag list").value) == "6175");
    CHECK_FALSE(children.find(0x5F01).has_value());
    CHECK(children.next()->tag == 0x5F36);
    CHECK_THROWS_AS(children.expectEnd("EF.COM"), MalformedData);
    CHECK(children.next()->tag == 0x5C);
    children.expectEnd("EF.COM");
    CHECK_FALSE(children.next().has_value());
}

TEST_CASE("Tags of up to 3 bytes and lengths of up to 4 are understood") {
    struct Example {
        std::string_view encoded;
        std::uint32_t tag;
        std::size_t size;
    };
    for (const Example& example : {Example{"0400", 0x04, 0}, Example{"5F1F01AA", 0x5F1F, 1},
                                   Example{"7F8101820001AA", 0x7F8101, 1}, Example{"048101AA", 0x04, 1},
                                   Example{"0483000001AA", 0x04, 1}, Example{"048400000001AA", 0x04, 1}}) {
        CAPTURE(example.encoded);
        const Bytes bytes = fromHex(example.encoded);
        const Tlv tlv = readTlv(bytes, example.tag, "it");
        CHECK(tlv.value.size() == example.size);
        CHECK(tlv.encoded.size() == bytes.size());
    }
}

TEST_CASE("Malformed data objects are refused") {
    for (const std::string_view encoded :
         {"04", "0401", "0482", "048201", "04820001", "5F", "5F81", "7F818101", "7F81818100", "0480",
          "0480000000", "0485000000000100", "0484FFFFFFFF00", "04FF", "1F"}) {
        CAPTURE(encoded);
        const Bytes bytes = fromHex(encoded);
        CHECK_THROWS_AS(static_cast<void>(TlvReader(bytes).next()), MalformedData);
    }
    const Bytes two = fromHex("04000400");
    CHECK_THROWS_AS(static_cast<void>(readTlv(two, 0x04, "it")), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(readTlv(two, 0x05, "it")), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(readTlv({}, 0x04, "it")), MalformedData);
}

TEST_CASE("Missing data objects are named") {
    try {
        static_cast<void>(TlvReader(fromHex("0400")).require(0x5F1F, "The MRZ"));
        FAIL("no exception");
    } catch (const MalformedData& error) {
        CHECK(std::string(error.what()) == "The MRZ (data object 5F1F) is missing.");
    }
}

TEST_CASE("Only constructed objects have children, and only down to the limit") {
    CHECK(isConstructed(0x30));
    CHECK(isConstructed(0x7F4C));
    CHECK(isConstructed(0x7F8101));
    CHECK_FALSE(isConstructed(0x5F1F));
    CHECK_FALSE(isConstructed(0x04));
    Bytes nested;
    for (int level = 0; level < 40; ++level) {
        nested = encodeTlv(0x30, nested);
    }
    CHECK_THROWS_AS(static_cast<void>(TlvReader(fromHex("0400")).next()->children()), MalformedData);
    unsigned depth = 0;
    const auto descend = [&depth, &nested] {
        Tlv tlv = readTlv(nested, 0x30, "it");
        while (true) {
            tlv = tlv.children().expect(0x30, "it");
            ++depth;
        }
    };
    CHECK_THROWS_AS(descend(), MalformedData);
    CHECK(depth == TlvReader::maximumDepth);
}

TEST_CASE("Data objects are written with the shortest length") {
    CHECK(toHex(encodeTlv(0x04)) == "0400");
    CHECK(toHex(encodeTlv(0x7F4C, Bytes{1}, Bytes{2})) == "7F4C020102");
    CHECK(toHex(encodeTlv(0x7F8101, Bytes{1})) == "7F81010101");
    for (const auto& [size, header] :
         {std::pair{127U, "047F"}, std::pair{128U, "048180"}, std::pair{255U, "0481FF"},
          std::pair{256U, "04820100"}, std::pair{65535U, "0482FFFF"}, std::pair{65536U, "0483010000"}}) {
        const Bytes encoded = encodeTlv(0x04, Bytes(size));
        CHECK(toHex(BytesView(encoded).first(encoded.size() - size)) == header);
        CHECK(readTlv(encoded, 0x04, "it").value.size() == size);
    }
}

TEST_CASE("A header is read as soon as it is whole") {
    const Bytes start = fromHex("7F618201AA02");
    for (std::size_t size = 0; size < 5; ++size) {
        CHECK_FALSE(readTlvHeader(BytesView(start).first(size)).has_value());
    }
    const auto header = readTlvHeader(start);
    REQUIRE(header.has_value());
    CHECK(header->tag == 0x7F61);
    CHECK(header->headerSize == 5);
    CHECK(header->valueSize == 0x1AA);
}
