// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/issuer_objects.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/storage/object_store.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace cancuoc::card;
using test::Bytes;
using test::ChipFixture;
using test::DomainKeys;
using test::GlobalPlatformHost;
using test::hex;
using test::join;

namespace {

constexpr const char* selectDomain = "00A4040008A00000015100000000";
constexpr const char* selectLds = "00A4040C07A0000002471001";
const Bytes ldsApplication = hex("A0000002471001");

// A blank chip whose secure channel follows another protocol or option.
struct Chip02or03 {
    host::FlashMemory memory;
    ChipFixture chip{memory};

    explicit Chip02or03(const char* option = nullptr) {
        if (option != nullptr) {
            GlobalPlatformHost host(chip, DomainKeys::transport());
            REQUIRE(host.open(0x01) == 0x9000);
            REQUIRE(host.send(0xE2, 0x88, 0x00, join(hex("900302"), hex(option))).status == 0x9000);
        }
    }

    std::uint16_t open(const DomainKeys& keys, std::uint8_t level = 0x01) {
        return GlobalPlatformHost(chip, keys).open(level);
    }
};

// A command with data and a response.
void checkStatusOfApplication(GlobalPlatformHost& host) {
    const auto answer = host.send(0xF2, 0x40, 0x02, hex("4F00"));
    CHECK(answer.status == 0x9000);
    CHECK(answer.data == hex("E30D 4F07 A0000002471001 9F700107"));
}

} // namespace

TEST_CASE("SCP03 in every option, with every key length and at every level") {
    for (const char* option : {"0300", "0310", "0360", "0370", "0301", "0311", "0361", "0371"}) {
        CAPTURE(option);
        Chip02or03 card(option);
        const bool protectsResponses = hex(option)[1] >= 0x60;
        DomainKeys keys = DomainKeys::transport();
        for (const std::size_t size : {std::size_t{16}, std::size_t{24}, std::size_t{32}}) {
            CAPTURE(size);
            GlobalPlatformHost changer(card.chip, keys);
            REQUIRE(changer.open(0x03) == 0x9000);
            const DomainKeys next = DomainKeys::issuer(static_cast<std::uint8_t>(size / 8), size);
            REQUIRE(changer.putKey(keys.version, next).status == 0x9000);
            CHECK(card.open(keys) == 0x6A88);
            keys = next;
            for (const std::uint8_t level : hex("0103111333")) {
                CAPTURE(level);
                GlobalPlatformHost host(card.chip, keys);
                if (level >= 0x10 && !protectsResponses) {
                    CHECK(host.open(level) == 0x6A86);
                    continue;
                }
                REQUIRE(host.open(level) == 0x9000);
                checkStatusOfApplication(host);
                checkStatusOfApplication(host);
                CHECK(host.send(0xCA, 0x00, 0x66, {}).data.back() == hex(option)[1]);
            }
        }
    }
}

TEST_CASE("SCP02 in both options and at both levels, before and after PUT KEY") {
    for (const char* option : {"0215", "0255"}) {
        CAPTURE(option);
        Chip02or03 card(option);
        DomainKeys keys = DomainKeys::transport(0x20);
        for (int round = 0; round < 2; ++round) {
            for (const std::uint8_t level : hex("0103")) {
                CAPTURE(level);
                GlobalPlatformHost host(card.chip, keys);
                REQUIRE(host.open(level) == 0x9000);
                checkStatusOfApplication(host);
                checkStatusOfApplication(host);
                CHECK(host.send(0xCA, 0x00, 0x66, {}).data.back() == hex(option)[1]);
            }
            GlobalPlatformHost host(card.chip, keys);
            CHECK(host.open(0x11) == 0x6A86);
            REQUIRE(host.open(0x03) == 0x9000);
            const DomainKeys next = DomainKeys::issuer(0x21, 16);
            REQUIRE(host.putKey(0x00, next).status == 0x9000);
            keys = next;
        }
    }
}

