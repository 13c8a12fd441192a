// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/flash_memory.hpp"
#include "card/storage/object_store.hpp"
#include "host/base/random.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>

using namespace cancuoc::card;
using cancuoc::personalization::SecureChannel;
using cancuoc::personalization::SecurityLevel;
using test::Bytes;
using test::ChipFixture;
using test::Document;
using test::encryptedGrouping;
using test::grouping;
using test::hex;
using test::join;

namespace {

constexpr const char* selectDomain = "00A4040008A00000015100000000";
constexpr const char* initializeUpdate = "8050000008010203040506070800";

struct BlankChip {
    host::FlashMemory memory;
    ChipFixture chip{memory};

    // A channel in which the application's personalization has begun.
    SecureChannel personalizing() {
        SecureChannel channel = chip.openChannel();
        REQUIRE(ChipFixture::install(channel) == 0x9000);
        return channel;
    }
};

std::uint16_t storeData(SecureChannel& channel, std::uint8_t p1, std::uint8_t p2, const Bytes& data) {
    return ChipFixture::send(channel, 0xE2, p1, p2, data);
}

Bytes getStatus(SecureChannel& channel, std::uint8_t p1) {
    cancuoc::CommandApdu command{0x80, 0xF2, p1, 0x00, hex("4F00"), 256};
    const auto response = channel.transmit(command);
    REQUIRE(response.sw.isSuccess());
    return response.data;
}

std::optional<Bytes> stored(Flash& flash, ObjectIdentifier id) {
    ObjectStore store(flash);
    REQUIRE(store.open());
    const auto length = store.length(id);
    if (!length) {
        return std::nullopt;
    }
    Bytes content(*length);
    REQUIRE(store.read(id, 0, content));
    return content;
}

} // namespace

TEST_CASE("a blank chip has an issuer domain and nothing else to say") {
    BlankChip blank;
    CHECK(blank.chip.status("00A40000") == 0x6985);
    CHECK(blank.chip.status("00B09C0000") == 0x6985);
    CHECK(blank.chip.status("00A4040C07A0000002471001") == 0x6985);
    CHECK(blank.chip.status("0022C1A40F800A04007F00070202040202830102") == 0x6985);
    CHECK(blank.chip.status("0084000008") == 0x6985);
    CHECK(blank.chip.transmit(selectDomain) == hex("6F10 8408 A000000151000000 A504 9F6501FF 9000"));
    CHECK(blank.chip.transmit("00A4040008A000000151000000") == hex("9000"));
    CHECK(blank.chip.status("00A4040000") == 0x9000);
    CHECK(blank.chip.status("00B0000000") == 0x6E00);
    CHECK(blank.chip.status("80B0000000") == 0x6D00);
}

TEST_CASE("GET DATA and SELECT come in the interindustry class too, and the domain has no files") {
    BlankChip blank;
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    for (const char* tag : {"0066", "00E0", "0045", "00CF", "9F7F", "0067"}) {
        CAPTURE(tag);
        CHECK(blank.chip.transmit(join(hex("00CA"), hex(tag), hex("00"))) ==
              blank.chip.transmit(join(hex("80CA"), hex(tag), hex("00"))));
    }
    CHECK(blank.chip.status("00CA00660101") == 0x6700);
    CHECK(blank.chip.status("00A4000C023F00") == 0x6A86);
    CHECK(blank.chip.status("00A4020C02011C") == 0x6A86);
    CHECK(blank.chip.status("00A40000") == 0x6A86);
    CHECK(blank.chip.status("00F28000024F00") == 0x6E00);
    CHECK(blank.chip.status("10CA006600") == 0x6884);
    CHECK(blank.chip.status("04CA006600") == 0x6E00);
    // A plain GET DATA is a plain command: it ends the channel.
    SecureChannel channel = blank.personalizing();
    CHECK(blank.chip.status("00CA006600") == 0x9000);
    CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6982);
}

TEST_CASE("the card recognition data name SCP03 with i=60") {
    BlankChip blank;
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    const Bytes response = blank.chip.transmit("80CA006600");
    CHECK(response == hex("6630 732E 06072A864886FC6B01 600B06092A864886FC6B020203 630906072A864886FC6B03"
                          "640B06092A864886FC6B040360 9000"));
    CHECK(blank.chip.status("80CA00670000") == 0x6700);
    CHECK(blank.chip.status("80CA006700") == 0x6A88);
    CHECK(blank.chip.status("80CA00660101") == 0x6700);
}

