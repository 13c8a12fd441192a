// SPDX-License-Identifier: Apache-2.0
#include "qr/payload.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

#include <doctest/doctest.h>

#include "host/base/error.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;

namespace {

// The invented payload of the card profile.
constexpr std::string_view published =
    "001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113";

Payload publishedPayload() {
    return {"001299000001", "", "Nguyễn Văn Mẫu", "01012099", "Nam", "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội",
            "02012113",     {}};
}

const Oddity* oddityOf(const ParsedPayload& parsed, OddityKind kind) {
    const auto found = std::find_if(parsed.oddities.begin(), parsed.oddities.end(),
                                    [&](const Oddity& oddity) { return oddity.kind == kind; });
    return found == parsed.oddities.end() ? nullptr : &*found;
}

bool has(const ParsedPayload& parsed, OddityKind kind) {
    return oddityOf(parsed, kind) != nullptr;
}

// The one oddity of a text that is otherwise the published card's, and where it begins.
std::size_t positionOfOnly(const ParsedPayload& parsed, OddityKind kind) {
    CHECK(parsed.payload == publishedPayload());
    REQUIRE(parsed.oddities.size() == 1);
    CHECK(parsed.oddities[0].kind == kind);
    CHECK(isUndone(kind));
    REQUIRE(parsed.oddities[0].position.has_value());
    return *parsed.oddities[0].position;
}

PayloadRefused refusalOf(std::string_view text) {
    try {
        parsePayload(text);
    } catch (const PayloadRefused& refused) {
        return refused;
    }
    FAIL("the text was not refused");
    throw std::logic_error("not reached");
}

std::string replaceAll(std::string_view text, std::string_view from, std::string_view to) {
    std::string result;
    for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
        result.append(text.substr(0, at)).append(to);
        text.remove_prefix(at + from.size());
    }
    result.append(text);
    return result;
}

} // namespace

TEST_CASE("the payload of 2021 is read field by field and written again to the byte") {
    const auto parsed = parsePayload(published);
    CHECK(parsed.payload == publishedPayload());
    CHECK(parsed.profile == Profile::Cccd2021);
    CHECK(parsed.oddities.empty());
    CHECK(formatPayload(parsed.payload, Profile::Cccd2021) == published);
}

TEST_CASE("the number of fields tells the generation, an empty old number does not") {
    const auto of2024 = parsePayload(std::string(published) + "||||");
    CHECK(of2024.profile == Profile::Cancuoc2024);
    CHECK(of2024.payload == publishedPayload());
    CHECK(formatPayload(of2024.payload, Profile::Cancuoc2024) == std::string(published) + "||||");

    const auto withOldNumber = parsePayload("001299000001|012345678|A|01012099|Nam|B|02012113");
    CHECK(withOldNumber.profile == Profile::Cccd2021);
    CHECK(withOldNumber.payload.oldNumber == "012345678");
}

TEST_CASE("the four fields of 2024 are kept raw and in order") {
    const auto parsed = parsePayload(std::string(published) + "|a|b||d");
    CHECK(parsed.payload.additional == std::array<std::string, 4>{"a", "b", "", "d"});
    CHECK(formatPayload(parsed.payload, Profile::Cancuoc2024) == std::string(published) + "|a|b||d");
    CHECK_THROWS_AS(formatPayload(parsed.payload, Profile::Cccd2021), MalformedData);
}

