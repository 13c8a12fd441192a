// SPDX-License-Identifier: Apache-2.0
#include "qr/health_insurance_card.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "qr/payload.hpp"
#include "qr/qr_json.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;

namespace {

// Name and address are the hexadecimal of "Mẫu" and "Hà Nội".
constexpr std::string_view card =
    "DN4019900000001|4de1baab75|01/01/2099|1|48c3a0204ee1bb9969|01 - 001|02/01/2113|-|$";

} // namespace

TEST_CASE("the QR of a health-insurance card is decoded") {
    const auto parsed = parseHealthInsuranceCard(card);
    CHECK(parsed.card ==
          HealthInsuranceCard{
              "DN4019900000001", "Mẫu", "01/01/2099", "1", "Hà Nội", {"01 - 001", "02/01/2113", "-", "$"}});
    CHECK(parsed.oddities.empty());
}

TEST_CASE("what scanners do to it is undone, and what cannot be read stays") {
    // Lower-case and upper-case digits, "Mẫu" decomposed; an address that is no hexadecimal.
    const auto parsed = parseHealthInsuranceCard("0199000001|4D61CC82CC8375|2099|2|Hà Nội\r\n");
    CHECK(parsed.card.fullName == "Mẫu");
    CHECK(parsed.card.residence == "Hà Nội");
    REQUIRE(parsed.oddities.size() == 2);
    CHECK(parsed.oddities[0].kind == OddityKind::ControlCharacters);
    CHECK(parsed.oddities[1].kind == OddityKind::NotNormalizationFormC);
    CHECK(parsed.oddities[1].field == 2);
    const auto damaged = parseHealthInsuranceCard("0199000001|4de1ba|2099|2|");
    REQUIRE(damaged.oddities.size() == 1);
    CHECK(damaged.oddities[0].kind == OddityKind::NotUtf8);
}

TEST_CASE("letters apart from their marks are named where some bytes are no UTF-8, too") {
    // FF, then "Mẫu" decomposed.
    const auto parsed = parseHealthInsuranceCard("0199000001|ff4d61cc82cc8375|2099|2|");
    CHECK(parsed.card.fullName == "\xEF\xBF\xBDMẫu");
    REQUIRE(parsed.oddities.size() == 2);
    CHECK(parsed.oddities[0].kind == OddityKind::NotUtf8);
    CHECK(parsed.oddities[1].kind == OddityKind::NotNormalizationFormC);
}

TEST_CASE("characters in hexadecimal that no name or address has are named") {
    // "M鸡u", "Mẫu" before a line feed and before NUL, "Ðẫu" with Eth, and U+FFFD that the card has.
    for (const std::string_view name :
         {"4de9b8a175", "4de1baab750a", "4de1baab7500", "c390e1baab75", "4defbfbd75"}) {
        CAPTURE(name);
        const auto parsed = parseHealthInsuranceCard("0199000001|" + std::string(name) + "|2099|2|");
        REQUIRE(parsed.oddities.size() == 1);
        CHECK(parsed.oddities[0].kind == OddityKind::ForeignCharacters);
        CHECK(parsed.oddities[0].field == 2);
        const auto address = parseHealthInsuranceCard("0199000001|4d|2099|2|" + std::string(name));
        REQUIRE(address.oddities.size() == 1);
        CHECK(address.oddities[0].kind == OddityKind::ForeignCharacters);
        CHECK(address.oddities[0].field == 5);
    }
    // FF, then "鸡".
    const auto both = parseHealthInsuranceCard("0199000001|ffe9b8a1|2099|2|");
    REQUIRE(both.oddities.size() == 2);
    CHECK(both.oddities[0].kind == OddityKind::NotUtf8);
    CHECK(both.oddities[1].kind == OddityKind::ForeignCharacters);
}

TEST_CASE("spaces in its fields are named, in hexadecimal too") {
    // " Mẫu", and "Hà  Nội" with two spaces.
    const auto parsed = parseHealthInsuranceCard("0199000001|204de1baab75|2099 |2|48c3a020204ee1bb9969");
    REQUIRE(parsed.oddities.size() == 3);
    const std::size_t fields[] = {2, 3, 5};
    for (std::size_t index = 0; index < parsed.oddities.size(); ++index) {
        CHECK(parsed.oddities[index].kind == OddityKind::FieldSpaces);
        CHECK(parsed.oddities[index].field == fields[index]);
    }
    CHECK(parsed.card.fullName == " Mẫu");
}

TEST_CASE("a scanner that doubles the separators is undone, as on an identity card") {
    for (const std::string_view fields : {"4de1baab75|01/01/2099|1|48c3a0204ee1bb9969|c|d|e|f",
                                          "4de1baab75|a|b|c|d|e", "4de1baab75|a|b|c|d"}) {
        std::string doubled = "0199000001||";
        for (const char character : fields) {
            doubled.append(character == '|' ? 2 : 1, character);
        }
        CAPTURE(doubled);
        CHECK(classify(doubled) == PayloadKind::HealthInsuranceCard);
        const auto parsed = parseHealthInsuranceCard(doubled);
        CHECK(parsed.card == parseHealthInsuranceCard("0199000001|" + std::string(fields)).card);
        REQUIRE(parsed.oddities.size() == 1);
        CHECK(parsed.oddities[0].kind == OddityKind::DoubledSeparators);
        CHECK(parsed.oddities[0].position == 10);
        CHECK(describeSymbol(doubled)["payload"]["fullName"] == "Mẫu");
    }
}

TEST_CASE("what is no health-insurance card is refused") {
    for (const std::string_view text : {"", "0199000001", "0199000001|4de|2099", "0199000001||2099",
                                        "dn4019900000001|4de1baab75|2099", "001299000001||Mẫu"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(static_cast<void>(parseHealthInsuranceCard(text)), MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(
                        parseHealthInsuranceCard(std::string(card) + std::string(maximumPayloadLength, 'x'))),
                    MalformedData);
}

TEST_CASE("the JSON of a symbol tells its fields, its oddities, or why it was refused") {
    const auto insurance = describeSymbol(std::string(card) + "\n");
    CHECK(insurance["kind"] == "health-insurance-card");
    CHECK(insurance["payload"]["fullName"] == "Mẫu");
    CHECK(insurance["oddities"][0]["kind"] == "control-characters");
    CHECK(insurance["oddities"][0]["position"] == card.size());
    CHECK(insurance["oddities"][0]["undone"] == true);
    CHECK(insurance["remarks"].size() == 1);

    const auto identity = describeSymbol("001299000001|12|Mẫu|01012099|Nam|B|02012113");
    CHECK(identity["oddities"][0]["kind"] == "old-number-form");
    CHECK(identity["oddities"][0]["field"] == 2);
    CHECK(identity["oddities"][0]["undone"] == false);

    const auto endless = describeSymbol(std::string(card) + std::string(maximumPayloadLength, 'x'));
    CHECK(endless["kind"] == "health-insurance-card");
    CHECK(endless["refusal"]["reason"] == "too-long");

    const auto other = describeSymbol("https://example.test/");
    CHECK(other["kind"] == "unknown");
    CHECK(other["refusal"]["reason"] == "no-number");
    CHECK(other["refusal"]["position"] == 0);
}