TEST_CASE("INITIALIZE UPDATE answers with serial number, key information, challenge and cryptogram") {
    BlankChip blank;
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    const Bytes first = blank.chip.transmit(initializeUpdate);
    REQUIRE(first.size() == 10 + 3 + 8 + 8 + 2);
    CHECK(Bytes(first.begin() + 10, first.begin() + 13) == hex("300360"));
    blank.chip.reset();
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    const Bytes second = blank.chip.transmit(initializeUpdate);
    CHECK(Bytes(first.begin(), first.begin() + 10) == Bytes(second.begin(), second.begin() + 10));
    CHECK(Bytes(first.begin() + 13, first.begin() + 21) != Bytes(second.begin() + 13, second.begin() + 21));

    host::FlashMemory otherMemory;
    ChipFixture other(otherMemory, 2);
    REQUIRE(other.status(selectDomain) == 0x9000);
    const Bytes third = other.transmit(initializeUpdate);
    CHECK(Bytes(first.begin(), first.begin() + 10) != Bytes(third.begin(), third.begin() + 10));
}

TEST_CASE("INITIALIZE UPDATE refuses what is not right") {
    BlankChip blank;
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    CHECK(blank.chip.status("8050300008010203040506070800") == 0x9000);
    CHECK(blank.chip.status("8050310008010203040506070800") == 0x6A88);
    CHECK(blank.chip.status("8050000108010203040506070800") == 0x6A86);
    CHECK(blank.chip.status("80500000070102030405060700") == 0x6700);
    CHECK(blank.chip.status("8050000000") == 0x6700);
    CHECK(blank.chip.status(join(hex("8482130010"), Bytes(16))) == 0x6985);
}

TEST_CASE("a channel opens at every security level and reports the life cycle") {
    for (const SecurityLevel level :
         {SecurityLevel::CommandMac, SecurityLevel::CommandMacAndEncryption,
          SecurityLevel::CommandAndResponseMac, SecurityLevel::CommandMacAndEncryptionResponseMac,
          SecurityLevel::CommandAndResponseMacAndEncryption}) {
        CAPTURE(static_cast<int>(level));
        BlankChip blank;
        SecureChannel channel = blank.chip.openChannel(level);
        CHECK(getStatus(channel, 0x80) == hex("E30E 4F08 A000000151000000 9F700101"));
        CHECK(getStatus(channel, 0x40) == hex("E30D 4F07 A0000002471001 9F700107"));
    }
}

TEST_CASE("GET STATUS refuses what is not right") {
    BlankChip blank;
    SecureChannel channel = blank.chip.openChannel();
    CHECK(ChipFixture::send(channel, 0xF2, 0x20, 0x00, hex("4F00")) == 0x6A86);
    CHECK(ChipFixture::send(channel, 0xF2, 0x80, 0x01, hex("4F00")) == 0x6A86);
    CHECK(ChipFixture::send(channel, 0xF2, 0x80, 0x02, hex("4F00")) == 0x9000);
    CHECK(ChipFixture::send(channel, 0xF2, 0x80, 0x00, {}) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xF2, 0x80, 0x00, hex("4F01")) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xF2, 0x80, 0x00, hex("5000")) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xF2, 0x40, 0x00, hex("4F03A00000")) == 0x9000);
    CHECK(ChipFixture::send(channel, 0xF2, 0x40, 0x00, hex("4F03A00001")) == 0x6A88);
}

TEST_CASE("the wrong transport keys open no channel") {
    BlankChip blank;
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    auto keys = cancuoc::personalization::SecurityDomainKeys::transport();
    keys.mac = cancuoc::SecretBytes(Bytes(16, 0x11));
    cancuoc::SystemRandom random;
    CHECK_THROWS_AS(static_cast<void>(SecureChannel::open(blank.chip.connection(), keys,
                                                          SecurityLevel::CommandMac, random)),
                    cancuoc::personalization::AuthenticationRefused);
    REQUIRE(blank.chip.status(initializeUpdate) == 0x9000);
    CHECK(blank.chip.status(join(hex("8482010010"), Bytes(16))) == 0x6982);
}

