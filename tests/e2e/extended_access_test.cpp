// SPDX-License-Identifier: Apache-2.0
// Extended access control from end to end: this project's issuance, chip and inspection, with certificates
// that lead from the chip's trust point to the terminal.
#include "host/base/file.hpp"
#include "host/inspection/check_name.hpp"
#include "personalization/pki/verifying_pki.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/host/inspection/test_card.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <functional>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace std::chrono;
using inspection::InspectionRequest;
using inspection::InspectionResult;
using test::ChipDocument;
using test::CvKeyPair;
using test::terminalOf;
using test::TestCard;
using trust::CvCertificate;
using trust::TerminalKeys;
namespace check_name = inspection::check_name;

namespace {

CvKeyPair key(const std::string& reference) {
    return CvKeyPair::ecdsa(reference, HashAlgorithm::Sha256, "brainpoolP256r1");
}

/// The issuer's card with a trust point, in a chip that checked whether it all fits together.
class Card {
public:
    explicit Card(const CvKeyPair& authority) : Card(authority.selfSigned()) {}
    explicit Card(const CvCertificate& authority) {
        ChipDocument document = test::documentOf(TestCard::image());
        test::setTrustPoint(document, authority);
        auto connection = powerOn();
        test::personalize(connection, document);
    }

    /// @param interrupted called before every command; may take the card's power away, or throw CardReset
    InspectionResult inspect(const TerminalKeys* keys, bool withMrz = false,
                             const std::function<void()>& interrupted = {}) {
        InspectionRequest request = TestCard::request();
        if (withMrz) {
            request.keys.can.reset();
            request.keys.mrz = TestCard::mrzKey();
        }
        request.terminalKeys = keys;
        auto connection = powerOn(interrupted);
        return inspection::Inspection(connection, random_, test::IssuingFixture::clock()).run(request);
    }

    void losePower() { chip_.powerOn(); }

private:
    InProcessConnection powerOn(const std::function<void()>& interrupted = {}) {
        chip_.powerOn();
        return {"virtual", chip_.atr(),
                [this, interrupted](BytesView command) {
                    if (interrupted) {
                        interrupted();
                    }
                    return chip_.transmit(command);
                },
                [this] { chip_.powerOn(); }};
    }

    SystemRandom random_;
    card::host::VirtualChip chip_;
};

void checkFingers(const InspectionResult& result, bool opened) {
    const auto& check = result.check(check_name::terminalAuthentication);
    CHECK_MESSAGE(check.result == (opened ? trust::CheckResult::Passed : trust::CheckResult::NotPerformed),
                  check.reason);
    CHECK(result.judgement.verdict == inspection::Verdict::Genuine);
}

} // namespace

TEST_CASE("the inspection reads the fingers of a card that trusts its terminal") {
    Card card(test::countryVerifyingAuthority());
    const auto keys = terminalOf(test::countryVerifyingAuthority(), 0x03);
    checkFingers(card.inspect(&keys), true);
    checkFingers(card.inspect(&keys, true), true);
    checkFingers(card.inspect(nullptr), false);
}

TEST_CASE("a card that loses its power at any command of a reading gives its fingers all the same") {
    Card card(test::countryVerifyingAuthority());
    const auto keys = terminalOf(test::countryVerifyingAuthority(), 0x03);
    const auto whole = card.inspect(&keys);
    REQUIRE(whole.files.count(lds::FileId::DataGroup3) == 1);
    int ended = 0;
    bool pastTheEnd = false;
    for (int lostAt = 1; !pastTheEnd; ++lostAt) {
        CAPTURE(lostAt);
        int commands = 0;
        try {
            const auto result = card.inspect(&keys, false, [&] {
                if (++commands == lostAt) {
                    card.losePower();
                }
            });
            pastTheEnd = commands < lostAt;
            checkFingers(result, true);
            CHECK(result.files == whole.files);
        } catch (const SecureMessagingError&) {
            ++ended;
            CHECK(commands == lostAt);
        }
    }
    // Between PACE and the first file there is nothing to go on with.
    CHECK(ended == 1);
}

TEST_CASE("a terminal of the PKI tool reads the fingers of a card that trusts the tool's CVCA") {
    const test::TemporaryDirectory directory;
    SystemRandom random;
    const auto clock = test::IssuingFixture::clock();
    const personalization::CvLimits fingers{{3}, false, std::nullopt};
    personalization::renewCountryVerifyingAuthority(directory.path(), {}, clock, random);
    const personalization::VerifyingPkiFiles files(directory.path());
    Card card(CvCertificate::decode(readFile(files.cvcaCertificate, CvCertificate::maximumLength)));
    // The card trusts the first key; the terminal is certified under the next.
    personalization::renewCountryVerifyingAuthority(directory.path(), {}, clock, random);
    personalization::renewDocumentVerifier(directory.path(), fingers, clock, random);
    personalization::makeTerminal(directory.path(), directory.path() / "terminal", "VNIS00001", fingers,
                                  clock, random);
    const auto keys = TerminalKeys::fromDirectory(directory.path() / "terminal");
    checkFingers(card.inspect(&keys), true);
}

TEST_CASE("a link certificate brings a new CVCA onto the card, once") {
    const auto& former = test::countryVerifyingAuthority();
    const auto newer = key("UTCVCA00002");
    Card card(former);
    auto keys = terminalOf(newer, 0x01);
    checkFingers(card.inspect(&keys), false);
    keys.addCertificate(former.issue(former.bodyFor(newer, 0xC3, true)));
    checkFingers(card.inspect(&keys), true);
    // From now on the card trusts the new one without the link.
    const auto withoutLink = terminalOf(newer, 0x01);
    checkFingers(card.inspect(&withoutLink), true);
}

TEST_CASE("a stranger's terminal reads no fingers, and the card stays genuine") {
    Card card(test::countryVerifyingAuthority());
    const auto stranger = terminalOf(key("UTCVCA00001"), 0x03);
    checkFingers(card.inspect(&stranger), false);
}