TEST_CASE("the sequence counter goes on with every session and never back") {
    for (const char* option : {"0370", "0255", "0215"}) {
        CAPTURE(option);
        Chip02or03 card(option);
        const DomainKeys keys = DomainKeys::transport(hex(option)[0] == 0x02 ? 0x20 : 0x30);
        for (unsigned round = 0; round < 258; ++round) {
            REQUIRE(card.open(keys) == 0x9000);
        }
        const auto counterOf = [&] {
            REQUIRE(card.chip.status(selectDomain) == 0x9000);
            const Bytes response = card.chip.transmit("80CA00C100");
            REQUIRE(response.size() == 7);
            return response[2] << 16 | response[3] << 8 | response[4];
        };
        CHECK(counterOf() == 258);
        // A session that fails does not count, one more that opens does, and a power-up changes nothing.
        REQUIRE(card.chip.status("8050000008010203040506070800") == 0x9000);
        CHECK(card.chip.status(join(hex("8482010010"), Bytes(16))) == 0x6982);
        CHECK(counterOf() == 258);
        GlobalPlatformHost host(card.chip, keys);
        CHECK(host.open(0x01) == 0x9000);
        CHECK(counterOf() == 259);
        // The session was of the counter before.
        const Bytes& response = host.initializeUpdateResponse();
        const std::size_t place = keys.version == 0x20 ? 12 : response.size() - 2;
        CHECK((response.at(place) << 8 | response.at(place + 1)) == 258);
        card.chip.reset();
        CHECK(counterOf() == 259);
    }
}

TEST_CASE("a sequence counter at its end opens no session and does not begin again") {
    for (const char* option : {"0370", "0255"}) {
        CAPTURE(option);
        Chip02or03 card(option);
        const bool isScp02 = hex(option)[0] == 0x02;
        const DomainKeys keys = DomainKeys::transport(isScp02 ? 0x20 : 0x30);
        const Bytes last = hex(isScp02 ? "00FFFF" : "FFFFFF");
        Bytes lastButOne = last;
        --lastButOne.back();
        {
            ObjectStore store(card.memory);
            REQUIRE(store.open());
            Transaction transaction(store);
            REQUIRE((transaction.put(manager::sequenceCounterObject, lastButOne) && transaction.commit()));
        }
        card.chip.reset();
        CHECK(card.open(keys) == 0x9000);
        CHECK(card.open(keys) == 0x6985);
        CHECK(card.chip.status("84F28002024F00") == 0x6982);
        ObjectStore store(card.memory);
        REQUIRE(store.open());
        Bytes counter(3);
        REQUIRE(store.read(manager::sequenceCounterObject, 0, counter));
        CHECK(counter == last);
    }
}

TEST_CASE("a command that is refused for its class or length ends the issuer's session") {
    for (const bool isScp02 : {false, true}) {
        for (const char* apdu : {"20F28002024F00", "40F28002024F00", "FFF28002024F00", "01F28002024F00",
                                 "85F28002024F00", "80F2", "80F28002034F00", "00B0810000"}) {
            CAPTURE(isScp02);
            CAPTURE(apdu);
            Chip02or03 card(isScp02 ? "0215" : nullptr);
            GlobalPlatformHost host(card.chip, DomainKeys::transport(isScp02 ? 0x20 : 0x30));
            REQUIRE(host.open(0x01) == 0x9000);
            REQUIRE(host.send(0xF2, 0x80, 0x02, hex("4F00")).status == 0x9000);
            CHECK(card.chip.status(apdu) != 0x9000);
            CHECK(host.send(0xF2, 0x80, 0x02, hex("4F00")).status == 0x6982);
        }
    }
}

