// SPDX-License-Identifier: Apache-2.0
#include "host/access/file_reader.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/access/reading_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::test;

TEST_CASE("Files of every length around the limits are read whole, in plain and under every cipher") {
    const std::size_t sizes[] = {2,   3,   5,   127, 129, 130, 222, 223,  224,
                                 230, 231, 232, 255, 256, 257, 446, 1000, 32767};
    const std::optional<BlockCipher> ciphers[] = {std::nullopt, BlockCipher::TripleDes, BlockCipher::Aes128,
                                                  BlockCipher::Aes192, BlockCipher::Aes256};
    for (const bool extended : {false, true}) {
        for (const auto cipher : ciphers) {
            for (const std::size_t size : sizes) {
                CAPTURE(size);
                CAPTURE(extended);
                Reading reading({.extendedLength = extended}, size, cipher);
                CHECK(reading.readsWhole(byShortIdentifier));
                CHECK(reading.readsWhole(bySelect));
            }
        }
    }
}

TEST_CASE("Files beyond 32767 bytes are read with the odd instruction from offset 8000 on") {
    for (const bool extended : {false, true}) {
        for (const std::size_t size : {std::size_t{32768}, std::size_t{32769}, std::size_t{33000},
                                       std::size_t{65536}, std::size_t{70000}, std::size_t{140000}}) {
            CAPTURE(size);
            Reading reading({.extendedLength = extended}, size, BlockCipher::Aes128);
            CHECK(reading.readsWhole(bySelect));
        }
    }
    // In plain the instruction is seen on the wire: no even read may carry bit 8 of P1 as an offset.
    Reading reading({}, 40000);
    CHECK(reading.readsWhole(bySelect));
    const auto& commands = reading.chip.received;
    CHECK(std::none_of(commands.begin(), commands.end(),
                       [](const Bytes& command) { return command[1] == 0xB0 && (command[2] & 0x80U) != 0; }));
    CHECK(std::count_if(commands.begin(), commands.end(),
                        [](const Bytes& command) { return command[1] == 0xB1; }) == 29);
}

TEST_CASE("The fewest commands that the channel allows are sent, and nothing past the end is asked for") {
    Reading shortLengths({}, 15360, BlockCipher::Aes128);
    CHECK(shortLengths.readsWhole(byShortIdentifier));
    CHECK(shortLengths.chip.received.size() == (15360 + 222) / 223);

    Reading extended({.extendedLength = true}, 15360, BlockCipher::Aes128);
    CHECK(extended.readsWhole(byShortIdentifier));
    CHECK(extended.chip.received.size() == 1);

    Reading plain({}, 600);
    CHECK(plain.readsWhole(byShortIdentifier));
    REQUIRE(plain.chip.received.size() == 3);
    CHECK(toHex(plain.chip.received[0]) == "00B0820000");
    CHECK(toHex(plain.chip.received[1]) == "00B0010000");
    CHECK(toHex(plain.chip.received[2]) == "00B0020058");
}

TEST_CASE(
    "Under extended length, a response longer than a short Le can say is asked for with an extended one") {
    Reading reading({.extendedLength = true, .largestAnswer = 1000}, 1240, BlockCipher::Aes128);
    CHECK(reading.readsWhole(byShortIdentifier));
    REQUIRE(reading.chip.received.size() == 2);
    // 240 bytes are left; protected they take 275, so Lc and Le are extended: 3 bytes of Lc, 2 of Le, 14 of
    // data.
    CHECK(reading.chip.received[1].size() == 4 + 3 + 14 + 2);
    CHECK(toHex(reading.chip.received[1]).substr(8, 14) == "00000E970200F0");
}

