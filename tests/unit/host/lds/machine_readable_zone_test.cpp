// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_1.hpp"
#include "host/lds/machine_readable_zone.hpp"
#include "host/lds/mrz_transliteration.hpp"
#include "host/lds/vietnamese_machine_readable_zone.hpp"

#include "host/base/error.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

constexpr Date day(int year, unsigned month, unsigned dayOfMonth) {
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(dayOfMonth)};
}

constexpr Date today = day(2026, 11, 22);

const std::string manLines = "IDVNM2990000011001299000001<<2"
                             "9901018M2401014VNM<<<<<<<<<<<2"
                             "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";
const std::string womanLines = "IDVNM3990000029001399000002<<0"
                               "9901018F2401014VNM<<<<<<<<<<<2"
                               "TRAN<<THI<MAU<<<<<<<<<<<<<<<<<";

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line;
    }
    return text;
}

std::string nameLine(const char* primary, const char* secondary) {
    MachineReadableZone zone = MachineReadableZone::parse(manLines);
    zone.primaryIdentifier = primary;
    zone.secondaryIdentifier = secondary;
    return zone.lines().back();
}

} // namespace

TEST_CASE("check digits of Doc 9303-3, appendix A") {
    CHECK(mrzCheckDigit("520727") == '3');                                             // example 1
    CHECK(mrzCheckDigit("AB2134<<<") == '5');                                          // example 2
    CHECK(mrzCheckDigit("HA672242<658022549601086<<<<<<<<<<<<<<0") == '8');            // example 3
    CHECK(mrzCheckDigit("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<") == '2'); // example 4
    CHECK(mrzCheckDigit("HA672242<658022549601086<<<<<<<") == '8');                    // example 5
    CHECK_THROWS_AS((void)mrzCheckDigit("a"), MalformedData);
}

TEST_CASE("the TD1 of Doc 9303-3, appendix A, example 4") {
    const auto zone = MachineReadableZone::parse("I<YTOD231458907<<<<<<<<<<<<<<<\n"
                                                 "3407127M9507122YTO<<<<<<<<<<<2\n"
                                                 "STEVENSON<<PETER<JOHN<<<<<<<<<\n");
    CHECK(zone.wrongCheckDigits.empty());
    CHECK(zone.documentCode == "I");
    CHECK(zone.issuingState == "YTO");
    CHECK(zone.documentNumber == "D23145890");
    CHECK(zone.primaryIdentifier == "STEVENSON");
    CHECK(zone.secondaryIdentifier == "PETER JOHN");
    CHECK(zone.mrzInformation() == "D23145890734071279507122"); // Doc 9303-11, appendix D.2
    CHECK(zone.lines()[1] == "3407127M9507122YTO<<<<<<<<<<<2");
    CHECK_FALSE(zone.vietnameseNumber());
    CHECK(zone.fullBirthDate(today) == day(1934, 7, 12));
}

TEST_CASE("the Vietnamese zone is built from the record's fields") {
    const auto man = vietnameseMachineReadableZone(
        {"001299000001", "Nguyễn Văn Mẫu", day(2099, 1, 1), Sex::Male, day(2124, 1, 1), "VNM"});
    CHECK(joined(man.lines()) == manLines);
    const auto woman = vietnameseMachineReadableZone(
        {"001399000002", "Trần Thị Mẫu", day(2099, 1, 1), Sex::Female, day(2124, 1, 1), "VNM"});
    CHECK(joined(woman.lines()) == womanLines);
}

TEST_CASE("the Vietnamese zone is read back") {
    const auto zone = MachineReadableZone::parse(manLines);
    CHECK(zone == vietnameseMachineReadableZone({"001299000001", "Nguyễn Văn Mẫu", day(2099, 1, 1), Sex::Male,
                                                 day(2124, 1, 1), "VNM"}));
    CHECK(zone.documentNumber == "299000001");
    CHECK(zone.vietnameseNumber() == "001299000001");
    CHECK(zone.mrzInformation() == "299000001199010182401014");
    CHECK(zone.mrzInformation() ==
          mrzInformation(vietnameseDocumentNumber("001299000001"), day(2099, 1, 1), day(2124, 1, 1)));
}

