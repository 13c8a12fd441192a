// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/consistency.hpp"

#include <doctest/doctest.h>

#include "host/apdu/tlv.hpp"
#include "host/inspection/check_name.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using trust::CheckResult;

namespace {

// The invented card of the Vietnamese profile.
constexpr std::string_view zone = "IDVNM2990000011001299000001<<2\n"
                                  "9901018M2401014VNM<<<<<<<<<<<2\n"
                                  "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<\n";

lds::DataGroup1 dataGroup1(std::string text = std::string(zone)) {
    std::erase(text, '\n');
    return lds::DataGroup1::decode(encodeTlv(0x61, encodeTlv(0x5F1F, viewOf(text))));
}

lds::DocumentSecurityObject signedGroups(const std::vector<int>& numbers) {
    lds::DocumentSecurityObject object;
    for (const int number : numbers) {
        object.dataGroupHashes[number] = Bytes(32);
    }
    return object;
}

lds::DataGroup14 dataGroup14With(const lds::CardAccess& cardAccess) {
    return {cardAccess.securityInfos};
}

} // namespace

TEST_CASE("EF.COM and EF.SOD must list the same data groups") {
    const auto common = lds::CommonData::forDataGroups({1, 2, 14});
    CHECK(checkComSod(common, signedGroups({1, 2, 14}), false).result == CheckResult::Passed);
    SUBCASE("a shorter EF.COM hides something: a downgrade") {
        const auto check = checkComSod(common, signedGroups({1, 2, 14, 15}), false);
        CHECK(check.result == CheckResult::Failed);
        CHECK(check.reason.find("DG15") != std::string::npos);
    }
    SUBCASE("where downgrades are tolerated it is still named") {
        const auto check = checkComSod(common, signedGroups({1, 2, 14, 15}), true);
        CHECK(check.result == CheckResult::NotPerformed);
        CHECK(check.reason.find("DG15") != std::string::npos);
    }
    SUBCASE("a longer EF.COM lists what nobody signed") {
        CHECK(checkComSod(common, signedGroups({1, 2}), false).result == CheckResult::Failed);
        CHECK(checkComSod(common, signedGroups({1, 2}), true).result == CheckResult::Failed);
    }
}

TEST_CASE("check digits and the printed MRZ are compared with DG1") {
    CHECK(checkMachineReadableZone(dataGroup1(), {}, {}).result == CheckResult::Passed);
    CHECK(checkMachineReadableZone(dataGroup1(), {}, {std::string(zone), "", {}, {}}).result ==
          CheckResult::Passed);
    std::string other(zone);
    other[other.find("MAU")] = 'X';
    CHECK(checkMachineReadableZone(dataGroup1(), {}, {other, "", {}, {}}).result == CheckResult::Failed);
    std::string wrongDigit(zone);
    wrongDigit[wrongDigit.find("9901018") + 6] = '7';
    const auto check = checkMachineReadableZone(dataGroup1(wrongDigit), {}, {});
    CHECK(check.result == CheckResult::Failed);
    CHECK(check.reason.find("birth date") != std::string::npos);
}

TEST_CASE("the birth and expiry dates are one and the same everywhere") {
    const Date birth = dateFromIso("2099-01-01");
    const Date expiry = dateFromIso("2124-01-01");
    CHECK(checkMachineReadableZone(dataGroup1(), birth, {"", "", birth, expiry}).result ==
          CheckResult::Passed);
    SUBCASE("DG13 with another birth date") {
        const auto check = checkMachineReadableZone(dataGroup1(), dateFromIso("2092-09-06"), {});
        CHECK(check.result == CheckResult::Failed);
        CHECK(check.reason.find("DG13") != std::string::npos);
    }
    SUBCASE("a birth date that is not the card's") {
        const auto given = dateFromIso("2099-01-02");
        CHECK(checkMachineReadableZone(dataGroup1(), birth, {"", "", given, expiry}).result ==
              CheckResult::Failed);
    }
    SUBCASE("the document number, with or without fillers") {
        for (const auto* const number : {"299000001", "299000001<<<"}) {
            CHECK(checkMachineReadableZone(dataGroup1(), birth, {"", number, birth, expiry}).result ==
                  CheckResult::Passed);
        }
    }
    SUBCASE("a document number that is not the card's") {
        const auto check = checkMachineReadableZone(dataGroup1(), birth, {"", "29900000", birth, expiry});
        CHECK(check.result == CheckResult::Failed);
        CHECK(check.reason == "the MRZ on the chip is not the one that was given");
    }
    SUBCASE("an expiry date that is not the card's") {
        const auto given = dateFromIso("2124-01-02");
        CHECK(checkMachineReadableZone(dataGroup1(), birth, {"", "", birth, given}).result ==
              CheckResult::Failed);
    }
}