TEST_CASE("PUT KEY answers with the check values, and refuses what is not right") {
    Chip02or03 card;
    GlobalPlatformHost host(card.chip, DomainKeys::transport());
    REQUIRE(host.open(0x33) == 0x9000);
    // Published by osmocom/pysim, tests/unittests/test_globalplatform.py, SCP03_KCV_Test.
    const DomainKeys published{0x01, hex("000102030405060708090a0b0c0d0e0f"),
                               hex("101112131415161718191a1b1c1d1e1f"),
                               hex("202122232425262728292a2b2c2d2e2f")};
    const Bytes data = host.putKeyData(published);
    CHECK(host.send(0xD8, 0x31, 0x81, data).status == 0x6A88);
    CHECK(host.send(0xD8, 0x00, 0x01, data).status == 0x6A86);
    CHECK(host.send(0xD8, 0x00, 0x81, {}).status == 0x6A80);
    CHECK(host.send(0xD8, 0x00, 0x81, join(data, hex("00"))).status == 0x6A80);
    CHECK(host.send(0xD8, 0x00, 0x81, Bytes(data.begin(), data.end() - 1)).status == 0x6A80);
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3},
                                 std::size_t{4}, std::size_t{20}, std::size_t{21}, data.size() - 1}) {
        CAPTURE(at);
        Bytes changed = data;
        changed[at] ^= 0x80;
        CHECK(host.send(0xD8, 0x00, 0x81, changed).status == 0x6A80);
    }
    // A key with a block of padding behind it that its length does not ask for.
    const Bytes longer = host.encryptSensitive(published.encryption);
    REQUIRE(longer.size() == 32);
    Bytes padded = join(Bytes(data.begin(), data.begin() + 2), hex("21 10"), longer,
                        Bytes(data.begin() + 20, data.end()));
    CHECK(host.send(0xD8, 0x00, 0x81, padded).status == 0x6A80);
    DomainKeys mixed = published;
    mixed.mac = Bytes(24, 0x33);
    CHECK(host.putKey(0x00, mixed).status == 0x6A80);
    CHECK(card.chip.status(selectDomain) == 0x9000);
    CHECK(card.open(published) == 0x6A88);
    REQUIRE(host.open(0x33) == 0x9000);
    const auto answer = host.putKey(0x30, published);
    CHECK(answer.status == 0x9000);
    CHECK(answer.data == hex("01 C35280 013808 840DE5"));
    CHECK(card.open(published) == 0x9000);
    CHECK(card.open(DomainKeys::transport()) == 0x6A88);
    // The issuer's keys serve the protocol they came with.
    REQUIRE(host.send(0xE2, 0x88, 0x00, hex("9003020370")).status == 0x6982);
    GlobalPlatformHost issuer(card.chip, published);
    REQUIRE(issuer.open(0x01) == 0x9000);
    CHECK(issuer.send(0xE2, 0x88, 0x00, hex("9003020370")).status == 0x6985);
}