TEST_CASE("the 12-digit number tells the century") {
    const auto zone = MachineReadableZone::parse(manLines);
    CHECK(zone.fullBirthDate(today) == day(2099, 1, 1));
    CHECK(zone.fullExpiryDate(today) == day(2124, 1, 1));
    CHECK(zone.fullExpiryDate(today, day(2113, 1, 2)) == day(2124, 1, 1));
    CHECK(birthYearFromVietnameseNumber("001299000001") == 2099);
    CHECK(birthYearFromVietnameseNumber("001990000001") == 2390);
}

TEST_CASE("a number that contradicts the birth year is no hint") {
    auto zone = MachineReadableZone::parse(manLines);
    zone.birthDate = "850101";
    CHECK(zone.fullBirthDate(today) == day(1985, 1, 1));
    SUBCASE("but a date that the document states in full is") {
        CHECK(zone.fullBirthDate(today, day(2085, 1, 1)) == day(2085, 1, 1));
        CHECK(zone.fullBirthDate(today, day(2085, 1, 2)) == day(1985, 1, 1));
    }
}

TEST_CASE("without the number the birth date is the latest that has passed") {
    auto zone = MachineReadableZone::parse(manLines);
    zone.optionalData.clear();
    CHECK(zone.fullBirthDate(today) == day(1999, 1, 1));
    CHECK(zone.fullBirthDate(day(2113, 1, 2)) == day(2099, 1, 1));
    zone.birthDate = "200229"; // 2020 and 1920 are leap years, 2026 is past
    CHECK(zone.fullBirthDate(today) == day(2020, 2, 29));
    zone.birthDate = "99<<<<";
    CHECK_FALSE(zone.fullBirthDate(today));
    zone.birthDate = "991301";
    CHECK_FALSE(zone.fullBirthDate(today));
}

TEST_CASE("an expiry date lies behind birth, issue and the first chip documents") {
    auto zone = MachineReadableZone::parse(manLines);
    zone.optionalData.clear();
    zone.birthDate = "200101"; // 2020, or 1920 seen from 2019
    zone.expiryDate = "250101";
    CHECK(zone.fullExpiryDate(today) == day(2025, 1, 1));
    CHECK(zone.fullExpiryDate(day(2019, 1, 1)) == day(2025, 1, 1));
    CHECK(zone.fullExpiryDate(today, day(2026, 1, 1)) == day(2125, 1, 1));
}

TEST_CASE("991231 on a Vietnamese card is no end of validity") {
    const auto zone = vietnameseMachineReadableZone(
        {"001299000001", "Nguyễn Văn Mẫu", day(2099, 1, 1), Sex::Male, std::nullopt, "VNM"});
    CHECK(zone.lines()[1].substr(8, 6) == "991231");
    CHECK(zone.neverExpires());
    CHECK_FALSE(zone.fullExpiryDate(today));
}

TEST_CASE("every wrong check digit is named, none stops the reading") {
    const auto wrong = [](std::size_t position, char character) {
        std::string text = manLines;
        text[position] = character;
        return MachineReadableZone::parse(text).wrongCheckDigits;
    };
    using Names = std::vector<std::string>;
    CHECK(wrong(14, '2') == Names{"document number", "composite"});
    CHECK(wrong(29, '3') == Names{"composite", "personal number"});
    CHECK(wrong(36, '0') == Names{"birth date", "composite"});
    CHECK(wrong(44, '0') == Names{"expiry date", "composite"});
    CHECK(wrong(59, '3') == Names{"composite"});
}