TEST_CASE("nothing is written or told without the channel") {
    BlankChip blank;
    REQUIRE(blank.chip.status(selectDomain) == 0x9000);
    const auto refuseAll = [&] {
        CHECK(blank.chip.status("80E620000D000007A0000002471001000000") == 0x6982);
        CHECK(blank.chip.status("80E2000003010101") == 0x6982);
        CHECK(blank.chip.status("80F0400F07A0000002471001") == 0x6982);
        CHECK(blank.chip.status("80F0800F") == 0x6982);
        CHECK(blank.chip.status("80F28000024F0000") == 0x6982);
        CHECK(blank.chip.status("84E2000003010101") == 0x6982);
        CHECK(blank.chip.status("84F28000024F0000") == 0x6982);
    };
    SUBCASE("before any") {
        refuseAll();
    }
    SUBCASE("after INITIALIZE UPDATE alone") {
        REQUIRE(blank.chip.status(initializeUpdate) == 0x9000);
        refuseAll();
    }
    SUBCASE("after a plain command ended it") {
        SecureChannel channel = blank.personalizing();
        CHECK(blank.chip.status("80E2000003010101") == 0x6982);
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6982);
        refuseAll();
    }
    SUBCASE("after a wrong MAC ended it") {
        SecureChannel channel = blank.personalizing();
        CHECK(blank.chip.status(join(hex("84E2000008"), Bytes(8))) == 0x6982);
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6982);
    }
    SUBCASE("after a reset ended it") {
        SecureChannel channel = blank.personalizing();
        blank.chip.reset();
        REQUIRE(blank.chip.status(selectDomain) == 0x9000);
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6982);
    }
    SUBCASE("after a selection ended it") {
        SecureChannel channel = blank.personalizing();
        REQUIRE(blank.chip.status(selectDomain) == 0x9000);
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6982);
    }
    CHECK_FALSE(stored(blank.memory, 0x0101));
}

TEST_CASE("STORE DATA needs INSTALL [for personalization]") {
    BlankChip blank;
    SecureChannel channel = blank.chip.openChannel();
    CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6985);
    CHECK(ChipFixture::send(channel, 0xE6, 0x0C, 0x00, hex("000007A0000002471001000000")) == 0x6A86);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x01, hex("000007A0000002471001000000")) == 0x6A86);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, hex("000007A0000002471002000000")) == 0x6A88);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, hex("000000000000")) == 0x6A88);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, hex("000007A00000024710010000")) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, hex("000007A0000002471001000001")) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, hex("000008A0000002471001000000")) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, hex("010007A0000002471001000000")) == 0x6A80);
    CHECK(ChipFixture::send(channel, 0xE6, 0x20, 0x00, {}) == 0x6A80);
    CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6985);
    CHECK(ChipFixture::install(channel) == 0x9000);
    CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x9000);
}

TEST_CASE("data groupings may be cut anywhere") {
    const Bytes first = join(hex("61"), Bytes(1, 253), Bytes(253, 0x11));
    const Bytes second = join(hex("75820200"), Bytes(512, 0x22));
    const Bytes third = hex("6F0101");
    const Bytes stream = join(grouping(0x0101, first), grouping(0x0102, second), grouping(0x010F, third));
    host::FlashMemory memory;
    ChipFixture chip(memory);
    for (std::size_t cut = 1; cut < stream.size(); cut += cut < 8 || cut > 250 ? 1 : 20) {
        CAPTURE(cut);
        const auto at = stream.begin() + static_cast<std::ptrdiff_t>(cut);
        SecureChannel channel = chip.openChannel(SecurityLevel::CommandMac);
        REQUIRE(ChipFixture::install(channel) == 0x9000);
        REQUIRE(storeData(channel, 0x08, 0x00, Bytes(stream.begin(), at)) == 0x9000);
        REQUIRE(storeData(channel, 0x88, 0x01, Bytes(at, stream.end())) == 0x9000);
    }
    CHECK(stored(memory, 0x0101) == first);
    CHECK(stored(memory, 0x0102) == second);
    CHECK(stored(memory, 0x010F) == third);
}

