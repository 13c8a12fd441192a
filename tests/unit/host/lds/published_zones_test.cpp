// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_1.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line;
    }
    return text;
}

} // namespace

TEST_CASE("the specimens of Doc 9303 parts 4 to 7 are read and built") {
    struct Specimen {
        const char* part;
        MrzFormat format;
        std::string text;
    };
    const Specimen specimens[] = {
        {"Doc 9303-4, appendix B", MrzFormat::Td3,
         "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
         "L898902C36UTO7408122F1204159ZE184226B<<<<<10"},
        {"Doc 9303-5, appendix B", MrzFormat::Td1,
         "I<UTOD231458907<<<<<<<<<<<<<<<"
         "7408122F1204159UTO<<<<<<<<<<<6"
         "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"},
        {"Doc 9303-6, appendix B", MrzFormat::Td2,
         "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"
         "D231458907UTO7408122F1204159<<<<<<<6"},
        {"Doc 9303-7, MRV-A", MrzFormat::MrvA,
         "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
         "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"},
        {"Doc 9303-7, MRV-B", MrzFormat::MrvB,
         "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"
         "L8988901C4XXX4009078F9612109<<<<<<<<"},
    };
    for (const Specimen& specimen : specimens) {
        CAPTURE(specimen.part);
        const auto zone = MachineReadableZone::parse(specimen.text);
        CHECK(zone.format == specimen.format);
        CHECK(zone.wrongCheckDigits.empty());
        CHECK(zone.issuingState == "UTO");
        CHECK(zone.primaryIdentifier == "ERIKSSON");
        CHECK(zone.secondaryIdentifier == "ANNA MARIA");
        CHECK(zone.sex == Sex::Female);
        CHECK(joined(zone.lines()) == specimen.text);
        CHECK(joined(zone.lines()).size() % lineLength(zone.format) == 0);
    }
}

TEST_CASE("the fields of a visa's zone") {
    const auto visa = MachineReadableZone::parse("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                                                 "L8988901C4XXX4009078F96121096ZE184226B<<<<<<\n");
    CHECK(nameOf(visa.format) == "MRV-A");
    CHECK(visa.documentCode == "V");
    CHECK(visa.documentNumber == "L8988901C");
    CHECK(visa.nationality == "XXX");
    CHECK(visa.birthDate == "400907");
    CHECK(visa.expiryDate == "961210");
    CHECK(visa.optionalData == "6ZE184226B");
    auto full = visa;
    full.optionalData = std::string(16, '9');
    CHECK(MachineReadableZone::parse(joined(full.lines())) == full);
    full.optionalData += '9';
    CHECK_THROWS_AS(static_cast<void>(full.lines()), MalformedData);

    auto small = MachineReadableZone::parse("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"
                                            "L8988901C4XXX4009078F9612109<<<<<<<<");
    CHECK(nameOf(small.format) == "MRV-B");
    small.optionalData = "12345678";
    CHECK(MachineReadableZone::parse(joined(small.lines())) == small);
    small.documentNumber = "L8988901C2"; // visas have no long numbers
    CHECK_THROWS_AS(static_cast<void>(small.lines()), MalformedData);
    CHECK(MachineReadableZone::parse("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"
                                     "L8988901C5XXX4009079F9612108<<<<<<<<")
              .wrongCheckDigits == std::vector<std::string>{"birth date", "expiry date", "document number"});
}

// What access keys are made of: users have stumbled over short numbers, which are padded, and long ones.
TEST_CASE("document numbers of every length give the right key information") {
    const std::string dates = "74081221204159";
    auto zone = MachineReadableZone::parse("I<UTOD231458907<<<<<<<<<<<<<<<"
                                           "7408122F1204159UTO<<<<<<<<<<<6"
                                           "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
    CHECK(zone.mrzInformation() == "D231458907" + dates);
    zone.documentNumber = "D2314";
    CHECK(zone.mrzInformation() == "D2314<<<<" + std::string(1, mrzCheckDigit("D2314")) + dates);
    zone.documentNumber = "D23145890734"; // Doc 9303-11, appendix D.2
    CHECK(zone.mrzInformation() == "D231458907349" + dates);

    SUBCASE("thirteen characters beyond the nine, the most that TD1 has room for") {
        const std::string text = "I<UTOD23145890<12345678901230<"
                                 "7408122F1204159UTO<<<<<<<<<<<8"
                                 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
        const auto longest = MachineReadableZone::parse(text);
        CHECK(longest.documentNumber == "D231458901234567890123");
        CHECK(longest.wrongCheckDigits.empty());
        CHECK(joined(longest.lines()) == text);
    }
    SUBCASE("fourteen, with no filler behind the check digit") {
        const std::string text = "I<UTOD23145890<123456789012342"
                                 "7408122F1204159UTO<<<<<<<<<<<6"
                                 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
        const auto tight = MachineReadableZone::parse(text);
        CHECK(tight.documentNumber == "D2314589012345678901234");
        CHECK(tight.wrongCheckDigits.empty());
        CHECK(joined(tight.lines()) == text);
    }
    SUBCASE("optional data behind a long number") {
        zone.optionalData = "AB1";
        const auto built = MachineReadableZone::parse(joined(zone.lines()));
        CHECK(built.documentNumber == zone.documentNumber);
        CHECK(built.optionalData == "AB1");
        CHECK(built.wrongCheckDigits.empty());
    }
    SUBCASE("on TD2") {
        const std::string text = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"
                                 "D23145890<UTO7408122F120415973492<<8";
        const auto card = MachineReadableZone::parse(text);
        CHECK(card.documentNumber == "D231458907349");
        CHECK(card.wrongCheckDigits.empty());
        CHECK(joined(card.lines()) == text);
    }
}

TEST_CASE("the DG1 of Doc 9303-10, A.2.1, which is printed with a wrong composite check digit") {
    const std::string text = "I<NLDXI85935F86999999990<<<<<<"
                             "7208148F1108268NLD<<<<<<<<<<<4"
                             "VAN<DER<STEEN<<MARIANNE<LOUISE";
    const Bytes file = concat(fromHex("615D5F1F5A"), viewOf(text));
    const auto dataGroup = DataGroup1::decode(file);
    CHECK(dataGroup.machineReadableZone.format == MrzFormat::Td1);
    CHECK(dataGroup.machineReadableZone.documentNumber == "XI85935F8");
    CHECK(dataGroup.machineReadableZone.optionalData == "999999990");
    CHECK(dataGroup.machineReadableZone.primaryIdentifier == "VAN DER STEEN");
    CHECK(dataGroup.machineReadableZone.wrongCheckDigits == std::vector<std::string>{"composite"});
    CHECK(dataGroup.encode() == file);
}