TEST_CASE("what a keyboard-wedge scanner does to the text is undone, named and placed") {
    const std::string text(published);
    SUBCASE("decomposed letters") {
        // "Nguyễn" with e, circumflex, tilde as three code points.
        const auto parsed = parsePayload(replaceAll(published, "ễ", "e\xCC\x82\xCC\x83"));
        CHECK(positionOfOnly(parsed, OddityKind::NotNormalizationFormC) == published.find("ễ"));
    }
    SUBCASE("carriage return, line feed, NUL") {
        auto withControls = text + "\r\n";
        withControls.insert(withControls.begin() + 10, '\0');
        CHECK(positionOfOnly(parsePayload(withControls), OddityKind::ControlCharacters) == 10);
    }
    SUBCASE("byte-order mark") {
        CHECK(positionOfOnly(parsePayload("\xEF\xBB\xBF" + text), OddityKind::ByteOrderMark) == 0);
    }
    SUBCASE("spaces around it") {
        CHECK(positionOfOnly(parsePayload("  " + text), OddityKind::SurroundingSpaces) == 0);
        CHECK(positionOfOnly(parsePayload(text + " "), OddityKind::SurroundingSpaces) == text.size());
        CHECK(positionOfOnly(parsePayload(text + "   "), OddityKind::SurroundingSpaces) == text.size());
        const auto afterLine = parsePayload("\r" + text + "\r 　\n ");
        CHECK(afterLine.payload == publishedPayload());
        REQUIRE(has(afterLine, OddityKind::SurroundingSpaces));
        CHECK(oddityOf(afterLine, OddityKind::SurroundingSpaces)->position == text.size() + 2);
        const auto afterMark = parsePayload("\xEF\xBB\xBF " + text);
        REQUIRE(has(afterMark, OddityKind::SurroundingSpaces));
        CHECK(oddityOf(afterMark, OddityKind::SurroundingSpaces)->position == 3);
    }
    SUBCASE("full-width digits and separators") {
        CHECK(positionOfOnly(parsePayload(replaceAll(published, "|", "｜")),
                             OddityKind::FullWidthCharacters) == 12);
        CHECK(positionOfOnly(parsePayload(replaceAll(published, "9", "９")),
                             OddityKind::FullWidthCharacters) == 4);
        CHECK(positionOfOnly(parsePayload(replaceAll(published, " 1 ", "　１　")),
                             OddityKind::FullWidthCharacters) == published.find(" 1 "));
    }
    SUBCASE("doubled separators") {
        const auto of2021 = parsePayload(replaceAll(published, "|", "||"));
        CHECK(positionOfOnly(of2021, OddityKind::DoubledSeparators) == 12);
        CHECK(of2021.profile == Profile::Cccd2021);
        const auto of2024 = parsePayload(replaceAll(text + "||||", "|", "||"));
        CHECK(of2024.payload == publishedPayload());
        CHECK(of2024.profile == Profile::Cancuoc2024);
    }
    SUBCASE("all of it at once") {
        const auto parsed = parsePayload(
            " " + replaceAll(replaceAll(published, "ẫ", "a\xCC\x82\xCC\x83"), "|", "｜｜") + "\r");
        CHECK(parsed.payload == publishedPayload());
        CHECK(parsed.oddities.size() == 5);
    }
}

