// SPDX-License-Identifier: Apache-2.0
// Power that fails in the flash operations of everything that writes.
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/manager/issuer_objects.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/applets/global_platform_host.hpp"
#include "tests/unit/card/applets/personalization_dialogue.hpp"
#include "tests/unit/card/applets/power_cuts.hpp"
#include "tests/unit/card/applets/terminal.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using namespace std::chrono;
using cancuoc::test::CvKeyPair;
using cancuoc::test::DocumentProfile;
using cancuoc::test::makeDocument;
using test::Bytes;
using test::ChipFixture;
using test::Content;
using test::cutPower;
using test::Dialogue;
using test::DomainKeys;
using test::GlobalPlatformHost;
using test::hex;
using test::join;
using test::Terminal;
using Answered = std::function<void()>;

namespace {

const emrtd::PaceConfiguration genericMapping{emrtd::PaceVariant::EcdhGenericMapping,
                                              emrtd::SymmetricCipher::Aes128,
                                              crypto::StandardizedDomainParameters::BrainpoolP256r1};

TearingFlash blankChip() {
    TearingFlash flash;
    const ChipFixture firstPowerUp(flash);
    return flash;
}

TearingFlash personalizedChip(const test::Document& document) {
    TearingFlash flash;
    ChipFixture chip(flash);
    REQUIRE(chip.personalize(document));
    return flash;
}

// Tells of the command when its status is 9000.
bool tell(std::uint16_t status, const Answered& answered) {
    if (status == 0x9000) {
        answered();
    }
    return status == 0x9000;
}

} // namespace

TEST_CASE("a personalization goes on whatever operation of it the power failed in") {
    const auto dialogue = test::personalizationWith(test::smallDocument(), 70);
    CHECK(cutPower(blankChip(), dialogue, {}, test::canBePersonalized) > 700);
}

TEST_CASE("the personalization of a whole document goes on after power failures in some of its operations") {
    const auto dialogue = test::personalizationWith(test::fullDocument(), 2000);
    CHECK(cutPower(blankChip(), dialogue, {397, 5}, test::canBePersonalized) > 50);
}

TEST_CASE("a chip whose first power-up failed in any operation is a chip like any other") {
    const std::size_t operations = blankChip().operations();
    const auto dialogue = test::personalizationWith(test::smallDocument(), 2000);
    const TearingFlash::Tear ways[] = {TearingFlash::Tear::Nothing, TearingFlash::Tear::Everything,
                                       TearingFlash::Tear::SomeBits, TearingFlash::Tear::Junk};
    for (const auto how : ways) {
        for (std::size_t cut = 0; cut < operations; ++cut) {
            CAPTURE(cut);
            CAPTURE(static_cast<int>(how));
            TearingFlash flash;
            test::ScriptedRandom random({}, 1);
            test::RecordedDelay delay;
            Chip chip(flash, random, delay);
            flash.cutAfter(cut, how, static_cast<unsigned>(cut + 1));
            REQUIRE_FALSE(chip.powerOn());
            REQUIRE(test::toBytes(chip.transmit(hex("00B09C0000"))) == hex("6F00"));
            flash.restore();
            REQUIRE(chip.powerOn());
            REQUIRE(test::contentOf(flash).empty());
            if (cut % 16 == 0 || cut + 8 > operations) {
                ChipFixture again(flash);
                REQUIRE(dialogue(again, [] {}));
            }
            REQUIRE_FALSE(flash.overwritten());
        }
    }
}

TEST_CASE("CREATE FILE, UPDATE BINARY and the issuer's data are whole or not there") {
    cutPower(blankChip(), [](ChipFixture& chip, const Answered& answered) {
        GlobalPlatformHost host(chip, DomainKeys::transport());
        const Bytes application = hex("A0000002471001");
        return host.open(0x01) == 0x9000 &&
               tell(host.send(0xE2, 0x88, 0x00, hex("0042 04 01020304 0045 02 0506")).status, answered) &&
               host.send(0xE6, 0x20, 0x00, join(hex("000007"), application, hex("000000"))).status ==
                   0x9000 &&
               tell(host.send(0xE0, 0x00, 0x00, hex("6208 8002 0014 8302 0101")).status, answered) &&
               tell(host.send(0xD6, 0x00, 0x00, Bytes(13, 0x61)).status, answered) &&
               tell(host.send(0xD6, 0x00, 0x0D, Bytes(7, 0x62)).status, answered);
    });
}

TEST_CASE("PUT KEY replaces all keys or none, and the chip opens to one set at any time") {
    const DomainKeys issuer = DomainKeys::issuer(0x02, 32);
    const auto opens = [](ChipFixture& chip, const DomainKeys& keys) {
        return GlobalPlatformHost(chip, keys).open(0x33) == 0x9000;
    };
    const TearingFlash start = blankChip();
    const std::size_t failures = cutPower(start, [&](ChipFixture& chip, const Answered& answered) {
        // What an earlier power failure left decides which keys hold.
        const bool replaced = !opens(chip, DomainKeys::transport());
        REQUIRE(opens(chip, issuer) == replaced);
        GlobalPlatformHost host(chip, replaced ? issuer : DomainKeys::transport());
        REQUIRE(host.open(0x03) == 0x9000);
        return tell(host.putKey(0x00, issuer).status, answered);
    });
    CHECK(failures > 40);
}