TEST_CASE("A chip that refuses a length is asked for less, and not for more again") {
    for (const StatusWord refusal :
         {StatusWord(0x6700), StatusWord(0x6B00), StatusWord(0x6282), StatusWord(0x6F00)}) {
        for (const std::size_t largest : {223U, 192U, 150U, 100U, 20U}) {
            CAPTURE(refusal.value());
            CAPTURE(largest);
            Reading reading({.extendedLength = true, .largestRead = largest, .refusal = refusal}, 3000,
                            BlockCipher::Aes128);
            CHECK(reading.readsWhole(byShortIdentifier));
            const std::size_t first = reading.chip.received.size();
            CHECK(reading.readsWhole(byShortIdentifier));
            CHECK(reading.chip.received.size() - first < first);
        }
    }
}

TEST_CASE("A refusal without secure messaging ends the session, and the next one asks for less") {
    Reading reading({.extendedLength = true, .largestRead = 223, .refusesInPlain = true}, 3000,
                    BlockCipher::Aes128);
    CHECK_THROWS_AS(static_cast<void>(reading.reader.read(byShortIdentifier)), SecureMessagingError);
    CHECK_THROWS_AS(static_cast<void>(reading.reader.read(byShortIdentifier)), SecureMessagingError);
    reading.startSecureMessaging(BlockCipher::Aes128);
    CHECK(reading.readsWhole(byShortIdentifier));
}

TEST_CASE("A chip that answers 6B00 to reads past the end is read with smaller steps") {
    for (const std::size_t size : {20U, 64U, 95U, 200U, 1000U}) {
        Reading reading({.overReadRefusal = status_word::wrongOffset}, size, BlockCipher::Aes128);
        CHECK(reading.readsWhole(byShortIdentifier));
    }
}

TEST_CASE("A chip without short identifiers gets a SELECT") {
    Reading reading({.knowsShortIdentifiers = false}, 300, BlockCipher::Aes128);
    CHECK(reading.readsWhole(byShortIdentifier));
}

TEST_CASE("A refusal to read carries the status word and the name of the file") {
    Reading reading({.largestRead = 0, .refusal = status_word::securityStatusNotSatisfied}, 300,
                    BlockCipher::Aes128);
    try {
        static_cast<void>(reading.reader.read(byShortIdentifier));
        FAIL("no exception");
    } catch (const CardError& refusal) {
        CHECK(refusal.statusWord() == 0x6982);
        CHECK(std::string(refusal.what()) ==
              "Reading EF.DG2 failed: the card answered 6982 (security status not satisfied).");
    }
    // The protected refusal does not end the session.
    CHECK(reading.session.secureMessagingActive());
    CHECK_THROWS_AS(static_cast<void>(reading.reader.read({0x0199, std::nullopt, "EF.X"})), CardError);
    CHECK(reading.session.secureMessagingActive());
}

TEST_CASE("Contents that are no data object, or claim too much, are malformed") {
    const std::string_view broken[] = {"", "61", "6182", "75840010000001", "7580", "1F8181"};
    for (const std::string_view content : broken) {
        CAPTURE(content);
        Reading reading({}, 10);
        reading.chip.files[identifier] = fromHex(content);
        CHECK_THROWS_AS(static_cast<void>(reading.reader.read(bySelect)), MalformedData);
    }
}

TEST_CASE("Bytes behind the end of the data object are left out") {
    Reading reading({}, 100);
    const Bytes object = reading.chip.files[identifier];
    append(reading.chip.files[identifier], Bytes(50, 0x00));
    CHECK(equal(reading.reader.read(bySelect), object));
}

TEST_CASE("A card taken away in the middle ends the reading, and nothing is sent after it") {
    Reading reading({.removedAt = 4}, 3000, BlockCipher::Aes128);
    CHECK_THROWS_AS(static_cast<void>(reading.reader.read(byShortIdentifier)), CardRemoved);
    CHECK_FALSE(reading.session.secureMessagingActive());
    const std::size_t sent = reading.chip.received.size();
    CHECK_THROWS_AS(static_cast<void>(reading.reader.read(byShortIdentifier)), SecureMessagingError);
    CHECK(reading.chip.received.size() == sent);
}