// The texts were made with Python's codecs.
TEST_CASE("UTF-8 that was taken for another character set is turned back") {
    SUBCASE("Latin-1") {
        const auto parsed = parsePayload("001299000001||Nguy\u00e1\u00bb\u0085n V\u00c4\u0083n "
                                         "M\u00e1\u00ba\u00abu|01012099|Nam|S\u00e1\u00bb\u0091 1 "
                                         "Ph\u00e1\u00bb\u0091 M\u00e1\u00ba\u00abu, "
                                         "Ph\u00c6\u00b0\u00e1\u00bb\u009dng M\u00e1\u00ba\u00abu, "
                                         "H\u00c3\u00a0 N\u00e1\u00bb\u0099i|02012113");
        CHECK(positionOfOnly(parsed, OddityKind::MistakenCharacterSet) == 18);
    }
    SUBCASE("Windows-1252") {
        const auto parsed = parsePayload("001299000001||Nguy\u00e1\u00bb\u2026n V\u00c4\u0192n "
                                         "M\u00e1\u00ba\u00abu|01012099|Nam|S\u00e1\u00bb\u2018 1 "
                                         "Ph\u00e1\u00bb\u2018 M\u00e1\u00ba\u00abu, "
                                         "Ph\u00c6\u00b0\u00e1\u00bb\u009dng M\u00e1\u00ba\u00abu, "
                                         "H\u00c3\u00a0 N\u00e1\u00bb\u2122i|02012113");
        CHECK(positionOfOnly(parsed, OddityKind::MistakenCharacterSet) == 18);
        CHECK(parsed.oddities[0].sentence.find("1252") != std::string::npos);
    }
    SUBCASE("Latin-1, of letters apart from their marks") {
        const auto parsed =
            parsePayload("001299000001||Ma\u00cc\u0082\u00cc\u0083u|01012099|Nam|Ha\u00cc\u0080|02012113");
        CHECK(parsed.payload.fullName == "Mẫu");
        CHECK(parsed.payload.residence == "Hà");
        REQUIRE(parsed.oddities.size() == 2);
        CHECK(parsed.oddities[0].kind == OddityKind::MistakenCharacterSet);
        CHECK(parsed.oddities[1].kind == OddityKind::NotNormalizationFormC);
        CHECK(parsed.oddities[1].position == 16);
    }
    SUBCASE("Latin-1, whose letters were taken apart afterwards") {
        // "Mẫu" and "Hà", the latter's Ã as A and its mark.
        const auto parsed =
            parsePayload("001299000001||M\u00e1\u00ba\u00abu|01012099|Nam|HA\u0303\u00a0|02012113");
        CHECK(parsed.payload.fullName == "Mẫu");
        CHECK(parsed.payload.residence == "Hà");
        REQUIRE(parsed.oddities.size() == 2);
        REQUIRE(has(parsed, OddityKind::MistakenCharacterSet));
        REQUIRE(has(parsed, OddityKind::NotNormalizationFormC));
        CHECK(oddityOf(parsed, OddityKind::NotNormalizationFormC)->position == 37);
    }
    SUBCASE("Latin-1 taken apart twice") {
        // "à" decomposed, taken for Latin-1, and its Ì decomposed.
        const auto parsed = parsePayload("001299000001||HaI\u0300\u0080|01012099|Nam|B|02012113");
        CHECK(parsed.payload.fullName == "Hà");
        CHECK(parsed.oddities.size() == 2);
        CHECK(has(parsed, OddityKind::NotNormalizationFormC));
    }
    SUBCASE("Windows-1252 that looks like letters, with a byte-order mark") {
        // "LÊ" alone: both of its mistaken characters are Latin letters.
        const auto parsed = parsePayload("ï»¿001299000001||LÃŠ|01012099|Nam|B|02012113");
        CHECK(parsed.payload.number == "001299000001");
        CHECK(parsed.payload.fullName == "LÊ");
        CHECK(has(parsed, OddityKind::MistakenCharacterSet));
        CHECK(has(parsed, OddityKind::ByteOrderMark));
    }
    SUBCASE("twice") {
        const auto parsed = parsePayload("001299000001||LÃƒÅ\u00A0|01012099|Nam|B|02012113");
        CHECK(parsed.payload.fullName == "LÊ");
        CHECK(parsed.oddities.size() == 2);
    }
    SUBCASE("Windows-1252, where an Ã and an apostrophe look Vietnamese") {
        const auto parsed = parsePayload("001299000001||TÃ’NG|01012099|Nam|B|02012113");
        CHECK(parsed.payload.fullName == "TÒNG");
        REQUIRE(parsed.oddities.size() == 1);
        CHECK(parsed.oddities[0].kind == OddityKind::MistakenCharacterSet);
        CHECK(parsePayload("001299000001||H’Bia Tòng|01012099|Nam|B|02012113").oddities.empty());
    }
    SUBCASE("Big5") {
        const auto parsed =
            parsePayload("001299000001||L礙 B羅i M廕哎|01012099|Nam|G簷 D廕吟, T璽y Ninh|02012113");
        CHECK(parsed.payload.fullName == "Lê Bùi Mẫu");
        CHECK(parsed.payload.residence == "Gò Dầu, Tây Ninh");
        REQUIRE(has(parsed, OddityKind::MistakenCharacterSet));
        CHECK(parsed.oddities[0].sentence.find("Big5") != std::string::npos);
        CHECK(parsed.oddities.size() == 1);
    }
    SUBCASE("Big5 with Hong Kong's characters") {
        CHECK(parsePayload("001299000001||Ph⑹廙𢲷 M廕》h|01012099|Nam|C廕吵 Th①|02012113").payload.fullName ==
              "Phước Mạnh");
    }
    SUBCASE("Shift-JIS") {
        const auto parsed = parsePayload("001299000001||Lﾃｪ Bﾃｹi M蘯ｫu|01012099|N盻ｯ|Ph盻ｯﾆ｡ng|02012113");
        CHECK(parsed.payload.fullName == "Lê Bùi Mẫu");
        CHECK(parsed.payload.sex == "Nữ");
        REQUIRE(parsed.oddities.size() == 1);
        CHECK(parsed.oddities[0].sentence.find("Shift-JIS") != std::string::npos);
    }
}