TEST_CASE("GET DATA tells what the card is, and what names it until it is secured") {
    Chip02or03 card;
    {
        GlobalPlatformHost host(card.chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        CHECK(host.send(0xE2, 0x90, 0x00, hex("4204 01020304 4502 0506")).status == 0x9000);
        CHECK(host.send(0xE2, 0x88, 0x00, hex("0042 03 0A0B0C")).status == 0x9000);
        CHECK(host.send(0xE2, 0x88, 0x00, hex("0043 01 00")).status == 0x6A88);
        CHECK(host.send(0xE2, 0x88, 0x00, hex("0042 00")).status == 0x6A80);
        CHECK(host.send(0xE2, 0x88, 0x00, hex("0042 02 00")).status == 0x6A80);
        CHECK(host.send(0xE2, 0x88, 0x01, hex("0042 01 00")).status == 0x6A86);
        CHECK(host.send(0xE2, 0xE8, 0x00, hex("0042 01 00")).status == 0x6A86);
        CHECK(host.send(0xE2, 0x88, 0x00, hex("9003 02 0320")).status == 0x6A80);
        CHECK(host.send(0xE2, 0x88, 0x00, hex("9003 02 0115")).status == 0x6A80);
        CHECK(host.putKey(0x00, DomainKeys::issuer(0x02, 32)).status == 0x9000);
    }
    REQUIRE(card.chip.status(selectDomain) == 0x9000);
    CHECK(card.chip.transmit("80CA00E000") == hex("E012 C004 01028820 C004 02028820 C004 03028820 9000"));
    CHECK(card.chip.transmit("80CA004200") == hex("4203 0A0B0C 9000"));
    CHECK(card.chip.transmit("80CA004500") == hex("4502 0506 9000"));
    CHECK(card.chip.transmit("80CA00C100") == hex("C103 000000 9000"));
    const Bytes diversification = card.chip.transmit("80CA00CF00");
    CHECK(diversification.size() == 14);
    const Bytes production = card.chip.transmit("80CA9F7F00");
    REQUIRE(production.size() == 47);
    CHECK(Bytes(production.begin(), production.begin() + 3) == hex("9F7F2A"));
    CHECK(Bytes(production.begin() + 15, production.begin() + 21) ==
          Bytes(diversification.begin() + 2, diversification.begin() + 8));
}

TEST_CASE("the card goes through its life cycle under the issuer's keys") {
    Chip02or03 card;
    REQUIRE(card.chip.personalize(test::smallDocument()));
    const DomainKeys keys = DomainKeys::issuer(0x02, 32);
    {
        GlobalPlatformHost host(card.chip, DomainKeys::transport());
        REQUIRE(host.open(0x03) == 0x9000);
        REQUIRE(host.putKey(0x30, keys).status == 0x9000);
    }
    GlobalPlatformHost host(card.chip, keys);
    const auto setCard = [&](std::uint8_t state) {
        REQUIRE(host.open(0x33) == 0x9000);
        return host.send(0xF0, 0x80, state, {}).status;
    };
    const auto cardState = [&] {
        REQUIRE(host.open(0x33) == 0x9000);
        return host.send(0xF2, 0x80, 0x02, hex("4F00")).data.back();
    };
    CHECK(cardState() == 0x01);
    CHECK(setCard(0x7F) == 0x6985);
    CHECK(setCard(0x01) == 0x6A86);
    CHECK(setCard(0x07) == 0x9000);
    CHECK(cardState() == 0x07);
    CHECK(setCard(0x07) == 0x6985);
    CHECK(setCard(0x0F) == 0x9000);
    CHECK(setCard(0x0F) == 0x6985);
    CHECK(setCard(0x07) == 0x6985);
    CHECK(card.chip.status(selectLds) == 0x9000);

    // A secured card takes nothing but life cycle changes.
    REQUIRE(host.open(0x33) == 0x9000);
    CHECK(host.putKey(0x00, DomainKeys::issuer(0x03, 16)).status == 0x6985);
    CHECK(host.send(0xE6, 0x20, 0x00, hex("000007A0000002471001000000")).status == 0x6985);
    CHECK(host.send(0xE2, 0x88, 0x00, hex("00420101")).status == 0x6985);
    CHECK(host.send(0xE0, 0x00, 0x00, hex("6208800200108302 0101")).status == 0x6985);
    CHECK(host.send(0xD6, 0x00, 0x00, hex("61")).status == 0x6985);
    CHECK(host.send(0xF0, 0x40, 0x0F, ldsApplication).status == 0x6985);

    CHECK(setCard(0x7F) == 0x9000);
    CHECK(card.chip.status(selectLds) == 0x6985);
    card.chip.reset();
    CHECK(card.chip.status("00B09C0000") == 0x6985);
    CHECK(setCard(0x0F) == 0x9000);
    CHECK(card.chip.status(selectLds) == 0x9000);

    CHECK(setCard(0xFF) == 0x9000);
    card.chip.reset();
    CHECK(card.chip.status(selectLds) == 0x6985);
    CHECK(card.chip.status("00B09C0000") == 0x6985);
    CHECK(card.chip.status(selectDomain) == 0x9000);
    CHECK(card.chip.status("80CA006600") == 0x6985);
    CHECK(host.open(0x33) == 0x6985);
}

TEST_CASE("a blank card can be terminated") {
    Chip02or03 card;
    GlobalPlatformHost host(card.chip, DomainKeys::transport());
    REQUIRE(host.open(0x01) == 0x9000);
    CHECK(host.send(0xF0, 0x80, 0x0F, {}).status == 0x6985);
    CHECK(host.send(0xF0, 0x80, 0xFF, {}).status == 0x9000);
    CHECK(host.open(0x01) == 0x6985);
}

TEST_CASE("a document is loaded as BER-TLV data objects, and under SCP02") {
    Chip02or03 card("0255");
    const auto document = test::smallDocument();
    GlobalPlatformHost host(card.chip, DomainKeys::transport(0x20));
    REQUIRE(host.open(0x03) == 0x9000);
    REQUIRE(host.send(0xE6, 0x20, 0x00, join(hex("000007"), ldsApplication, hex("000000"))).status == 0x9000);
    Bytes stream;
    for (const auto& [identifier, content] : document.files) {
        stream = join(stream, content);
    }
    std::uint8_t block = 0;
    for (std::size_t at = 0; at < stream.size(); at += 100) {
        const auto begin = stream.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(100, stream.size() - at));
        REQUIRE(host.send(0xE2, 0x10, block++, Bytes(begin, begin + count)).status == 0x9000);
    }
    for (const auto& [identifier, value] : document.secrets) {
        const Bytes encrypted = host.encryptSensitive(value);
        REQUIRE(host.send(0xE2, 0x60, block++, test::grouping(identifier, encrypted)).status == 0x9000);
    }
    CHECK(host.send(0xF0, 0x40, 0x0F, ldsApplication).status == 0x9000);
    CHECK(card.chip.status(selectLds) == 0x9000);
    ObjectStore store(card.memory);
    REQUIRE(store.open());
    for (const auto& file : document.files) {
        const auto& content = file.second;
        const std::uint16_t identifier = file.first;
        CAPTURE(identifier);
        Bytes stored(store.length(identifier).value_or(0));
        REQUIRE(store.read(identifier, 0, stored));
        CHECK(stored == content);
    }
}