TEST_CASE("Progress is told, and may cancel") {
    Reading reading({}, 600);
    std::vector<std::pair<std::size_t, std::size_t>> told;
    static_cast<void>(reading.reader.read(
        bySelect, [&told](std::size_t read, std::size_t total) { told.emplace_back(read, total); }));
    CHECK(told == std::vector<std::pair<std::size_t, std::size_t>>{{256, 600}, {512, 600}, {600, 600}});
    CHECK_THROWS_AS(static_cast<void>(reading.reader.read(
                        bySelect, [](std::size_t, std::size_t) { throw Cancelled("stop"); })),
                    Cancelled);
}

TEST_CASE("A file that ends before its length field says is given as far as it goes") {
    for (const auto& habits :
         {TestChip::Habits{}, TestChip::Habits{.overReadRefusal = status_word::wrongOffset},
          TestChip::Habits{.overReadWarning = status_word::endOfFileReached}}) {
        for (const std::size_t size : {600U, 1000U}) {
            Reading reading(habits, size, BlockCipher::Aes128);
            Bytes& content = reading.chip.files[identifier];
            content.resize(size - 8);
            CHECK(reading.readsWhole(byShortIdentifier));
        }
    }
}

TEST_CASE("A read never goes past offset 7FFF with the even instruction") {
    for (const bool extended : {false, true}) {
        Reading reading({.extendedLength = extended}, 40000);
        CHECK(reading.readsWhole(byShortIdentifier));
        for (const Bytes& command : reading.chip.received) {
            const auto parsed = ReceivedCommand::parse(command);
            if (parsed.ins == 0xB0) {
                const std::size_t offset = (parsed.p1 & 0x80U) != 0 ? parsed.p2 : parsed.p1p2();
                CHECK(offset + *parsed.le <= 0x8000);
            }
        }
    }
}

TEST_CASE("Reading goes on at the first byte that is missing, also under new keys") {
    Reading reading({.removedAt = 4}, 3000, BlockCipher::Aes128);
    Bytes content;
    CHECK_THROWS_AS(reading.reader.readRest(byShortIdentifier, content), CardRemoved);
    CHECK(content.size() == 3 * 223);
    reading.startSecureMessaging(BlockCipher::Aes256);
    FileReader afterwards(reading.session);
    afterwards.readRest(byShortIdentifier, content);
    CHECK(equal(content, reading.chip.files[identifier]));
    // The beginning once more, to address the file and to see that it is the same; then what is missing.
    CHECK(reading.chip.received.size() == 4 + 1 + (3000 - 3 * 223 + 222) / 223);
}

TEST_CASE("What does not begin as the file does is not kept") {
    Reading reading({}, 3000);
    Bytes content(500, 0x42);
    reading.reader.readRest(byShortIdentifier, content);
    CHECK(equal(content, reading.chip.files[identifier]));
}

TEST_CASE("A file that is no single data object is read with one command") {
    Reading reading({}, 100);
    reading.chip.files[identifier] = fromHex("4303010203430100");
    CHECK(reading.reader.readAtOnce(2) == reading.chip.files[identifier]);
    CHECK(reading.reader.readAtOnce(3) == std::nullopt);
    CHECK(reading.chip.received.size() == 2);
}

TEST_CASE("Where short identifiers are not known, the card is not asked for them again") {
    Reading reading({.knowsShortIdentifiers = false}, 200, BlockCipher::Aes128);
    CHECK(reading.readsWhole(byShortIdentifier));
    CHECK(reading.chip.received.size() == 3);
    CHECK(reading.readsWhole(byShortIdentifier));
    CHECK(reading.chip.received.size() == 5);
    reading.reader.enterDirectory();
    CHECK(reading.readsWhole(byShortIdentifier));
    CHECK(reading.chip.received.size() == 8);
}

TEST_CASE("Nothing longer than the card states is asked for") {
    Reading reading({.extendedLength = true}, 15360, BlockCipher::Aes128);
    reading.session.setApduLengths(ApduLengths{2048, 2048});
    CHECK(reading.readsWhole(byShortIdentifier));
    CHECK(reading.chip.received.size() == 8);
    CHECK(reading.chip.longestResponse <= 2048);
}