TEST_CASE("what is not certain is not turned back, and named") {
    // A byte was lost on the way: the continuation byte of one letter.
    const auto lost = parsePayload("001299000001||Nguy\u00e1\u00bbn|01012099|Nam|B|02012113");
    CHECK(lost.payload.fullName == "Nguy\u00e1\u00bbn");
    REQUIRE(has(lost, OddityKind::ForeignCharacters));
    CHECK(oddityOf(lost, OddityKind::ForeignCharacters)->position == 20);
    CHECK_FALSE(isUndone(OddityKind::ForeignCharacters));
    // A decoder put replacement characters where its table has nothing.
    const auto replaced = parsePayload("001299000001||Nguy廙\uFFFDn|01012099|Nam|B|02012113");
    CHECK(has(replaced, OddityKind::ForeignCharacters));
    CHECK_FALSE(has(replaced, OddityKind::MistakenCharacterSet));
    // Eth is drawn like Đ.
    const auto eth = parsePayload("001299000001||Ðinh Mẫu|01012099|Nam|B|02012113");
    CHECK(eth.payload.fullName == "Ðinh Mẫu");
    REQUIRE(eth.oddities.size() == 1);
    CHECK(eth.oddities[0].kind == OddityKind::ForeignCharacters);
    CHECK(eth.oddities[0].position == 14);
    // Names of other languages of Vietnam are no mistake.
    const auto minority = parsePayload("001299000001||H'Bia Ƀlĕ Ênuôl Čư|01012099|Nữ|Buôn Ƀ|02012113");
    CHECK(minority.oddities.empty());
}