TEST_CASE("data objects that are not right are refused") {
    Chip02or03 card;
    GlobalPlatformHost host(card.chip, DomainKeys::transport());
    REQUIRE(host.open(0x01) == 0x9000);
    REQUIRE(host.send(0xE6, 0x20, 0x00, join(hex("000007"), ldsApplication, hex("000000"))).status == 0x9000);
    CHECK(host.send(0xE2, 0x10, 0x00, hex("620100")).status == 0x6A88);
    CHECK(host.send(0xE2, 0x10, 0x00, hex("618301000000")).status == 0x6A80);
    CHECK(host.send(0xE2, 0x10, 0x00, hex("6180")).status == 0x6A80);
    CHECK(host.send(0xE2, 0x90, 0x00, hex("610200")).status == 0x6A80);
    CHECK(host.send(0xE2, 0x90, 0x00, hex("61")).status == 0x6A80);
    CHECK(host.send(0xE2, 0x70, 0x00, hex("6100")).status == 0x6A86);
    // A stream does not change its structure.
    CHECK(host.send(0xE2, 0x10, 0x00, hex("61")).status == 0x9000);
    CHECK(host.send(0xE2, 0x00, 0x01, hex("0101")).status == 0x6A86);
    CHECK(host.send(0xE2, 0x10, 0x00, hex("6102")).status == 0x9000);
    CHECK(host.send(0xE2, 0x10, 0x01, hex("AABB6100")).status == 0x9000);
    CHECK(host.send(0xE2, 0x90, 0x02, hex("6101CC")).status == 0x9000);
    ObjectStore store(card.memory);
    REQUIRE(store.open());
    Bytes stored(3);
    REQUIRE(store.length(0x0101) == 3);
    REQUIRE(store.read(0x0101, 0, stored));
    CHECK(stored == hex("6101CC"));
}