TEST_CASE("a long document number runs on into the optional data") {
    // Doc 9303-11, appendix D.2: D23145890734 with check digit 9
    const auto zone = MachineReadableZone::parse("I<UTOD23145890<7349<<<<<<<<<<<"
                                                 "3407127M9507122UTO<<<<<<<<<<<2"
                                                 "STEVENSON<<PETER<JOHN<<<<<<<<<");
    CHECK(zone.documentNumber == "D23145890734");
    CHECK(zone.optionalData.empty());
    CHECK(zone.mrzInformation() == "D23145890734934071279507122");
    CHECK(zone.lines()[0] == "I<UTOD23145890<7349<<<<<<<<<<<");
    CHECK(zone.wrongCheckDigits == MachineReadableZone::parse(joined(zone.lines())).wrongCheckDigits);
}

TEST_CASE("TD2 and TD3 of Doc 9303-3, appendix A") {
    const std::string td3 = "P<YTOSMITH<<JOHN<T<<<<<<<<<<<<<<<<<<<<<<<<<<"
                            "HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08";
    const auto passport = MachineReadableZone::parse(td3);
    CHECK(passport.format == MrzFormat::Td3);
    CHECK(passport.wrongCheckDigits.empty());
    CHECK(passport.documentNumber == "HA672242");
    CHECK(joined(passport.lines()) == td3);

    const std::string td2 = "I<YTOSMITH<<JOHN<T<<<<<<<<<<<<<<<<<<"
                            "HA672242<6YTO5802254M9601086<<<<<<<8";
    const auto card = MachineReadableZone::parse(td2);
    CHECK(card.format == MrzFormat::Td2);
    CHECK(card.wrongCheckDigits.empty());
    CHECK(joined(card.lines()) == td2);
}

TEST_CASE("malformed zones are refused") {
    CHECK_THROWS_AS((void)MachineReadableZone::parse(""), MalformedData);
    CHECK_THROWS_AS((void)MachineReadableZone::parse(manLines.substr(1)), MalformedData);
    CHECK_THROWS_AS((void)MachineReadableZone::parse(std::string(1000, ' ')), MalformedData);
    std::string text = manLines;
    text[40] = 'a';
    CHECK_THROWS_AS((void)MachineReadableZone::parse(text), MalformedData);
    text = manLines;
    text[37] = 'Q'; // sex
    CHECK_THROWS_AS((void)MachineReadableZone::parse(text), MalformedData);
}

TEST_CASE("fields that do not fit are refused, never cut") {
    auto zone = MachineReadableZone::parse(manLines);
    zone.optionalData = std::string(16, '1');
    CHECK_THROWS_AS((void)zone.lines(), MalformedData);
    zone = MachineReadableZone::parse(manLines);
    zone.birthDate = "9901011";
    CHECK_THROWS_AS((void)zone.lines(), MalformedData);
    CHECK_THROWS_AS((void)vietnameseDocumentNumber("299000001"), MalformedData);
    CHECK_THROWS_AS((void)vietnameseDocumentNumber("00129900000x"), MalformedData);
}

TEST_CASE("names of Doc 9303-5, 4.2.3, that fit") {
    CHECK(nameLine("PAPANDROPOULOUS", "JONATHON ALEC") == "PAPANDROPOULOUS<<JONATHON<ALEC");
    CHECK(nameLine("VAN DER MUELLEN", "MARTIN") == "VAN<DER<MUELLEN<<MARTIN<<<<<<<");
    CHECK(nameLine("AL BASRI", "HUDA MUHAMMAD JAWAD") == "AL<BASRI<<HUDA<MUHAMMAD<JAWAD<");
    CHECK(nameLine("ARKFREITH", "") == "ARKFREITH<<<<<<<<<<<<<<<<<<<<<");
    CHECK(nameLine("SATRIYA SUDARPA", "") == "SATRIYA<SUDARPA<<<<<<<<<<<<<<<");
}

TEST_CASE("longer names are shortened to a letter at the last position") {
    CHECK(nameLine("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG") == "NILAVADHANANANDA<<ARN<PET<CHAR");
    const std::string primary = nameLine("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO");
    CHECK(primary.size() == 30);
    CHECK(primary.back() != '<');
    CHECK(primary.ends_with("<<D<P"));
    CHECK(nameLine("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ", "") == "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD");
    const std::string initials = nameLine("A B C D E F G H I J K L M N O P Q R S", "T");
    CHECK(initials.size() == 30);
}

