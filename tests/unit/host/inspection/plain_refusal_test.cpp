// SPDX-License-Identifier: Apache-2.0
// Cards that refuse one command in plain, which ends secure messaging: only what was refused is lost.
#include <functional>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/reader/connection_in_front.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;
using test::FingerprintCard;
using test::FingerprintPki;
using test::SimulatedCard;
using test::TestCard;
using trust::CheckResult;

namespace {

constexpr std::uint8_t internalAuthenticate = 0x88;
constexpr std::uint8_t readBinary = 0xB0;
constexpr std::uint8_t externalAuthenticate = 0x82;

/// A connection to a card that answers chosen commands itself, in plain, or is reset by them.
class RefusingConnection final : public ConnectionInFront {
public:
    using Choice = std::function<bool(BytesView command)>;

    RefusingConnection(Connection& inner, Choice refuses, StatusWord answer, int times = 1000)
        : ConnectionInFront(inner), refuses_(std::move(refuses)), answer_(answer), times_(times) {}

    /// The card is reset instead.
    void resetInstead() { resets_ = true; }

    [[nodiscard]] Bytes transmit(BytesView command) override {
        if (!refuses_(command) || refused >= times_) {
            return behind().transmit(command);
        }
        ++refused;
        behind().reset();
        if (resets_) {
            throw CardReset("The card was reset.");
        }
        return {answer_.sw1(), answer_.sw2()};
    }
    void reset() override { behind().reset(); }

    int refused = 0;

private:
    Choice refuses_;
    StatusWord answer_;
    int times_;
    bool resets_ = false;
};

RefusingConnection::Choice instruction(std::uint8_t value) {
    return [value](BytesView command) { return command[1] == value; };
}

// MSE after the access: Chip Authentication.
bool securedManageSecurityEnvironment(BytesView command) {
    constexpr std::uint8_t manageSecurityEnvironment = 0x22;
    return command[0] == 0x0C && command[1] == manageSecurityEnvironment;
}

// The first READ BINARY of a file, whose P1 names it also under secure messaging.
RefusingConnection::Choice firstReadOf(FileId file) {
    const auto p1 = static_cast<std::uint8_t>(0x80U | lds::shortFileId(file));
    return [p1](BytesView command) {
        return command[0] == 0x0C && command[1] == readBinary && command[2] == p1;
    };
}

const std::string* reasonFor(const InspectionResult& result, FileId file) {
    for (const auto& entry : result.notRead) {
        if (entry.file == file) {
            return &entry.reason;
        }
    }
    return nullptr;
}

InspectionResult inspect(Connection& connection, const trust::TerminalKeys* keys = nullptr) {
    auto request = TestCard::request();
    request.terminalKeys = keys;
    SystemRandom random;
    return Inspection(connection, random, test::IssuingFixture::clock()).run(request);
}

TestCard& testCard() {
    static TestCard card(TestCard::image());
    return card;
}

} // namespace

TEST_CASE("a card that refuses Active Authentication in plain has failed it, and all else is read") {
    for (const auto answer : {StatusWord(0x6D00), StatusWord(0x6700), StatusWord(0x6982)}) {
        auto chip = testCard().powerOn();
        RefusingConnection connection(chip, instruction(internalAuthenticate), answer);
        const auto result = inspect(connection);
        CHECK(connection.refused == 2);
        CHECK(result.check(check_name::activeAuthentication).result == CheckResult::Failed);
        CHECK(result.check(check_name::hashes).result == CheckResult::Passed);
        CHECK(result.files.count(FileId::DataGroup2) == 1);
        CHECK(result.judgement.verdict == Verdict::NotGenuine);
    }
}

// China (NFCPassportReader#223).
TEST_CASE("a long signature comes with short lengths where extended ones are refused in plain") {
    constexpr std::size_t bits = 3072;
    static const test::DigitalSignatureScheme1Signer key(bits);
    SimulatedCard card(
        {.habits = {.extendedLength = true}, .activeAuthentication = true, .change = [](auto& files) {
             std::uint8_t* encoded = nullptr;
             const int size = i2d_PUBKEY(&key.key(), &encoded);
             files[FileId::DataGroup15] = lds::DataGroup15{Bytes(encoded, encoded + size)}.encode();
             OPENSSL_free(encoded);
         }});
    card.chip().activeAuthentication = [](BytesView challenge) {
        return key.raiseToPrivateExponent(
            key.representative(challenge, HashAlgorithm::Sha256, Bytes{0x34, 0xCC}));
    };
    RefusingConnection connection(
        card.chip(),
        [](BytesView command) {
            return command[1] == internalAuthenticate && command.size() > 5 && command[4] == 0;
        },
        StatusWord(0x6700));
    const auto result = card.inspect(connection);
    CHECK(connection.refused == 1);
    CHECK(result.check(check_name::activeAuthentication).result == CheckResult::Passed);
}

