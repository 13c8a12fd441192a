// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/inspection/access_procedure.hpp"
#include "host/inspection/check_name.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::inspection;
using test::ReceivedCommand;
using test::SimulatedCard;
using trust::CheckResult;

namespace {

constexpr std::string_view genericMapping = "0.4.0.127.0.7.2.2.4.2.2";
constexpr std::string_view integratedMapping = "0.4.0.127.0.7.2.2.4.4.4";

lds::CardAccess announcing(std::vector<lds::SecurityInfo> infos) {
    return {{std::move(infos)}};
}

lds::PaceInfo paceInfo(std::string_view protocol, std::optional<int> parameterId) {
    return {ObjectIdentifier::fromText(protocol), 2, parameterId};
}

AccessOpened openWith(test::TestChip& chip, const lds::CardAccess* cardAccess,
                      std::optional<AccessKey> can = std::nullopt) {
    chip.reset();
    CardSession session(chip);
    SystemRandom random;
    AccessKeys keys;
    keys.can = std::move(can);
    const auto policy = Policy::standard();
    return AccessProcedure(session, random, keys, policy).open(cardAccess);
}

AccessKey rightCan() {
    return *SimulatedCard::request().keys.can;
}

bool selects(const ReceivedCommand& command, std::string_view protocol) {
    return command.ins == 0x22 && equal(TlvReader(command.data).require(0x80, "protocol").value,
                                        ObjectIdentifier::fromText(protocol).content());
}

int selectionsOf(const test::TestChip& chip) {
    return static_cast<int>(std::count_if(chip.received.begin(), chip.received.end(),
                                          [](const Bytes& command) { return command[1] == 0x22; }));
}

} // namespace

TEST_CASE("The next PACEInfo is tried where the card refuses the best, and the result says so") {
    SimulatedCard card({});
    const auto cardAccess = announcing({paceInfo(integratedMapping, 13), paceInfo(genericMapping, 13)});
    card.chip().intercept = [](const ReceivedCommand& command) -> std::optional<ResponseApdu> {
        return selects(command, integratedMapping) ? std::optional(ResponseApdu{{}, status_word::wrongData})
                                                   : std::nullopt;
    };
    const auto opened = openWith(card.chip(), &cardAccess, rightCan());
    CHECK(opened.used.mapping == "GM");
    CHECK(opened.used.oid == genericMapping);
    CHECK(opened.check.result == CheckResult::Passed);
    CHECK(opened.check.reason == "PACE failed with 0.4.0.127.0.7.2.2.4.4.4 before");
}

TEST_CASE("A wrong password is not tried with another PACEInfo") {
    SimulatedCard card({});
    const auto cardAccess = announcing({paceInfo(genericMapping, 13), paceInfo(genericMapping, 12)});
    CHECK_THROWS_AS(static_cast<void>(openWith(card.chip(), &cardAccess, AccessKey::fromCan("999999"))),
                    WrongAccessKey);
    CHECK(selectionsOf(card.chip()) == 1);
}

TEST_CASE("A card with PACE and no access key at all is bad configuration, and the card is not asked") {
    SimulatedCard card({});
    const auto cardAccess = announcing({paceInfo(genericMapping, 13)});
    CHECK_THROWS_AS(static_cast<void>(openWith(card.chip(), &cardAccess)), BadConfiguration);
    CHECK(card.chip().received.empty());
}

TEST_CASE("Domain parameters are named to the card only where one protocol has several") {
    SimulatedCard card({});
    const auto several = announcing({paceInfo(genericMapping, 13), paceInfo(genericMapping, 8)});
    static_cast<void>(openWith(card.chip(), &several, rightCan()));
    CHECK(toHex(card.chip().received.front()) == "0022C1A412800A04007F0007020204020283010284010D");
    card.chip().received.clear();
    const auto single = announcing({paceInfo(genericMapping, 13), paceInfo("0.4.0.127.0.7.2.2.4.2.1", 13)});
    static_cast<void>(openWith(card.chip(), &single, rightCan()));
    CHECK(toHex(card.chip().received.front()) == "0022C1A40F800A04007F00070202040202830102"); // and no Le
}

namespace {

Bytes algorithmOf(BytesView subjectPublicKeyInfo) {
    auto parts = readTlv(subjectPublicKeyInfo, 0x30, "info").children();
    return toBytes(parts.expect(0x30, "algorithm").encoded);
}

lds::CardAccess announcingExplicitly(const Bytes& domainParameter) {
    return announcing({paceInfo(genericMapping, 40),
                       lds::PaceDomainParameterInfo{ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2"),
                                                    domainParameter, 40}});
}

std::optional<ResponseApdu> refusesReading(const ReceivedCommand& command) {
    return command.ins == 0xB0 ? std::optional(ResponseApdu{{}, status_word::securityStatusNotSatisfied})
                               : std::nullopt;
}

} // namespace