TEST_CASE("a document is loaded with CREATE FILE and UPDATE BINARY") {
    Chip02or03 card;
    const auto document = test::fullDocument();
    GlobalPlatformHost host(card.chip, DomainKeys::transport());
    REQUIRE(host.open(0x33) == 0x9000);
    const auto create = [&](std::uint16_t identifier, std::size_t length) {
        return host
            .send(0xE0, 0x00, 0x00,
                  join(hex("62088002"),
                       Bytes{static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)},
                       hex("8302"),
                       Bytes{static_cast<std::uint8_t>(identifier >> 8),
                             static_cast<std::uint8_t>(identifier)}))
            .status;
    };
    CHECK(create(0x0101, 10) == 0x6985);
    REQUIRE(host.send(0xE6, 0x20, 0x00, join(hex("000007"), ldsApplication, hex("000000"))).status == 0x9000);
    CHECK(create(0x0111, 10) == 0x6A88);
    CHECK(create(0x8001, 10) == 0x6A88);
    CHECK(create(0x0101, 0) == 0x6A80);
    CHECK(host.send(0xE0, 0x00, 0x01, hex("62088002001083020101")).status == 0x6A86);
    CHECK(host.send(0xE0, 0x00, 0x00, hex("6304001001 01")).status == 0x6A80);
    CHECK(host.send(0xE0, 0x00, 0x00, hex("62048302 0101")).status == 0x6A80);
    CHECK(host.send(0xE0, 0x00, 0x00, hex("6208800200108302010100")).status == 0x6A80);
    CHECK(host.send(0xD6, 0x00, 0x00, hex("61")).status == 0x6986);
    // The longest file is one whose length the file control parameters tell in two bytes.
    CHECK(host.send(0xE0, 0x00, 0x00, hex("620980030100008302 0102")).status == 0x6A84);
    CHECK(host.send(0xD6, 0x00, 0x00, hex("61")).status == 0x6986);
    CHECK(create(0x0102, 0xFFFF) == 0x9000);
    // It ends a sequence of STORE DATA, the grouping at work included.
    CHECK(host.send(0xE2, 0x00, 0x00, hex("0101 05 61")).status == 0x9000);
    CHECK(create(0x0101, 3) == 0x9000);
    CHECK(host.send(0xE2, 0x00, 0x01, hex("02")).status == 0x6A86);
    REQUIRE(create(0x0101, 3) == 0x9000);
    CHECK(host.send(0xD6, 0x00, 0x01, hex("61")).status == 0x6B00);
    CHECK(host.send(0xD6, 0x00, 0x00, hex("61010203")).status == 0x6700);
    CHECK(host.send(0xD6, 0x00, 0x00, {}).status == 0x6700);
    CHECK(host.send(0xD7, 0x00, 0x01, hex("540100530161")).status == 0x6A86);
    CHECK(host.send(0xD7, 0x00, 0x00, hex("530161540100")).status == 0x6A80);
    CHECK(host.send(0xD6, 0x00, 0x00, hex("6101")).status == 0x9000);
    CHECK(host.send(0xD6, 0x00, 0x02, hex("02")).status == 0x9000);
    CHECK(host.send(0xD6, 0x00, 0x03, hex("02")).status == 0x6986);
    for (const auto& file : document.files) {
        const auto& content = file.second;
        const std::uint16_t identifier = file.first;
        CAPTURE(identifier);
        REQUIRE(create(identifier, content.size()) == 0x9000);
        for (std::size_t at = 0; at < content.size(); at += 2000) {
            const auto begin = content.begin() + static_cast<std::ptrdiff_t>(at);
            const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(2000, content.size() - at));
            const Bytes part(begin, begin + count);
            const Bytes length{static_cast<std::uint8_t>(part.size() >> 8),
                               static_cast<std::uint8_t>(part.size())};
            const auto high = static_cast<std::uint8_t>(at >> 8);
            const auto low = static_cast<std::uint8_t>(at);
            const auto status =
                at < 0x8000 ? host.send(0xD6, high, low, part).status
                            : host.send(0xD7, 0x00, 0x00,
                                        join(hex("5402"), Bytes{high, low}, hex("5382"), length, part))
                                  .status;
            REQUIRE(status == 0x9000);
        }
    }
    std::uint8_t block = 0;
    for (const auto& [identifier, value] : document.secrets) {
        const Bytes encrypted = host.encryptSensitive(value);
        REQUIRE(host.send(0xE2, 0x60, block++, test::grouping(identifier, encrypted)).status == 0x9000);
    }
    CHECK(host.send(0xF0, 0x40, 0x0F, ldsApplication).status == 0x9000);
    CHECK(card.chip.status(selectLds) == 0x9000);
}