TEST_CASE("everything but a missing number is reported and not refused") {
    SUBCASE("another number of fields") {
        const auto parsed = parsePayload("001299000001||Mẫu");
        CHECK_FALSE(parsed.profile.has_value());
        CHECK(parsed.payload.fullName == "Mẫu");
        REQUIRE(has(parsed, OddityKind::FieldCount));
        CHECK(oddityOf(parsed, OddityKind::FieldCount)->sentence.find("3 fields") != std::string::npos);
    }
    SUBCASE("more fields than any card has") {
        const auto parsed = parsePayload(std::string(published) + "||||||||");
        CHECK_FALSE(parsed.profile.has_value());
        REQUIRE(has(parsed, OddityKind::FieldsLeftOut));
        CHECK(oddityOf(parsed, OddityKind::FieldsLeftOut)->field == 12);
    }
    SUBCASE("odd content") {
        const auto parsed = parsePayload("001299000001|12||1-1-2099|X|B|");
        for (const auto& [kind, field] : {std::pair{OddityKind::OldNumberForm, 2U},
                                          {OddityKind::NameEmpty, 3U},
                                          {OddityKind::BirthDateForm, 4U},
                                          {OddityKind::SexForm, 5U},
                                          {OddityKind::IssueDateForm, 7U}}) {
            REQUIRE(has(parsed, kind));
            CHECK(oddityOf(parsed, kind)->field == field);
        }
    }
    SUBCASE("days that no calendar has, and a card without a residence") {
        for (const auto& [text, kind, field] :
             {std::tuple{"001299000001||Mẫu|99999999|Nam|B|02012113", OddityKind::BirthDateDay, 4U},
              {"001299000001||Mẫu|30022096|Nam|B|02012113", OddityKind::BirthDateDay, 4U},
              {"001299000001||Mẫu|01012099|Nam|B|00000000", OddityKind::IssueDateDay, 7U},
              {"001299000001||Mẫu|01012099|Nam||02012113", OddityKind::ResidenceEmpty, 6U}}) {
            const auto parsed = parsePayload(text);
            CAPTURE(parsed.payload.fullName);
            CAPTURE(parsed.oddities.size());
            REQUIRE(parsed.oddities.size() == 1);
            CHECK(parsed.oddities[0].kind == kind);
            CHECK(parsed.oddities[0].field == field);
            CHECK_FALSE(isUndone(kind));
        }
    }
    SUBCASE("spaces that are the card's own") {
        for (const auto& [text, field] : {std::pair{"001299000001|| Mẫu|01012099|Nam|B|02012113", 3U},
                                          {"001299000001||Văn  Mẫu|01012099|Nam|B|02012113", 3U},
                                          {"001299000001||Mẫu|01012099|Nam|B |02012113", 6U},
                                          {"001299000001||Mẫu|01012099|Nam|B|02012113|||| ẫ", 11U}}) {
            const auto parsed = parsePayload(text);
            CAPTURE(parsed.payload.fullName);
            CAPTURE(parsed.oddities.size());
            REQUIRE(parsed.oddities.size() == 1);
            CHECK(parsed.oddities[0].kind == OddityKind::FieldSpaces);
            CHECK(parsed.oddities[0].field == field);
        }
        CHECK(parsePayload("001299000001|| Mẫu|01012099|Nam|B|02012113").payload.fullName == " Mẫu");
    }
    SUBCASE("text that is not UTF-8, with letters apart from their marks") {
        const auto parsed =
            parsePayload("001299000001||M\xE2u \xFF\xFFNguye\xCC\x82\xCC\x83n|01012099|Nam|B|02012113");
        CHECK(parsed.payload.fullName == "M\xEF\xBF\xBDu \xEF\xBF\xBD\xEF\xBF\xBDNguyễn");
        REQUIRE(parsed.oddities.size() == 2);
        CHECK(oddityOf(parsed, OddityKind::NotUtf8)->position == 15);
        REQUIRE(has(parsed, OddityKind::NotNormalizationFormC));
        CHECK(oddityOf(parsed, OddityKind::NotNormalizationFormC)->position == 24);
    }
    SUBCASE("text that is not UTF-8") {
        const auto parsed = parsePayload("001299000001||M\xE2u|01012099|Nam|B|02012113");
        CHECK(parsed.payload.fullName == "M\xEF\xBF\xBDu");
        REQUIRE(parsed.oddities.size() == 1);
        CHECK(parsed.oddities[0].kind == OddityKind::NotUtf8);
        CHECK(parsed.oddities[0].position == 15);
        CHECK(parsePayload("001299000001｜｜M\xE2u｜01012099|Nam|B|02012113").payload.birthDate ==
              "01012099");
    }
}