TEST_CASE("data groupings may come byte by byte, past the wrap of the block number") {
    BlankChip blank;
    SecureChannel channel = blank.personalizing();
    const Bytes file = join(hex("7582012C"), Bytes(300, 0x22));
    const Bytes stream = grouping(0x0102, file);
    for (std::size_t i = 0; i < stream.size(); ++i) {
        const auto last = static_cast<std::uint8_t>(i + 1 == stream.size() ? 0x80 : 0x00);
        REQUIRE(storeData(channel, last, static_cast<std::uint8_t>(i), {stream[i]}) == 0x9000);
    }
    CHECK(stored(blank.memory, 0x0102) == file);
}

TEST_CASE("STORE DATA refuses block numbers out of sequence") {
    BlankChip blank;
    SecureChannel channel = blank.personalizing();
    const Bytes file = grouping(0x0101, hex("6100"));
    CHECK(storeData(channel, 0x00, 0x01, file) == 0x6A86);
    CHECK(storeData(channel, 0x00, 0x00, file) == 0x9000);
    CHECK(storeData(channel, 0x00, 0x02, file) == 0x6A86);
    CHECK(storeData(channel, 0x00, 0x02, file) == 0x6A86);
    CHECK(storeData(channel, 0x00, 0x00, file) == 0x9000);
}

TEST_CASE("STORE DATA refuses what is not right, and keeps nothing of it") {
    BlankChip blank;
    SecureChannel channel = blank.personalizing();
    const Bytes file = grouping(0x0101, hex("6100"));
    SUBCASE("P1 that says nothing the chip knows") {
        for (const std::uint8_t p1 : hex("010204182040")) {
            CAPTURE(p1);
            CHECK(storeData(channel, p1, 0x00, file) == 0x6A86);
        }
    }
    SUBCASE("a grouping that nothing knows") {
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0111, hex("6100"))) == 0x6A88);
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x9001, hex("6100"))) == 0x6A88);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x8000, hex("6100"))) == 0x6A88);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x9002, hex("6100"))) == 0x6A88);
    }
    SUBCASE("a secret in plain, a file encrypted") {
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x8001, test::ascii("000001"))) == 0x6A88);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x0101, hex("6100"))) == 0x6A88);
    }
    SUBCASE("an empty file") {
        CHECK(storeData(channel, 0x00, 0x00, hex("010100")) == 0x6A80);
    }
    SUBCASE("a last block that is not the end of a grouping") {
        CHECK(storeData(channel, 0x80, 0x00, hex("010102")) == 0x6A80);
        CHECK(storeData(channel, 0x80, 0x00, hex("01")) == 0x6A80);
        CHECK(storeData(channel, 0x80, 0x00, hex("01010261")) == 0x6A80);
    }
    SUBCASE("an encrypted grouping that does not fill its command, or comes inside another one") {
        const Bytes can = encryptedGrouping(0x8001, test::ascii("000001"));
        CHECK(storeData(channel, 0x60, 0x00, join(can, can)) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, Bytes(can.begin(), can.end() - 1)) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, {}) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, hex("800100")) == 0x6A80);
        CHECK(storeData(channel, 0x00, 0x00, hex("0101")) == 0x9000);
        CHECK(storeData(channel, 0x60, 0x01, can) == 0x6A80);
    }
    SUBCASE("an encrypted value without its padding, of a wrong length, or too long") {
        CHECK(storeData(channel, 0x60, 0x00, grouping(0x8001, Bytes(16, 0x5A))) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, grouping(0x8001, Bytes(15, 0x5A))) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, grouping(0x8001, Bytes(96, 0x5A))) == 0x6A80);
    }
    SUBCASE("secrets of another form") {
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x8001, test::ascii("00001"))) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x8001, test::ascii("0000001"))) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x8001, test::ascii("00000A"))) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x8002, Bytes(23, 'A'))) == 0x6A80);
        CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(0x8002, Bytes(24, 'a'))) == 0x6A80);
        for (const std::uint16_t key : std::array<std::uint16_t, 2>{0x8003, 0x8004}) {
            CAPTURE(key);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, {})) == 0x6A80);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, hex("0D"))) == 0x6A80);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, join(hex("0D"), Bytes(31, 1)))) ==
                  0x6A80);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, join(hex("0D"), Bytes(33, 1)))) ==
                  0x6A80);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, join(hex("0D"), Bytes(32)))) ==
                  0x6A80);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, join(hex("0D"), Bytes(32, 0xFF)))) ==
                  0x6A80);
            CHECK(storeData(channel, 0x60, 0x00, encryptedGrouping(key, join(hex("63"), Bytes(32, 1)))) ==
                  0x6A80);
        }
    }
    SUBCASE("a right grouping before a wrong one in the same command") {
        CHECK(storeData(channel, 0x00, 0x00, join(file, hex("011101FF"))) == 0x6A88);
    }
    SUBCASE("more files than the chip holds") {
        const Bytes file40000 = Bytes(40000, 0x11);
        std::uint8_t block = 0;
        std::uint16_t status = 0x9000;
        std::uint16_t identifier = 0x0105;
        while (status == 0x9000 && identifier < 0x0110) {
            const Bytes stream = grouping(identifier++, file40000);
            for (std::size_t at = 0; at < stream.size() && status == 0x9000; at += 4000) {
                const auto begin = stream.begin() + static_cast<std::ptrdiff_t>(at);
                const auto count =
                    static_cast<std::ptrdiff_t>(std::min<std::size_t>(4000, stream.size() - at));
                status = storeData(channel, 0x00, block++, Bytes(begin, begin + count));
            }
        }
        CHECK(status == 0x6A84);
        CHECK(identifier == 0x0105 + 7);
    }
    CHECK_FALSE(stored(blank.memory, 0x0101));
    for (const ObjectIdentifier id :
         std::array<ObjectIdentifier, 6>{0x8000, 0x8001, 0x8002, 0x8003, 0x8004, 0x9002}) {
        CHECK_FALSE(stored(blank.memory, id));
    }
}

