// SPDX-License-Identifier: Apache-2.0
#include "card/core/configuration.hpp"
#include "card/core/dispatcher.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;
using test::join;

namespace {

// Answers any command with a number of bytes, and notes what happens to it.
class RecordingApplication final : public Application {
public:
    explicit RecordingApplication(Bytes identifier) : identifier_(std::move(identifier)) {}

    std::span<const std::uint8_t> identifier() const override { return identifier_; }
    StatusWord select(const Command&, Response& response) override {
        ++selections;
        return response.append(std::uint8_t{0x6F}) ? selectionStatus : StatusWord::InternalError;
    }
    StatusWord process(const Command& command, Response& response) override {
        lastData = test::toBytes(command.data);
        return response.append(Bytes(responseLength, identifier_.back())) ? status
                                                                          : StatusWord::InternalError;
    }
    void reset() override { ++resets; }
    StatusWord unprotect(Command&, std::span<std::uint8_t> data) override {
        if (!data.empty()) {
            data[0] = static_cast<std::uint8_t>(data[0] ^ mask);
        }
        return unprotectStatus;
    }
    StatusWord protect(StatusWord unprotected, Response&) override {
        ++protections;
        return unprotected;
    }

    std::size_t responseLength = 1;
    StatusWord status = StatusWord::Success;
    StatusWord selectionStatus = StatusWord::Success;
    StatusWord unprotectStatus = StatusWord::Success;
    std::uint8_t mask = 0;
    int selections = 0;
    int resets = 0;
    int protections = 0;
    Bytes lastData;

private:
    Bytes identifier_;
};

struct Card {
    RecordingApplication domain{hex("A000000151000001")};
    RecordingApplication document{hex("A0000002471002")};
    std::array<Application*, 2> applications{&domain, &document};
    Dispatcher dispatcher{applications, document};

    Card() { dispatcher.reset(); }
    Bytes transmit(const char* apdu) { return test::toBytes(dispatcher.transmit(hex(apdu))); }
};

} // namespace

TEST_CASE("a command goes to the implicitly selected application after a reset") {
    Card card;
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.transmit("00A4040008A000000151000001") == hex("6F9000"));
    CHECK(card.transmit("00B0000000") == hex("019000"));
    card.dispatcher.reset();
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.domain.resets == 2);
}

TEST_CASE("SELECT finds an application by its whole identifier or the beginning of it") {
    Card card;
    CHECK(card.transmit("00A4040C03A00000") == hex("6F9000"));
    CHECK(card.domain.selections == 1);
    CHECK(card.transmit("00A4040006A00000024710") == hex("6F9000"));
    CHECK(card.document.selections == 1);
    CHECK(card.transmit("00A40400") == hex("6F9000"));
    CHECK(card.domain.selections == 2);
    CHECK(card.transmit("00A4040008A000000247100200") == hex("6A82"));
    CHECK(card.transmit("00A4040203A00000") == hex("6A82"));
    CHECK(card.transmit("00A4041003A00000") == hex("6A86"));
}

TEST_CASE("a foreign identifier leaves the selected application and its session alone") {
    Card card;
    CHECK(card.transmit("00A4040008A000000151000001") == hex("6F9000"));
    const int resets = card.domain.resets;
    CHECK(card.transmit("00A4040007D276000124010100") == hex("6A82"));
    CHECK(card.domain.resets == resets);
    CHECK(card.transmit("00B0000000") == hex("019000"));
}

TEST_CASE("an application that refuses selection leaves the other one selected") {
    Card card;
    card.domain.selectionStatus = StatusWord::ConditionsOfUseNotSatisfied;
    CHECK(card.transmit("00A4040008A000000151000001") == hex("6985"));
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.document.resets == 1);
}

TEST_CASE("the application left behind protects the response and is then reset") {
    Card card;
    CHECK(card.transmit("00A4040008A000000151000001") == hex("6F9000"));
    CHECK(card.document.protections == 1);
    CHECK(card.document.resets == 2);
    CHECK(card.domain.protections == 0);
}

TEST_CASE("classes that the chip does not serve") {
    Card card;
    for (const char* cla : {"01", "03", "40", "7F", "81", "C0", "E0"}) {
        CAPTURE(cla);
        CHECK(card.transmit((std::string(cla) + "B0000000").c_str()) == hex("6881"));
    }
    for (const char* cla : {"20", "3F", "FF"}) {
        CAPTURE(cla);
        CHECK(card.transmit((std::string(cla) + "B0000000").c_str()) == hex("6E00"));
    }
    CHECK(card.document.protections == 0);
}

TEST_CASE("lengths that do not fit are answered 6700") {
    Card card;
    CHECK(card.transmit("") == hex("6700"));
    CHECK(card.transmit("00A4040005A000") == hex("6700"));
    Bytes longest = hex("00D6000000");
    longest.push_back(configuration::maximumCommandData >> 8);
    longest.push_back(configuration::maximumCommandData & 0xFF);
    longest.resize(longest.size() + configuration::maximumCommandData, 0x11);
    CHECK(test::toBytes(card.dispatcher.transmit(longest)) == hex("029000"));
    CHECK(card.document.lastData.size() == configuration::maximumCommandData);
    ++longest[6];
    longest.push_back(0x11);
    CHECK(test::toBytes(card.dispatcher.transmit(longest)) == hex("6700"));
    CHECK(test::toBytes(card.dispatcher.transmit(Bytes(70000))) == hex("6700"));
}

TEST_CASE("an error status drops the data, a warning keeps it") {
    Card card;
    card.document.status = StatusWord::SecurityStatusNotSatisfied;
    CHECK(card.transmit("00B0000000") == hex("6982"));
    card.document.status = StatusWord::EndOfFileReached;
    CHECK(card.transmit("00B0000000") == hex("026282"));
}

TEST_CASE("a command that cannot be unprotected is answered bare and not processed") {
    Card card;
    card.document.unprotectStatus = StatusWord::SecureMessagingObjectsIncorrect;
    CHECK(card.transmit("0CB0000001AA") == hex("6988"));
    CHECK(card.document.protections == 0);
    CHECK(card.document.lastData.empty());
}

TEST_CASE("an application unprotects the data where they stand") {
    Card card;
    card.document.mask = 0xFF;
    CHECK(card.transmit("00D600000201020300").size() == 2);
    CHECK(card.transmit("00D6000002010200") == hex("029000"));
    CHECK(card.document.lastData == hex("FE02"));
}

TEST_CASE("a long response in short form is fetched by GET RESPONSE") {
    Card card;
    card.document.responseLength = 600;
    CHECK(card.transmit("00B0000000") == join(Bytes(256, 0x02), hex("6100")));
    CHECK(card.transmit("00C0000010") == join(Bytes(16, 0x02), hex("6100")));
    CHECK(card.transmit("00C0010010") == hex("6A86"));
    CHECK(card.transmit("00B0000000") == join(Bytes(256, 0x02), hex("6100")));
    CHECK(card.transmit("00C0000000") == join(Bytes(256, 0x02), hex("6158")));
    CHECK(card.transmit("00C0000058") == join(Bytes(88, 0x02), hex("9000")));
    card.document.responseLength = 3;
    CHECK(card.transmit("00C0000000") == hex("0202029000"));
    card.document.responseLength = 600;
    CHECK(card.transmit("00B00000000000") == join(Bytes(600, 0x02), hex("9000")));
}