TEST_CASE("each kind of oddity has a name and a sentence of its own") {
    std::vector<std::string> names;
    for (auto kind = 0; kind <= static_cast<int>(OddityKind::FieldSpaces); ++kind) {
        const auto oddity = oddityAt(static_cast<OddityKind>(kind), 0);
        names.emplace_back(oddityName(oddity.kind));
        names.push_back(oddity.sentence);
    }
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("a refusal says why and where") {
    struct Expected {
        std::string_view text;
        RefusalReason reason;
        std::size_t position;
    };
    const Expected expectations[] = {
        {"", RefusalReason::NoNumber, 0},
        {"|", RefusalReason::NoNumber, 0},
        {"00129900000|x", RefusalReason::NoNumber, 11},
        {" \r\n00129900000x|", RefusalReason::NoNumber, 14},
        {"0012990000011|x", RefusalReason::NoNumber, 13},
        {"https://example.test/", RefusalReason::NoNumber, 0},
        {"001299000001", RefusalReason::NoSeparator, 12},
        {"００１２９９０００００１x", RefusalReason::NoSeparator, 36},
        {"0199000001|4de1baab75|01/01/2099|", RefusalReason::HealthInsuranceCard, 0}};
    for (const auto& expected : expectations) {
        CAPTURE(expected.text);
        const auto refusal = refusalOf(expected.text);
        CHECK(refusal.reason() == expected.reason);
        CHECK(refusal.position() == expected.position);
        CHECK(std::string(refusal.what()).find("identity card") != std::string::npos);
    }
    CHECK(std::string(refusalOf("00129900000|x").what()).find("after 11 digits, at byte 11") !=
          std::string::npos);
    CHECK(refusalOf(std::string(maximumPayloadLength + 1, '1')).reason() == RefusalReason::TooLong);
    for (const auto reason : {RefusalReason::TooLong, RefusalReason::NoNumber, RefusalReason::NoSeparator,
                              RefusalReason::HealthInsuranceCard}) {
        CHECK_FALSE(refusalName(reason).empty());
    }
}

TEST_CASE("a text without a 12-digit number is refused") {
    for (const std::string_view text :
         {"", "|", "00129900000|x", "0012990000011|x", "https://example.test/", "001299000001"}) {
        CAPTURE(text);
        CHECK(classify(text) == PayloadKind::Unknown);
        CHECK_THROWS_AS(parsePayload(text), MalformedData);
    }
    CHECK_THROWS_AS(parsePayload(std::string(published) + std::string(maximumPayloadLength, 'x')),
                    MalformedData);
}

TEST_CASE("the QR of a health-insurance card is recognized and named") {
    // Name and address are the hex of UTF-8: "Mẫu", "Hà Nội".
    for (const std::string_view number : {"DN4019900000001", "0199000001"}) {
        const auto text =
            std::string(number) + "|4de1baab75|01/01/2099|1|48c3a0204ee1bb9969|01 - 001|02/01/2113|-|$";
        CHECK(classify(text) == PayloadKind::HealthInsuranceCard);
        CHECK_THROWS_WITH_AS(parsePayload(text),
                             "This is the QR of a health-insurance card, not of an identity card.",
                             MalformedData);
    }
}

TEST_CASE("a payload that a scanner would read otherwise is not written") {
    auto payload = publishedPayload();
    SUBCASE("separator in a field") {
        payload.residence.push_back('|');
    }
    SUBCASE("line feed in a field") {
        payload.fullName.push_back('\n');
    }
    SUBCASE("not UTF-8") {
        payload.fullName.push_back('\xFF');
    }
    SUBCASE("no number") {
        payload.number.pop_back();
    }
    CHECK_THROWS_AS(formatPayload(payload, Profile::Cccd2021), MalformedData);
}

TEST_CASE("a written payload is in normalization form C") {
    auto payload = publishedPayload();
    payload.fullName = "Nguye\xCC\x82\xCC\x83n Văn Mẫu";
    CHECK(formatPayload(payload, Profile::Cccd2021) == published);
}

TEST_CASE("profiles have names") {
    CHECK(profileFromName("cccd-2021") == Profile::Cccd2021);
    CHECK(profileFromName("cancuoc-2024") == Profile::Cancuoc2024);
    CHECK_THROWS_AS(profileFromName("cmnd"), BadConfiguration);
}
