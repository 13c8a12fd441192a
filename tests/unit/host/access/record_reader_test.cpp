// SPDX-License-Identifier: Apache-2.0
#include "host/access/record_reader.hpp"

#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/support/lds2_applications.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::Lds2Applications;
using test::ReceivedCommand;

namespace {

constexpr RecordFile entries{0x0101, 0x01, 0x5F44, 0x5F38, "EF.EntryRecords"};
constexpr std::size_t shortLength = 256;

// A record with the data objects of Doc 9303-10, table 86, and `size` bytes of signed information.
Bytes record(std::string_view state, std::size_t size) {
    return concat(encodeTlv(0x5F44, viewOf(state)), encodeTlv(0x73, Bytes(size, 0x11)),
                  encodeTlv(0x5F37, Bytes(64, 0x22)), encodeTlv(0x5F38, Bytes{0x01}));
}

// A card whose travel records application is selected.
class Card {
public:
    explicit Card(std::vector<Bytes> records, bool extendedLength = true)
        : connection_("card", extendedLength ? fromHex("3B80800101") : Bytes(),
                      [this](BytesView command) { return answer(command); }) {
        applications.applications[toHex(identifier)] = {{{0x0101, std::move(records)}}, {}};
        ReceivedCommand select;
        select.ins = 0xA4;
        select.p1 = 0x04;
        select.data = identifier;
        (void)applications.process(select);
        session.setApduLengths(extendedLength ? std::optional(ApduLengths{1000, 1000})
                                              : std::optional(ApduLengths{}));
    }

    Lds2Applications applications;
    std::vector<Bytes> commands;

private:
    Bytes answer(BytesView command) {
        commands.push_back(toBytes(command));
        const auto response = applications.process(ReceivedCommand::parse(command));
        return response ? concat(response->data, toBigEndian(response->sw.value(), 2)) : fromHex("6D00");
    }

    const Bytes identifier = toBytes(lds::application::travelRecords);
    InProcessConnection connection_;

public:
    CardSession session{connection_};
    RecordReader reader{session};
};

} // namespace

TEST_CASE("Records are counted, and read with one command as far as they fit") {
    const std::vector<Bytes> records{record("USA", 40), record("VNM", 30), record("NLD", 20)};
    Card card(records);
    CHECK(card.reader.readFrom(entries) == records);
    REQUIRE(card.commands.size() == 2);
    // Doc 9303-10, 3.8.3 and H.1; 3.7.2 and H.3, the file by its short identifier as in J.3.
    CHECK(toHex(card.commands[0]) == "805F0104045102010100");
    CHECK(toHex(card.commands[1]) == "00B2010D000000");
    CHECK(card.reader.readFrom(entries, 3) == std::vector<Bytes>{records[2]});
    CHECK(card.reader.read(entries, 2) == records[1]);
    CHECK(toHex(card.commands.back()) == "00B2020C000000");
}

TEST_CASE("An empty file costs one command") {
    Card card({});
    CHECK(card.reader.readFrom(entries).empty());
    CHECK(card.commands.size() == 1);
}

TEST_CASE("Records that an answer cuts off are read again with the next command") {
    std::vector<Bytes> records;
    for (std::size_t size = 0; size < 60; ++size) {
        records.push_back(record("VNM", size));
    }
    for (const bool extendedLength : {true, false}) {
        Card card(records, extendedLength);
        card.applications.largestAnswer = extendedLength ? 998 : shortLength;
        CHECK(card.reader.readFrom(entries) == records);
    }
}

TEST_CASE("Records are searched as in the example of Doc 9303-10, I.1") {
    Card card({record("USA", 40), record("VNM", 30), record("NLD", 20), record("VNM", 9)});
    CHECK(card.reader.search(entries, 3, viewOf("VNM")) == std::vector<std::size_t>{2, 4});
    CHECK(toHex(card.commands.back()) == "00A200F81C7F7619510101A10B800100B006020103020103A307B105810356"
                                         "4E4D00");
    CHECK(card.reader.search(entries, 3, viewOf("FRA")).empty());
}

TEST_CASE("What is no file of records is refused") {
    SUBCASE("a record that is longer than an answer") {
        Card card({record("VNM", 300)});
        card.applications.largestAnswer = 200;
        CHECK_THROWS_AS((void)card.reader.readFrom(entries), MalformedData);
        CHECK_THROWS_AS((void)card.reader.read(entries, 1), MalformedData);
    }
    SUBCASE("a record that begins like none") {
        Card card({encodeTlv(0x73, Bytes(4))});
        CHECK_THROWS_AS((void)card.reader.readFrom(entries), MalformedData);
    }
    SUBCASE("one that begins before the one before has ended") {
        Card card({concat(encodeTlv(0x5F44, viewOf("VNM")), record("VNM", 4))});
        CHECK_THROWS_AS((void)card.reader.readFrom(entries), MalformedData);
    }
    SUBCASE("more records than there may be") {
        Card card({record("VNM", 4)});
        card.applications.countAnswer = fromHex("7F7804830200FF");
        CHECK_THROWS_AS((void)card.reader.readFrom(entries), MalformedData);
    }
    SUBCASE("an answer that is no number of records") {
        Card card({record("VNM", 4)});
        card.applications.countAnswer = fromHex("7F7803820101");
        CHECK_THROWS_AS((void)card.reader.readFrom(entries), MalformedData);
    }
    SUBCASE("fewer records than the card counts") {
        Card card({record("VNM", 4)});
        card.applications.countAnswer = fromHex("7F7803830102");
        CHECK_THROWS_AS((void)card.reader.readFrom(entries), CardError);
    }
    SUBCASE("a file that is not there") {
        Card card({});
        constexpr RecordFile visas{0x0103, 0x03, 0x5F28, 0x5F38, "EF.VisaRecords"};
        CHECK_THROWS_WITH_AS((void)card.reader.readFrom(visas), doctest::Contains("EF.VisaRecords"),
                             CardError);
    }
}