TEST_CASE("a command longer than the chip's buffer is refused") {
    BlankChip blank;
    SecureChannel channel = blank.personalizing();
    CHECK(storeData(channel, 0x00, 0x00, Bytes(4096, 0x11)) == 0x6700);
}

TEST_CASE("activation needs every file, the MRZ information and every key") {
    constexpr std::array<std::uint16_t, 2> optional{0x8001, 0x8006};
    const Document whole = test::smallDocument();
    std::vector<std::pair<std::uint16_t, bool>> parts;
    for (const auto& part : whole.files) {
        parts.emplace_back(part.first, true);
    }
    for (const auto& part : whole.secrets) {
        if (std::find(optional.begin(), optional.end(), part.first) == optional.end()) {
            parts.emplace_back(part.first, false);
        }
    }
    for (const auto& part : parts) {
        const std::uint16_t identifier = part.first;
        const bool isFile = part.second;
        CAPTURE(identifier);
        Document incomplete = whole;
        if (isFile) {
            incomplete.files.erase(identifier);
        } else {
            incomplete.secrets.erase(identifier);
        }
        BlankChip blank;
        CHECK_FALSE(blank.chip.personalize(incomplete));
        CHECK_FALSE(stored(blank.memory, 0x8000));
        CHECK(blank.chip.status("00A4040C07A0000002471001") == 0x6985);
        CHECK(blank.chip.personalize(whole));
    }
}

TEST_CASE("activation needs an EF.COM that can be read") {
    for (const char* commonData :
         {"60045C0261", "61065C0461756E6F", "60035C0261", "60035F0100", "60065C0461756E77",
          "60065C0461756E6F00", "FF", "60055C0361756E", "60075C0561756E6F63"}) {
        CAPTURE(commonData);
        Document document = test::smallDocument();
        document.files[0x011E] = hex(commonData);
        BlankChip blank;
        CHECK_FALSE(blank.chip.personalize(document));
    }
}

