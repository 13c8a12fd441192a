// SPDX-License-Identifier: Apache-2.0
// Inspections through a reader that runs PACE itself.
#include <doctest/doctest.h>

#include "host/access/pace.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/public_key_compression.hpp"
#include "host/inspection/access_procedure.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/reader/pace_reader.hpp"
#include "tests/unit/host/access/test_chip.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::IssuingFixture;
using cancuoc::test::ReceivedCommand;
using cancuoc::test::TestCard;
using trust::CheckResult;

namespace {

constexpr std::uint8_t secureMessagingClass = 0x0C;

/// A reader with a PIN pad: it runs PACE with what the holder types, and protects what comes in plain.
class PinPadReader final : public Connection, public PaceReader {
public:
    PinPadReader(Connection& card, AccessKey typed) : card_(card), inside_(card), typed_(std::move(typed)) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        if (!inside_.secureMessagingActive() || (command[0] & secureMessagingClass) == secureMessagingClass) {
            return card_.transmit(command);
        }
        const auto received = ReceivedCommand::parse(command);
        const auto response = inside_.transmit({.cla = received.cla,
                                                .ins = received.ins,
                                                .p1 = received.p1,
                                                .p2 = received.p2,
                                                .data = received.data,
                                                .le = received.le});
        ++protectedCommands;
        return concat(response.data, toBigEndian(response.sw.value(), 2));
    }
    void reset() override { inside_.reset(); }
    [[nodiscard]] BytesView atr() const override { return card_.atr(); }
    [[nodiscard]] std::string readerName() const override { return "PIN pad"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return 261; }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return 256; }
    [[nodiscard]] PaceReader* paceReader() override { return this; }

    [[nodiscard]] PaceCapabilities paceCapabilities() const override { return {.pace = true}; }
    [[nodiscard]] EstablishPaceChannelOutput
    establishPaceChannel(const EstablishPaceChannelInput& input) override {
        inputs.push_back(toHex(input.encode().view()));
        EstablishPaceChannelOutput output;
        if (!results.empty()) {
            output.result = results.front();
            results.erase(results.begin());
        }
        if (output.result == 0) {
            runPace(input, output);
        }
        return output;
    }
    void destroyPaceChannel() override { inside_.endSecureMessaging(); }

    std::vector<std::string> inputs;
    std::vector<std::uint32_t> results; ///< of the next calls, in place of PACE
    Bytes cardAccess = lds::CardAccess::vietnameseCitizenCard().encode();
    bool tellsChipKey = false;
    int protectedCommands = 0;

private:
    void runPace(const EstablishPaceChannelInput& input, EstablishPaceChannelOutput& output) {
        SystemRandom random;
        const std::vector<PaceOffer> offers{
            {ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13, std::nullopt}};
        std::optional<AccessKey> given;
        if (!input.password.empty()) {
            given = AccessKey::fromCan(toText(input.password.view()));
        }
        try {
            const auto opened =
                Pace(inside_, random).perform(rankPaceProtocols(offers).front(), given ? *given : typed_);
            output.selectionStatus = 0x9000;
            output.cardAccess = cardAccess;
            if (tellsChipKey) {
                output.chipIdentifier = compressPoint(opened.chipPublicKey);
            }
        } catch (const WrongAccessKey&) {
            output.result = 0xF0066300;
        }
    }

    Connection& card_;
    CardSession inside_;
    AccessKey typed_;
};

TestCard& testCard() {
    static TestCard card(TestCard::image());
    return card;
}

AccessKey rightCan() {
    return *TestCard::request().keys.can;
}

InspectionRequest requestByReader() {
    auto request = TestCard::request();
    request.keys = {};
    request.keys.paceByReader = PasswordType::Can;
    return request;
}

InspectionResult inspect(Connection& reader, const InspectionRequest& request = requestByReader()) {
    SystemRandom random;
    return Inspection(reader, random, IssuingFixture::clock()).run(request);
}

template <class Expected>
void checkResult(std::uint32_t result) {
    CAPTURE(result);
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, rightCan());
    reader.results = {result, result};
    CHECK_THROWS_AS(static_cast<void>(inspect(reader)), Expected);
}

} // namespace

TEST_CASE("A card is proven genuine though the host never learns its CAN") {
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, rightCan());
    const auto result = inspect(reader);
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(reader.inputs == std::vector<std::string>{"0205000200000000"}); // CAN, and nothing else
    CHECK(reader.protectedCommands > 10);
    REQUIRE(result.access.has_value());
    CHECK(result.access->protocol == "PACE");
    CHECK(result.access->password == "CAN");
    CHECK(result.access->byReader);
    CHECK(result.access->mapping == "GM");
    CHECK(result.access->oid == "0.4.0.127.0.7.2.2.4.2.2"); // the only one on offer
    CHECK(result.check(check_name::accessControl).reason == "PACE was run by the reader");
    // Chip Authentication replaces the reader's keys by the host's own.
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
    CHECK(toJson(result)["access"]["executedBy"] == "reader");
}