TEST_CASE("before access nothing tells two issued cards apart") {
    const auto issue = [](host::FlashMemory& memory, std::uint64_t seed, std::uint8_t difference) {
        ChipFixture chip(memory, seed);
        auto document = test::smallDocument();
        document.secrets[0x8001] = test::ascii("00000" + std::to_string(difference));
        document.files[0x0101].back() = static_cast<std::uint8_t>(difference);
        cancuoc::test::hashDataGroups(document, 0);
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        // The card image number is the card's own.
        REQUIRE(host.send(0xE2, 0x88, 0x00, join(hex("004501"), Bytes{difference})).status == 0x9000);
        REQUIRE(chip.personalize(document));
        REQUIRE(host.open(0x03) == 0x9000);
        DomainKeys keys = DomainKeys::issuer(0x02, 32);
        keys.mac[0] = difference;
        REQUIRE(host.putKey(0x30, keys).status == 0x9000);
        GlobalPlatformHost issuer(chip, keys);
        REQUIRE(issuer.open(0x03) == 0x9000);
        REQUIRE(issuer.send(0xF0, 0x80, 0x0F, {}).status == 0x9000);
    };
    std::array<host::FlashMemory, 2> memories;
    issue(memories[0], 1, 3);
    issue(memories[1], 2, 4);
    ChipFixture first(memories[0], 11);
    ChipFixture second(memories[1], 12);
    CHECK(test::toBytes(Chip::atr()) == test::toBytes(Chip::atr()));
    const char* const dialogue[] = {"00B09C0000",
                                    "00B0810000",
                                    "00B09E0000",
                                    "00A4020C02011D",
                                    "00A4020402011C00",
                                    "00B09D0000",
                                    "00A4040007A000000247100100",
                                    "00A4020C020101",
                                    "00B0810000",
                                    "00B1010154010000",
                                    "0022C1A40F800A04007F00070202040204830102840100",
                                    "0022C1A40F800A04007F00070202040202830102",
                                    "0086000002 7C0000",
                                    "0082000000",
                                    "0CB000000D9701008E08000000000000000000",
                                    "00CA00660000",
                                    "00D6000001AA",
                                    "00A4040008A00000015100000000",
                                    "80CA006600",
                                    "80CA00E000",
                                    "80CA9F7F00",
                                    "80CA004200",
                                    "80CA004500",
                                    "80CA00CF00",
                                    "80CA00C100",
                                    "80F28000024F0000",
                                    "80E2000003010101",
                                    "80503100080102030405060708"};
    for (const char* apdu : dialogue) {
        CAPTURE(apdu);
        CHECK(first.transmit(apdu) == second.transmit(apdu));
    }
    for (const char* naming : {"80CA9F7F00", "80CA004200", "80CA004500", "80CA00CF00", "80CA00C100",
                               "00CA9F7F00", "00CA004200", "00CA004500", "00CA00CF00", "00CA00C100"}) {
        CHECK(first.status(naming) == 0x6982);
    }
    // What stands for the serial number is another one at every power-up; key information is the same.
    const auto diversificationOf = [](ChipFixture& chip, Bytes& information) {
        REQUIRE(chip.status(selectDomain) == 0x9000);
        const Bytes response = chip.transmit("8050000008010203040506070800");
        REQUIRE(response.size() == 31);
        information = Bytes(response.begin() + 10, response.begin() + 13);
        return Bytes(response.begin(), response.begin() + 10);
    };
    Bytes information;
    Bytes otherInformation;
    const Bytes before = diversificationOf(first, information);
    CHECK(diversificationOf(first, information) == before);
    CHECK(diversificationOf(second, otherInformation) != before);
    CHECK(information == otherInformation);
    first.reset();
    CHECK(diversificationOf(first, information) != before);
    ObjectStore store(memories[0]);
    REQUIRE(store.open());
    Bytes serialNumber(10);
    REQUIRE(store.read(0x9001, 0, serialNumber));
    CHECK(serialNumber != before);
    // Behind the issuer's keys the card still says which one it is.
    DomainKeys keys = DomainKeys::issuer(0x02, 32);
    keys.mac[0] = 3;
    GlobalPlatformHost host(first, keys);
    REQUIRE(host.open(0x33) == 0x9000);
    CHECK(host.send(0xCA, 0x00, 0xCF, {}).data == join(hex("CF0A"), serialNumber));
    CHECK(host.send(0xCA, 0x00, 0x45, {}).data == hex("450103"));
}

TEST_CASE("the identifiers that OpenSC tries are refused and disturb nothing") {
    host::FlashMemory memory;
    ChipFixture chip(memory);
    REQUIRE(chip.personalize(test::smallDocument()));
    chip.reset();
    REQUIRE(chip.status("00A4020C02011C") == 0x9000);
    const Bytes cardAccess = chip.transmit("00B0000000");
    // Identifiers of OpenSC 0.23's drivers: PKCS#15, PIV, OpenPGP, CAC, MuscleCard, GIDS, IAS/ECC, Estonian,
    // Finnish and Belgian cards.
    for (const char* identifier :
         {"A000000063504B43532D3135", "A000000308000010000100", "D27600012401", "A0000001160300",
          "A00000000101", "A000000397425446590201", "E828BD080F", "D23300000045737445494420763335",
          "D2760001354B414E4D3031000000", "A000000177504B43532D3135"}) {
        CAPTURE(identifier);
        const Bytes aid = hex(identifier);
        const Bytes select =
            join(hex("00A40400"), Bytes{static_cast<std::uint8_t>(aid.size())}, aid, hex("00"));
        CHECK(chip.status(select) == 0x6A82);
        CHECK(chip.transmit("00B0000000") == cardAccess);
    }
}