TEST_CASE("Explicit domain parameters count when they are known ones, and are refused otherwise") {
    SimulatedCard card({});
    const auto curve = EllipticCurve::standardized(13);
    const auto known = announcingExplicitly(algorithmOf(
        encodeSubjectPublicKeyInfo(curve, curve.encodePoint(*curve.basePoint()), CurveEncoding::Explicit)));
    CHECK(openWith(card.chip(), &known, rightCan()).used.curve == "brainpoolP256r1");

    // A base point whose logarithm someone may know would tell them the password (Doc 9303-11, 9.2.2).
    const auto foreign = test::makeKeyWithForeignBasePoint();
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(foreign.get(), &encoded);
    const auto unknown = announcingExplicitly(algorithmOf(Bytes(encoded, encoded + size)));
    OPENSSL_free(encoded);
    card.chip().received.clear();
    card.chip().intercept = refusesReading;
    CHECK_THROWS_WITH_AS(static_cast<void>(openWith(card.chip(), &unknown, rightCan())),
                         "This card opens with the MRZ only: the card offers PACE only with domain "
                         "parameters that are not known "
                         "to be secure. Give its MRZ, or the number with birth and expiry dates.",
                         BadConfiguration);
    CHECK(selectionsOf(card.chip()) == 0);
}

TEST_CASE("A card without access control is read plainly, and says so") {
    SimulatedCard card({});
    const auto opened = openWith(card.chip(), nullptr);
    CHECK(opened.used.protocol == "none");
    CHECK(opened.used.password.empty());
    CHECK(opened.check.result == CheckResult::NotSupported);
    // Where the files are refused, the MRZ is needed.
    card.chip().intercept = refusesReading;
    CHECK_THROWS_AS(static_cast<void>(openWith(card.chip(), nullptr)), BadConfiguration);
}

namespace {

trust::Check chipAuthenticationOf(SimulatedCard& card) {
    return card.inspect().check(check_name::chipAuthentication);
}

test::SimulatedCardProfile withMapping() {
    test::SimulatedCardProfile profile;
    profile.chipAuthenticationMapping = true;
    return profile;
}

} // namespace

TEST_CASE("PACE with the chip authentication mapping proves the chip by EF.CardSecurity") {
    SimulatedCard card(withMapping());
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.access->mapping == "CAM");
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
    CHECK_FALSE((result.files.count(lds::FileId::CardSecurity) == 0));
    for (const auto& step : result.steps) {
        CHECK(step.name != "chip-authentication"); // nothing more is asked of the chip
    }
}

TEST_CASE("The proof by EF.CardSecurity stands on its own signature, not on that of EF.SOD") {
    SimulatedCard card(withMapping());
    card.chip().files[lds::fileIdentifier(lds::FileId::Sod)].back() ^= 0x01;
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
    CHECK(result.check(check_name::signature).result == CheckResult::Failed);
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
}

TEST_CASE("A chip without the private key of EF.CardSecurity is exposed") {
    SimulatedCard card(withMapping());
    SystemRandom random;
    card.chip().otherChipAuthenticationKey =
        EllipticCurveKeyPair::generate(EllipticCurve::standardized(13), random);
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
    CHECK(result.check(check_name::chipAuthentication).reason ==
          "the chip does not know the private key that belongs to EF.CardSecurity");
}

TEST_CASE("An EF.CardSecurity that does not verify, or is not there, proves nothing") {
    SimulatedCard card(withMapping());
    auto& file = card.chip().files[SimulatedCard::cardSecurityFile];
    const Bytes genuine = file;
    const auto infos = lds::CardSecurity::decode(genuine).securityInfos();

    file = SimulatedCard::cardSecurity(infos, /*byStranger*/ true);
    CHECK(chipAuthenticationOf(card).result == CheckResult::Failed);

    file = genuine;
    file.back() ^= 0x01;
    CHECK(chipAuthenticationOf(card).result == CheckResult::Failed);

    file = SimulatedCard::cardSecurity(lds::CardAccess::vietnameseCitizenCard().securityInfos);
    CHECK(chipAuthenticationOf(card).reason == "EF.CardSecurity has no key for the proof by PACE");

    card.chip().masterFileShortIdentifiers.clear();
    card.chip().intercept = [](const ReceivedCommand& command) {
        const bool isCardSecurity = command.ins == 0xB0 && command.p1 == 0x9D;
        return isCardSecurity ? std::optional(ResponseApdu{{}, status_word::securityStatusNotSatisfied})
                              : std::nullopt;
    };
    const auto check = chipAuthenticationOf(card);
    CHECK(check.result == CheckResult::Failed);
    CHECK(check.reason.find("does not give EF.CardSecurity") != std::string::npos);
}

TEST_CASE("EF.CardSecurity is read and written") {
    const auto infos = lds::CardAccess::vietnameseCitizenCard().securityInfos;
    const Bytes file = SimulatedCard::cardSecurity(infos);
    const auto cardSecurity = lds::CardSecurity::decode(file);
    CHECK(equal(cardSecurity.securityInfos().encode(), cardSecurity.signedData().content()));
    CHECK(cardSecurity.securityInfos().encode() == infos.encode());
    CHECK_THROWS_AS(static_cast<void>(lds::CardSecurity::decode(infos.encode())), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(lds::CardSecurity::decode(BytesView(file).first(100))), MalformedData);
}