TEST_CASE("Which of several variants the reader took is not guessed") {
    auto several = lds::CardAccess::vietnameseCitizenCard();
    several.securityInfos.infos.push_back(
        lds::PaceInfo{ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 2, 12});
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, rightCan());
    reader.cardAccess = several.encode();
    CardSession session(reader);
    SystemRandom random;
    const auto keys = requestByReader().keys;
    const auto policy = Policy::standard();
    const auto opened = AccessProcedure(session, random, keys, policy).open(&several);
    CHECK(opened.used.byReader);
    CHECK(opened.used.oid.empty());
    CHECK(opened.used.mapping.empty());
}

TEST_CASE("A CAN that is known goes to the reader, which need not ask") {
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, AccessKey::fromCan("999999"));
    auto request = requestByReader();
    request.keys.can = rightCan();
    CHECK(inspect(reader, request).judgement.verdict == Verdict::Genuine);
    CHECK(reader.inputs == std::vector<std::string>{"020B000200"
                                                    "06" +
                                                    toHex(rightCan().encoded()) + "0000"});
}

TEST_CASE("Nothing but PACE by the reader is tried where it is asked for") {
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, AccessKey::fromCan("999999"));
    auto request = requestByReader();
    request.keys.mrz = TestCard::mrzKey();
    CHECK_THROWS_AS(static_cast<void>(inspect(reader, request)), WrongAccessKey);
    CHECK(reader.inputs.size() == 1);

    auto plain = testCard().powerOn(); // no PACE in the reader
    CHECK_THROWS_AS(static_cast<void>(inspect(plain)), BadConfiguration);
}

// AusweisApp takes 0xE0000006 and unknown results for a failure of the command.
TEST_CASE("Each result of PACE by the reader is told by what can be done") {
    for (const std::uint32_t result : {0xE0000006U, 0xF00663C2U, 0xF0066300U, 0xF0036300U}) {
        checkResult<WrongAccessKey>(result);
    }
    checkResult<CardError>(0xF0026A88U); // MSE:Set AT
    checkResult<CardError>(0xF0006A82U); // selecting EF.CardAccess
    checkResult<CardReset>(0xF0100001U);
    checkResult<CardRemoved>(0xF0100002U);
    checkResult<Cancelled>(0xF0200001U);
    checkResult<Cancelled>(0xF0200002U);
    for (const std::uint32_t result : {0xD0000001U, 0xD0000002U, 0xE0000003U, 0xF0200003U}) {
        checkResult<BadConfiguration>(result);
    }
    for (const std::uint32_t result : {0xE0000001U, 0xE0000002U, 0x12345678U}) {
        checkResult<MalformedData>(result);
    }
}

TEST_CASE("A card that is reset while the reader runs PACE gets one fresh PACE") {
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, rightCan());
    reader.results = {0xF0100001};
    CHECK(inspect(reader).judgement.verdict == Verdict::Genuine);
    CHECK(reader.inputs.size() == 2);
}

TEST_CASE("A reader that ran PACE by another EF.CardAccess is not believed") {
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, rightCan());
    reader.cardAccess = fromHex("3100");
    CHECK_THROWS_AS(static_cast<void>(inspect(reader)), MalformedData);
}

TEST_CASE("Behind the reader's channel nothing goes in plain once the card has left it") {
    auto chip = testCard().powerOn();
    PinPadReader reader(chip, rightCan());
    for (const std::string_view answer : {"6987", "6988"}) {
        InProcessConnection leaving("reader", {}, [answer](BytesView) { return fromHex(answer); });
        CardSession session(leaving);
        session.startReaderChannel();
        CHECK(session.secureMessagingActive());
        CHECK(session.maximumResponseData() == 223);
        CHECK_THROWS_AS(static_cast<void>(session.transmit({.ins = 0xB0, .le = 1})), SecureMessagingError);
        CHECK_FALSE(session.secureMessagingActive());
        CHECK_THROWS_AS(static_cast<void>(session.transmit({.ins = 0xB0, .le = 1})), SecureMessagingError);
        CHECK(session.statistics().total().commands == 1);
    }
}

TEST_CASE("Terminal Authentication needs the chip's key, which not every reader tells") {
    const test::FingerprintPki pki;
    const auto keys = pki.terminalKeys();
    auto request = requestByReader();
    request.terminalKeys = &keys;
    for (const bool tells : {true, false}) {
        CAPTURE(tells);
        test::FingerprintCard card(TestCard::image(), pki);
        PinPadReader reader(card.chip(), rightCan());
        reader.tellsChipKey = tells;
        const auto result = inspect(reader, request);
        const auto& check = result.check(check_name::terminalAuthentication);
        CHECK(check.result == (tells ? CheckResult::Passed : CheckResult::NotPerformed));
        CHECK(check.reason == (tells ? "" : "the reader that ran PACE does not tell the chip's key"));
    }
}
