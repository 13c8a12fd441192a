// SPDX-License-Identifier: Apache-2.0
#include "qr/payload.hpp"

#include <algorithm>

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

bool hasRemark(const ParsedPayload& parsed, std::string_view part) {
    return std::any_of(parsed.remarks.begin(), parsed.remarks.end(),
                       [&](const auto& remark) { return remark.find(part) != std::string::npos; });
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
    CHECK(parsed.remarks.empty());
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

TEST_CASE("what a keyboard-wedge scanner does to the text is repaired and named") {
    SUBCASE("decomposed letters") {
        // "Nguyễn" with e, circumflex, tilde as three code points.
        const auto parsed = parsePayload(replaceAll(published, "ễ", "e\xCC\x82\xCC\x83"));
        CHECK(parsed.payload == publishedPayload());
        CHECK(hasRemark(parsed, "normalization form C"));
    }
    SUBCASE("carriage return, line feed, NUL, byte-order mark") {
        std::string text("\xEF\xBB\xBF");
        text.append(published).append("\r\n");
        text.insert(text.begin() + 10, '\0');
        const auto parsed = parsePayload(text);
        CHECK(parsed.payload == publishedPayload());
        CHECK(hasRemark(parsed, "control characters"));
    }
    SUBCASE("doubled separators") {
        const auto of2021 = parsePayload(replaceAll(published, "|", "||"));
        CHECK(of2021.payload == publishedPayload());
        CHECK(of2021.profile == Profile::Cccd2021);
        CHECK(hasRemark(of2021, "doubled"));
        const auto of2024 = parsePayload(replaceAll(std::string(published) + "||||", "|", "||"));
        CHECK(of2024.payload == publishedPayload());
        CHECK(of2024.profile == Profile::Cancuoc2024);
    }
}

TEST_CASE("everything but a missing number is reported and not refused") {
    SUBCASE("another number of fields") {
        const auto parsed = parsePayload("001299000001||Mẫu");
        CHECK_FALSE(parsed.profile.has_value());
        CHECK(parsed.payload.fullName == "Mẫu");
        CHECK(hasRemark(parsed, "3 fields"));
    }
    SUBCASE("more fields than any card has") {
        const auto parsed = parsePayload(std::string(published) + "||||||||");
        CHECK_FALSE(parsed.profile.has_value());
        CHECK(hasRemark(parsed, "left out"));
    }
    SUBCASE("odd content") {
        const auto parsed = parsePayload("001299000001|12|Mẫu|1-1-2099|X|B|");
        CHECK(hasRemark(parsed, "old number"));
        CHECK(hasRemark(parsed, "birth date"));
        CHECK(hasRemark(parsed, "issue date"));
        CHECK(hasRemark(parsed, "sex"));
    }
    SUBCASE("text that is not UTF-8") {
        const auto parsed = parsePayload("001299000001||M\xE2u|01012099|Nam|B|02012113");
        CHECK(parsed.payload.fullName == "M\xEF\xBF\xBDu");
        CHECK(hasRemark(parsed, "not UTF-8"));
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
