// SPDX-License-Identifier: Apache-2.0
#include "host/trace/pseudonyms.hpp"

#include "host/base/utf8.hpp"
#include "host/biometric/image.hpp"
#include "host/lds/machine_readable_zone.hpp"
#include "host/trace/file_redaction.hpp"
#include "host/trace/image_redaction.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using trace::Pseudonyms;

TEST_CASE("the same value has the same pseudonym, and another one with another key") {
    SystemRandom random;
    Pseudonyms pseudonyms(random);
    Pseudonyms others(random);
    const Bytes value = fromHex("00112233445566778899AABBCCDDEEFF00112233");
    CHECK(pseudonyms.bytes(value) == pseudonyms.bytes(value));
    CHECK(pseudonyms.bytes(value).size() == value.size());
    CHECK(pseudonyms.bytes(value) != value);
    CHECK(pseudonyms.bytes(value) != others.bytes(value));
    CHECK(pseudonyms.text("NGUYEN VAN MAU") == pseudonyms.text("NGUYEN VAN MAU"));
}

TEST_CASE("text keeps its form") {
    SystemRandom random;
    Pseudonyms pseudonyms(random);
    const std::string name = "Nguyễn Văn Mẫu 12";
    const std::string other = pseudonyms.text(name);
    CHECK(other.size() == name.size());
    CHECK(isUtf8(other));
    CHECK(other != name);
    CHECK(other[8] == ' ');
    CHECK(pseudonyms.text("").empty());
    const std::string date = pseudonyms.text("31/12/2098");
    CHECK(date.size() == 10);
    CHECK(date.substr(5, 3) == "/20");
    CHECK(date.substr(8) + date.substr(3, 2) + date.substr(0, 2) == pseudonyms.yearMonthDay("981231"));
    CHECK(pseudonyms.yearMonthDay("991231") == "991231");
}

TEST_CASE("a part of an identifier is the same part of its pseudonym, whichever comes first") {
    SystemRandom random;
    Pseudonyms wholeFirst(random);
    const std::string whole = wholeFirst.identifier("001299000001");
    CHECK(wholeFirst.identifier("299000001") == whole.substr(3));
    CHECK(wholeFirst.identifier("000001") == whole.substr(6));
    Pseudonyms partFirst(random);
    const std::string part = partFirst.identifier("000001");
    CHECK(partFirst.identifier("001299000001").ends_with(part));
    CHECK(partFirst.identifier("299000001").ends_with(part));
}

TEST_CASE("an MRZ becomes another person's, with right check digits") {
    SystemRandom random;
    Pseudonyms pseudonyms(random);
    for (const std::string& zone :
         {std::string(test::machineReadableZone),
          // Doc 9303-4, Appendix B, and 9303-6, Appendix B: the specimens of TD3 and TD2.
          std::string(
              "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
          std::string("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6")}) {
        const std::string other = trace::redactZone(zone, pseudonyms);
        CAPTURE(other);
        CHECK(other.size() == zone.size());
        CHECK(trace::redactZone(zone, pseudonyms) == other);
        const auto parsed = lds::MachineReadableZone::parse(other);
        const auto original = lds::MachineReadableZone::parse(zone);
        CHECK(parsed.wrongCheckDigits.empty());
        CHECK(parsed.issuingState == original.issuingState);
        CHECK(parsed.documentNumber != original.documentNumber);
        CHECK(parsed.birthDate != original.birthDate);
        CHECK(parsed.primaryIdentifier != original.primaryIdentifier);
    }
    CHECK(trace::redactZone("NO<ZONE<AT<ALL", pseudonyms).size() == 14);
}

TEST_CASE("data objects keep tags and lengths; what is none becomes a pseudonym as a whole") {
    SystemRandom random;
    Pseudonyms pseudonyms(random);
    const Bytes objects = fromHex("6D1130060201010C0141300702010213024142");
    const Bytes other = trace::redactDataObjects(objects, pseudonyms);
    CHECK(other.size() == objects.size());
    CHECK(toHex(BytesView(other).first(8)) == "6D11300602010"
                                              "10C");
    CHECK(other != objects);
    const Bytes none = fromHex("6DFF0102030405060708090A0B0C0D0E0F10");
    const Bytes redacted = trace::redactDataObjects(none, pseudonyms);
    CHECK(redacted == pseudonyms.bytes(none));
}