TEST_CASE("Vietnamese names lose their diacritics") {
    CHECK(transliterate("Nguyễn Văn Mẫu") == "NGUYEN VAN MAU");
    CHECK(transliterate("Đặng Thị Ước") == "DANG THI UOC");
    CHECK(transliterate("đỗ quỳnh hương") == "DO QUYNH HUONG");
    CHECK(transliterate("Lường Thị Ơn") == "LUONG THI ON");
    CHECK(transliterate("ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ") == std::string(17, 'A'));
    CHECK(transliterate("èéẻẽẹêềếểễệ") == std::string(11, 'E'));
    CHECK(transliterate("ìíỉĩịÌÍỈĨỊ") == std::string(10, 'I'));
    CHECK(transliterate("òóỏõọôồốổỗộơờớởỡợ") == std::string(17, 'O'));
    CHECK(transliterate("ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ") == std::string(22, 'U'));
    CHECK(transliterate("ỳýỷỹỵỲÝỶỸỴ") == std::string(10, 'Y'));
    // the same in decomposed form: Nguye + circumflex + tilde, U + horn + acute
    CHECK(transliterate("Nguye\u0302\u0303n U\u031B\u0301c") == "NGUYEN UOC"[0] + std::string("GUYEN UC"));
}

TEST_CASE("names of ethnic minorities and foreigners follow Doc 9303-3, section 6") {
    CHECK(transliterate("Y Hăm Niê") == "Y HAM NIE");
    CHECK(transliterate("H'Hen Niê") == "HHEN NIE");
    CHECK(transliterate("K’Brêh") == "KBREH");
    CHECK(transliterate("Siu  Black-Rơ Mah ") == "SIU BLACK RO MAH");
    CHECK(transliterate("Þór Œ Straße Jürgen Łukasz") == "THOR OE STRASSE JUERGEN LUKASZ");
}

TEST_CASE("what the MRZ cannot write is refused") {
    CHECK_THROWS_AS((void)transliterate("Nguyễn 2"), MalformedData);
    CHECK_THROWS_AS((void)transliterate("Иван"), MalformedData);
    CHECK_THROWS_AS((void)transliterate("A\xC3"), MalformedData);
    CHECK(transliterate("") == "");
    CHECK_THROWS_AS((void)vietnameseMachineReadableZone(
                        {"001299000001", " - ", day(2099, 1, 1), Sex::Male, std::nullopt, "VNM"}),
                    MalformedData);
}

TEST_CASE("DG1 of the BSI reference data set, a passport") {
    const Bytes file = test::readTestData("bsi-reference/Datagroup1.bin");
    const DataGroup1 dataGroup = DataGroup1::decode(file);
    CHECK(dataGroup.machineReadableZone.format == MrzFormat::Td3);
    CHECK(dataGroup.machineReadableZone.wrongCheckDigits.empty());
    CHECK(dataGroup.machineReadableZone.primaryIdentifier == "MUSTERMANN");
    CHECK(dataGroup.machineReadableZone.documentNumber == "C11T002JM");
    CHECK(dataGroup.lines.size() == 2);
    CHECK(dataGroup.encode() == file);
}

TEST_CASE("DG1 of a Vietnamese card") {
    const DataGroup1 dataGroup = DataGroup1::of(MachineReadableZone::parse(manLines));
    const Bytes file = dataGroup.encode();
    CHECK(file.size() == 95);
    CHECK(toHex(BytesView(file).first(5)) == "615D5F1F5A");
    CHECK(DataGroup1::decode(file) == dataGroup);
    for (std::size_t size = 0; size < file.size(); ++size) {
        CHECK_THROWS_AS((void)DataGroup1::decode(BytesView(file).first(size)), MalformedData);
    }
}