TEST_CASE("a card that refuses Active Authentication once, for want of power, passes it") {
    for (const bool resets : {false, true}) {
        auto chip = testCard().powerOn();
        RefusingConnection connection(chip, instruction(internalAuthenticate), StatusWord(0x6D00), 1);
        if (resets) {
            connection.resetInstead();
        }
        const auto result = inspect(connection);
        CHECK(connection.refused == 1);
        CHECK(result.judgement.verdict == Verdict::Genuine);
    }
}

TEST_CASE("Chip Authentication refused in plain is told apart from a chip without the key") {
    auto chip = testCard().powerOn();
    RefusingConnection connection(chip, securedManageSecurityEnvironment, StatusWord(0x6A80));
    const auto check = inspect(connection).check(check_name::chipAuthentication);
    CHECK(check.result == CheckResult::Failed);
    CHECK(check.reason.find("refused Chip Authentication outside of secure messaging") != std::string::npos);
    CHECK(check.reason.find("6A80") != std::string::npos);
    CHECK(check.reason.find("does not know the keys") == std::string::npos);
}

TEST_CASE("a chip that is reset during Chip Authentication proves itself afterwards") {
    auto chip = testCard().powerOn();
    RefusingConnection connection(chip, securedManageSecurityEnvironment, StatusWord(0x6D00), 1);
    connection.resetInstead();
    const auto result = inspect(connection);
    CHECK(connection.refused == 1);
    CHECK(result.judgement.verdict == Verdict::Genuine);
}

TEST_CASE("a file that is refused in plain is not read, and all others are") {
    for (const auto file : {FileId::Com, FileId::DataGroup1, FileId::DataGroup13, FileId::DataGroup2}) {
        for (const auto answer : {StatusWord(0x6982), StatusWord(0x6A82)}) {
            CAPTURE(lds::fileName(file));
            auto chip = testCard().powerOn();
            RefusingConnection connection(chip, firstReadOf(file), answer);
            const auto result = inspect(connection);
            // EF.COM is also what confirms the keys of Chip Authentication.
            CHECK(connection.refused == (file == FileId::Com ? 3 : 2));
            CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
            CHECK(result.files.count(file) == 0);
            REQUIRE(reasonFor(result, file) != nullptr);
            CHECK(reasonFor(result, file)->find("left secure messaging") != std::string::npos);
            CHECK(result.files.count(FileId::DataGroup15) == 1);
            CHECK(result.check(check_name::activeAuthentication).result == CheckResult::Passed);
            CHECK(result.judgement.verdict != Verdict::Genuine);
        }
    }
}

TEST_CASE("a file that is refused in plain at every length is not read either") {
    auto chip = testCard().powerOn();
    RefusingConnection connection(chip, firstReadOf(FileId::DataGroup13), StatusWord(0x6700));
    const auto result = inspect(connection);
    CHECK(connection.refused == 7);
    CHECK(reasonFor(result, FileId::DataGroup13) != nullptr);
    CHECK(result.files.count(FileId::DataGroup2) == 1);
}

TEST_CASE("EF.CardSecurity refused in plain leaves the proof by PACE failed and the card read") {
    SimulatedCard card({.chipAuthenticationMapping = true});
    const auto cardSecurity = [](BytesView command) {
        return command[0] == 0x0C && command[1] == readBinary && command[2] == (0x80U | 0x1DU);
    };
    SUBCASE("twice, and not asked for again") { // EF.SOD has its short identifier in the application
        RefusingConnection connection(card.chip(), cardSecurity, StatusWord(0x6982), 2);
        const auto result = card.inspect(connection);
        CHECK(result.files.count(FileId::Sod) == 1);
        CHECK(connection.refused == 2);
        CHECK(reasonFor(result, FileId::CardSecurity) != nullptr);
        CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Failed);
        CHECK(result.files.count(FileId::DataGroup2) == 1);
    }
    SUBCASE("once, for want of power") {
        RefusingConnection connection(card.chip(), cardSecurity, StatusWord(0x6982), 1);
        const auto result = card.inspect(connection);
        CHECK(connection.refused == 1);
        CHECK(result.judgement.verdict == Verdict::Genuine);
    }
}

TEST_CASE("Terminal Authentication refused in plain was not performed, and the verdict stands") {
    const FingerprintPki pki;
    const auto keys = pki.terminalKeys();
    FingerprintCard card(TestCard::image(), pki);
    SUBCASE("always") {
        RefusingConnection connection(card.chip(), instruction(externalAuthenticate), StatusWord(0x6D00));
        const auto result = inspect(connection, &keys);
        CHECK(connection.refused == 2);
        CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::NotPerformed);
        CHECK(result.files.count(FileId::DataGroup3) == 0);
        CHECK(result.judgement.verdict == Verdict::Genuine);
    }
    SUBCASE("once, by a reset") {
        RefusingConnection connection(card.chip(), instruction(externalAuthenticate), StatusWord(0x6D00), 1);
        connection.resetInstead();
        const auto result = inspect(connection, &keys);
        CHECK(connection.refused == 1);
        CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::Passed);
        CHECK(result.files.count(FileId::DataGroup3) == 1);
    }
}