TEST_CASE("the sequence counter goes on before the session can be used, and never back") {
    TearingFlash start = blankChip();
    {
        ChipFixture chip(start);
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x01) == 0x9000);
        REQUIRE(host.send(0xE2, 0x88, 0x00, hex("9003 02 0370")).status == 0x9000);
    }
    bool opened = false;
    for (std::size_t cut = 0; !opened; ++cut) {
        CAPTURE(cut);
        REQUIRE(cut < 100);
        TearingFlash flash = start;
        ChipFixture chip(flash);
        flash.cutAfter(cut, TearingFlash::Tear::SomeBits, static_cast<unsigned>(cut + 1));
        opened = GlobalPlatformHost(chip, DomainKeys::transport()).open(0x01) == 0x9000;
        REQUIRE(opened == flash.powered());
        flash.restore();
        const Content content = test::contentOf(flash);
        const auto counter = content.find(manager::sequenceCounterObject);
        REQUIRE((!opened || (counter != content.end() && counter->second == hex("000001"))));
    }
}

TEST_CASE("the life cycle goes forward whole steps, whatever operation the power fails in") {
    const test::Document document = test::smallDocument();
    const DomainKeys keys = DomainKeys::issuer(0x02, 16);
    TearingFlash start = personalizedChip(document);
    {
        ChipFixture chip(start);
        GlobalPlatformHost host(chip, DomainKeys::transport());
        REQUIRE(host.open(0x03) == 0x9000);
        REQUIRE(host.putKey(0x30, keys).status == 0x9000);
    }
    const auto notTerminated = [](const Content& content) {
        return content.count(manager::lifeCycleObject) == 0 ||
               content.at(manager::lifeCycleObject) == Bytes{0x07};
    };
    cutPower(
        start,
        [&](ChipFixture& chip, const Answered& answered) {
            GlobalPlatformHost host(chip, keys);
            if (host.open(0x33) != 0x9000) {
                return false;
            }
            const bool initialized = host.send(0xF2, 0x80, 0x02, hex("4F00")).data.back() == 0x07;
            for (const std::uint8_t state : hex("070F7F0FFF")) {
                if ((state != 0x07 || !initialized) &&
                    !tell(host.send(0xF0, 0x80, state, {}).status, answered)) {
                    return false;
                }
            }
            return true;
        },
        {}, notTerminated);
}

TEST_CASE(
    "a password is compared only after the attempt was counted, whatever operation the power fails in") {
    const test::Document document = test::smallDocument();
    TearingFlash start = personalizedChip(document);
    const auto wrongMrz = "299000001199010182401013";
    const auto attempt = [&](ChipFixture& chip, bool basic, bool right) {
        Terminal terminal(chip);
        if (!basic) {
            return terminal.paceWithCan(genericMapping,
                                        right ? cancuoc::test::cardAccessNumber : std::string_view("999999"));
        }
        return terminal.selectApplication() == 0x9000 &&
               terminal.basicAccessControl(right ? cancuoc::test::mrzInformation : wrongMrz);
    };
    {
        ChipFixture chip(start);
        REQUIRE_FALSE(attempt(chip, true, false));
    }
    REQUIRE(test::failedAttempts(start) == 1);
    for (const bool basic : {true, false}) {
        for (const bool right : {true, false}) {
            CAPTURE(basic);
            CAPTURE(right);
            TearingFlash whole = start;
            {
                ChipFixture chip(whole);
                REQUIRE(attempt(chip, basic, right) == right);
            }
            const std::size_t operations = whole.operations() - start.operations();
            CHECK(test::failedAttempts(whole) == (right ? 0 : 2));
            for (std::size_t cut = 0; cut < operations; ++cut) {
                CAPTURE(cut);
                TearingFlash flash = start;
                ChipFixture chip(flash);
                flash.cutAfter(cut, TearingFlash::Tear::SomeBits, static_cast<unsigned>(cut + 1));
                // Without its memory the chip says neither yes nor no.
                REQUIRE_FALSE(attempt(chip, basic, right));
                const Bytes answer = chip.lastResponse();
                REQUIRE((answer == hex("6581") || answer == hex("6F00")));
                flash.restore();
                const int failed = test::failedAttempts(flash);
                REQUIRE((failed == 1 || failed == 2 || (right && failed == 0)));
            }
        }
    }
}

TEST_CASE("a new trust point and a new date are taken over whole or not at all") {
    const auto authority = cancuoc::test::countryVerifyingAuthority();
    const auto key = [](const std::string& reference) {
        return CvKeyPair::ecdsa(reference, cancuoc::HashAlgorithm::Sha256, "brainpoolP256r1");
    };
    const auto issue = [&](const CvKeyPair& holder, std::uint8_t role, year_month_day effective) {
        auto body = authority.bodyFor(holder, role, role == 0xC3);
        body.effectiveDate = effective;
        body.expirationDate = 2028y / 12 / 1;
        return authority.issue(body);
    };
    const auto verifier = key("UTDV00001");
    const auto link = issue(key("UTCVCA00002"), 0xC3, 2026y / 3 / 1);
    const auto accurate = issue(verifier, 0x83, 2026y / 2 / 1);
    const TearingFlash start = personalizedChip(makeDocument(DocumentProfile::EuropeanPassport));
    const auto keys = cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::EuropeanPassport);
    const auto present = [&](ChipFixture& chip, const auto& certificate, const Answered& answered) {
        Terminal terminal(chip);
        return terminal.pace(genericMapping, true) && terminal.selectApplication() == 0x9000 &&
               terminal.chipAuthentication(keys[1], emrtd::SymmetricCipher::Aes128, false) &&
               tell(terminal.present(certificate), answered);
    };
    const test::PowerCuts some{3, 9};
    cutPower(
        start, [&](ChipFixture& chip, const Answered& answered) { return present(chip, accurate, answered); },
        some);
    cutPower(
        start, [&](ChipFixture& chip, const Answered& answered) { return present(chip, link, answered); },
        some, [](const Content& content) { return content.count(emrtd::recentTrustPointObject) == 0; });
}