TEST_CASE("the card goes from blank to personalized to locked and never back") {
    BlankChip blank;
    {
        SecureChannel channel = blank.chip.openChannel();
        CHECK(ChipFixture::lock(channel) == 0x6985);
        CHECK(ChipFixture::send(channel, 0xF0, 0x40, 0x0F, hex("A0000002471002")) == 0x6A88);
        CHECK(ChipFixture::send(channel, 0xF0, 0x40, 0x07, hex("A0000002471001")) == 0x6A86);
        CHECK(ChipFixture::send(channel, 0xF0, 0x80, 0x7F, {}) == 0x6985);
        CHECK(ChipFixture::send(channel, 0xF0, 0x80, 0x03, {}) == 0x6A86);
        CHECK(ChipFixture::activate(channel) == 0x6985);
    }
    REQUIRE(blank.chip.personalize(test::smallDocument()));
    CHECK(blank.chip.status("00A4040C07A0000002471001") == 0x9000);
    const Bytes dg1 = *stored(blank.memory, 0x0101);
    {
        SecureChannel channel = blank.chip.openChannel();
        CHECK(getStatus(channel, 0x40) == hex("E30D 4F07 A0000002471001 9F70010F"));
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6985);
        CHECK(ChipFixture::install(channel) == 0x6985);
        CHECK(storeData(channel, 0x00, 0x00, grouping(0x0101, hex("6100"))) == 0x6985);
        CHECK(ChipFixture::activate(channel) == 0x6985);
        CHECK(ChipFixture::lock(channel) == 0x9000);
        CHECK(ChipFixture::lock(channel) == 0x6985);
    }
    blank.chip.reset();
    CHECK(blank.chip.status(selectDomain) == 0x9000);
    CHECK(blank.chip.status(initializeUpdate) == 0x6985);
    CHECK(blank.chip.status("80CA006600") == 0x6985);
    CHECK(stored(blank.memory, 0x0101) == dg1);
}

TEST_CASE("no command writes to a locked card") {
    BlankChip blank;
    REQUIRE(blank.chip.personalize(test::smallDocument()));
    {
        SecureChannel channel = blank.chip.openChannel();
        REQUIRE(ChipFixture::lock(channel) == 0x9000);
    }
    blank.chip.reset();
    Bytes before(configuration::flashSize);
    REQUIRE(blank.memory.read(0, before));
    for (const char* select : {selectDomain, "00A4040C07A0000002471001", "00A40000"}) {
        for (const std::uint8_t cla : hex("00040C1080848C90")) {
            for (unsigned ins = 0; ins <= 0xFF; ++ins) {
                for (const char* rest :
                     {"0000", "000010000102030405060708090A0B0C0D0E0F00", "400F07A0000002471001", "800F00",
                      "20000D000007A0000002471001000000"}) {
                    // The first one ends a chain that the command before began.
                    static_cast<void>(blank.chip.status(select));
                    REQUIRE(blank.chip.status(select) == 0x9000);
                    const Bytes apdu = join(Bytes{cla, static_cast<std::uint8_t>(ins)}, hex(rest));
                    const std::uint16_t status = blank.chip.status(apdu);
                    if (select == selectDomain && (cla == 0x80 || cla == 0x84 || cla == 0x00) &&
                        ins != 0xA4) {
                        CAPTURE(ins);
                        CHECK((status == 0x6985 || status == 0x6700));
                    }
                }
            }
        }
    }
    Bytes after(configuration::flashSize);
    REQUIRE(blank.memory.read(0, after));
    CHECK(before == after);
}

TEST_CASE("GET DATA tells no more at once than it was asked for") {
    BlankChip blank;
    REQUIRE(blank.chip.status("00A4040008A00000015100000000") == 0x9000);
    CHECK(blank.chip.transmit("80CA006601") == hex("666131"));
    const Bytes rest = blank.chip.transmit("00C0000031");
    CHECK(rest.size() == 0x31 + 2);
    CHECK(rest[0] == 0x30);
}

TEST_CASE("a plain command ends a session that INITIALIZE UPDATE began") {
    BlankChip blank;
    bool interrupts = false;
    cancuoc::InProcessConnection line(
        "chip", {},
        [&](cancuoc::BytesView apdu) {
            if (interrupts && apdu[1] == 0x82) {
                CHECK(blank.chip.status("80CA006600") == 0x9000);
            }
            return blank.chip.transmit(test::toBytes(apdu));
        },
        [] {});
    test::GlobalPlatformHost host(line, test::DomainKeys::transport());
    CHECK(host.open(0x01) == 0x9000);
    interrupts = true;
    CHECK(host.open(0x01) == 0x6985);
}