TEST_CASE("the number is one and the same everywhere") {
    const auto& machineReadableZone = dataGroup1().machineReadableZone;
    lds::CitizenData citizen;
    citizen.number = "001299000001";
    CHECK(checkNumber(machineReadableZone, &citizen, "").result == CheckResult::Passed);
    CHECK(checkNumber(machineReadableZone, &citizen, "001299000001").result == CheckResult::Passed);
    CHECK(checkNumber(machineReadableZone, nullptr, "001299000001").result == CheckResult::NotPerformed);
    SUBCASE("another card with the same CAN") {
        CHECK(checkNumber(machineReadableZone, &citizen, "079299000001").result == CheckResult::Failed);
    }
    SUBCASE("DG13 of somebody else") {
        citizen.number = "001299000002";
        CHECK(checkNumber(machineReadableZone, &citizen, "").result == CheckResult::Failed);
    }
    SUBCASE("a document number that is not the end of the number") {
        auto odd = machineReadableZone;
        odd.documentNumber = "299000002";
        CHECK(checkNumber(odd, &citizen, "").result == CheckResult::Failed);
    }
    SUBCASE("a document of another country has no such number") {
        auto foreign = machineReadableZone;
        foreign.issuingState = "UTO";
        foreign.optionalData = "";
        CHECK(checkNumber(foreign, nullptr, "").result == CheckResult::NotSupported);
        CHECK(checkNumber(foreign, nullptr, "001299000001").result == CheckResult::Failed);
    }
}

TEST_CASE("DG14 confirms EF.CardAccess") {
    const auto cardAccess = lds::CardAccess::vietnameseCitizenCard();
    const auto dataGroup14 = dataGroup14With(cardAccess);
    CHECK(checkCardAccess(&cardAccess, &dataGroup14).result == CheckResult::Passed);

    SUBCASE("a protocol that was never signed") {
        auto changed = cardAccess;
        changed.securityInfos.infos.emplace_back(
            lds::PaceInfo{cardAccess.securityInfos.all<lds::PaceInfo>()[0].protocol, 2, 12});
        CHECK(checkCardAccess(&changed, &dataGroup14).result == CheckResult::Failed);
    }
    SUBCASE("a PACE protocol that was taken away") {
        auto stronger = dataGroup14;
        stronger.securityInfos.infos.emplace_back(
            lds::PaceInfo{cardAccess.securityInfos.all<lds::PaceInfo>()[0].protocol, 2, 12});
        CHECK(checkCardAccess(&cardAccess, &stronger).result == CheckResult::Failed);
    }
    SUBCASE("all of EF.CardAccess taken away") {
        CHECK(checkCardAccess(nullptr, &dataGroup14).result == CheckResult::Failed);
    }
    SUBCASE("a card without PACE") {
        const lds::DataGroup14 withoutPace;
        CHECK(checkCardAccess(nullptr, &withoutPace).result == CheckResult::NotSupported);
        CHECK(checkCardAccess(nullptr, nullptr).result == CheckResult::NotSupported);
    }
    SUBCASE("EF.CardAccess that nothing confirms") {
        CHECK(checkCardAccess(&cardAccess, nullptr).result == CheckResult::NotPerformed);
    }
}
