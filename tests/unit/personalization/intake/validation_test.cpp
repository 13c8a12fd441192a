// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/validation.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"
#include "personalization/intake/identification_number.hpp"
#include "personalization/intake/unicode_text.hpp"
#include "personalization/intake/validity_period.hpp"
#include "tests/unit/personalization/intake/pictures.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

CitizenRecord citizen() {
    CitizenRecord record;
    record.requestId = "R-000001";
    record.number = "001299000001";
    record.fullName = "Nguyễn Văn Mẫu";
    record.birthDate = dateFromIso("2099-01-01");
    record.sex = Sex::Male;
    record.nationality = "Việt Nam";
    record.residence = "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội";
    record.issueDate = dateFromIso("2113-01-02");
    record.expiryDate = dateFromIso("2124-01-01");
    record.line = 7;
    return record;
}

const Pictures& goodPictures() {
    static const Pictures pictures{pictures::jpeg(300, 400), pictures::png(300, 400),
                                   pictures::otherPng(300, 400)};
    return pictures;
}

std::vector<std::string> broken(const CitizenRecord& record, const Pictures& pictures = goodPictures(),
                                const IntakePolicy& policy = {}) {
    std::vector<std::string> ids;
    for (const Finding& finding : validate(record, pictures, policy)) {
        CHECK(finding.line == record.line);
        ids.push_back(std::string(finding.rule->id) + "/" + finding.field);
    }
    return ids;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("a right record breaks no rule") {
    CHECK(broken(citizen()) == Ids{});
}

TEST_CASE("each rule finds what it is for") {
    CitizenRecord record = citizen();
    SUBCASE("request id") {
        record.requestId = "R 1";
        CHECK(broken(record) == Ids{"request-id.form/request_id"});
    }
    SUBCASE("eleven digits") {
        record.number = "00129900000";
        CHECK(broken(record) == Ids{"number.digits/number"});
    }
    SUBCASE("a letter among the digits") {
        record.number = "0012990000O1";
        CHECK(broken(record) == Ids{"number.digits/number"});
    }
    SUBCASE("no such province") {
        record.number = "003299000001";
        CHECK(broken(record) == Ids{"number.place/number"});
    }
    SUBCASE("another year of birth") {
        record.number = "001298000001";
        CHECK(broken(record) == Ids{"number.birth-year/number"});
    }
    SUBCASE("another century") {
        record.number = "001499000001";
        CHECK(broken(record) == Ids{"number.birth-year/number"});
    }
    SUBCASE("another sex") {
        record.sex = Sex::Female;
        CHECK(broken(record) == Ids{"number.sex/number"});
    }
    SUBCASE("a digit in the name") {
        record.fullName = "Nguyễn Văn Mẫu 2";
        CHECK(broken(record) == Ids{"name.letters/full_name"});
    }
    SUBCASE("a letter that the MRZ has no place for") {
        record.fullName = "Nguyễn Ɣăn Mẫu";
        CHECK(broken(record) == Ids{"name.vietnamese/full_name", "name.mrz/full_name"});
    }
    SUBCASE("a name longer than its line in the MRZ") {
        record.fullName = "Nguyễn Hoàng Phương Thảo Nguyên Mẫu";
        CHECK(broken(record) == Ids{"name.mrz-length/full_name"});
        record.fullName = "Nguyễn Phương Thảo Nguyên Mẫu"; // 29 characters and one filler more
        CHECK(broken(record) == Ids{});
    }
    SUBCASE("two spaces in the mother's name") {
        record.motherName = "Trần  Thị Mẫu";
        CHECK(broken(record) == Ids{"relative.letters/mother_name"});
    }
    SUBCASE("issued before birth") {
        record.issueDate = dateFromIso("2098-12-31");
        CHECK(broken(record) ==
              Ids{"dates.birth-before-issue/issue_date", "dates.expiry-by-age/expiry_date"});
    }
    SUBCASE("expired when issued") {
        record.expiryDate = record.issueDate;
        CHECK(broken(record) ==
              Ids{"dates.issue-before-expiry/expiry_date", "dates.expiry-by-age/expiry_date"});
    }
    SUBCASE("ten digits of an old number") {
        record.oldNumber = "0123456789";
        CHECK(broken(record) == Ids{"old-number.digits/old_number"});
    }
    SUBCASE("issued after the policy's day") {
        IntakePolicy policy;
        policy.today = dateFromIso("2113-01-01");
        CHECK(broken(record, goodPictures(), policy) == Ids{"dates.not-in-future/issue_date"});
        policy.today = dateFromIso("2113-01-02");
        CHECK(broken(record, goodPictures(), policy) == Ids{});
    }
}

TEST_CASE("pictures are decoded to their end") {
    Pictures pictures = goodPictures();
    SUBCASE("portrait of another size") {
        pictures.portrait = pictures::jpeg(400, 300);
        CHECK(broken(citizen(), pictures) == Ids{"portrait.ratio/portrait"});
    }
    SUBCASE("portrait cut short") {
        pictures.portrait.resize(pictures.portrait.size() / 2);
        CHECK(broken(citizen(), pictures) == Ids{"portrait.whole/portrait"});
    }
    SUBCASE("portrait is a PNG") {
        pictures.portrait = pictures.leftIndex;
        CHECK(broken(citizen(), pictures) == Ids{"portrait.format/portrait"});
    }
    SUBCASE("finger in colour") {
        pictures.leftIndex = pictures::png(300, 400, PNG_FORMAT_RGB);
        CHECK(broken(citizen(), pictures) == Ids{"finger.format/left_index"});
    }
    SUBCASE("finger cut short") {
        pictures.rightIndex.resize(pictures.rightIndex.size() / 2);
        CHECK(broken(citizen(), pictures) == Ids{"finger.whole/right_index"});
    }
    SUBCASE("pictures too large for the chip") {
        IntakePolicy policy;
        policy.maximumPictureBytes = 100;
        CHECK(broken(citizen(), pictures, policy) ==
              Ids{"portrait.bytes/portrait", "finger.bytes/left_index", "finger.bytes/right_index"});
    }
}

TEST_CASE("a message never repeats what the register says") {
    CitizenRecord record = citizen();
    record.fullName = "Tên9";
    record.number = "00129900000X";
    for (const Finding& finding : validate(record, goodPictures(), {})) {
        for (const Language language : {Language::English, Language::Vietnamese}) {
            CHECK(finding.message(language).find("Tên9") == std::string::npos);
            CHECK(finding.message(language).find("00129900000X") == std::string::npos);
        }
    }
}

TEST_CASE("the expiry follows the age at issue") {
    const auto expiry = [](const char* birth, const char* issue) {
        const auto date = lawfulExpiry(dateFromIso(birth), dateFromIso(issue));
        return date ? toIso(*date) : "none";
    };
    CHECK(expiry("2099-01-01", "2110-12-31") == "2113-01-01"); // eleven: until 14
    CHECK(expiry("2099-01-01", "2111-01-01") == "2124-01-01"); // two years before 14: until 25
    CHECK(expiry("2099-01-01", "2121-12-31") == "2124-01-01");
    CHECK(expiry("2099-01-01", "2122-01-01") == "2139-01-01"); // two years before 25: until 40
    CHECK(expiry("2099-01-01", "2137-01-01") == "2159-01-01");
    CHECK(expiry("2099-01-01", "2156-12-31") == "2159-01-01");
    CHECK(expiry("2099-01-01", "2157-01-01") == "none");
    CHECK(expiry("2096-02-29", "2112-05-01") == "2121-02-28"); // no 29 February in that year
}

TEST_CASE("the digits of a number tell place, year and sex") {
    const IdentificationNumber number("096399123456");
    CHECK(number.hasKnownPlace());
    CHECK(number.birthYear() == std::chrono::year(2099));
    CHECK(number.sex() == Sex::Female);
    CHECK_FALSE(IdentificationNumber("095999000000").birthYear() == std::chrono::year(2099));
    CHECK(IdentificationNumber("095999000000").birthYear() == std::chrono::year(2399));
    CHECK(IdentificationNumber("135299000000").hasKnownPlace()); // born abroad
    CHECK_FALSE(IdentificationNumber("000299000000").hasKnownPlace());
}

TEST_CASE("a number is held against the province of the registration, by its name of then and of now") {
    const IdentificationNumber number("017299000001");
    CHECK_FALSE(number.contradicts(""));
    CHECK_FALSE(number.contradicts("Xã Mẫu, Huyện Mẫu, Hòa Bình"));
    CHECK_FALSE(number.contradicts("Xã Mẫu, Huyện Mẫu, tỉnh Hoà Bình")); // the other place of the tone
    CHECK_FALSE(number.contradicts("Xã Mẫu, Phú Thọ"));                  // since July 2025
    CHECK_FALSE(number.contradicts("Đại sứ quán Việt Nam tại Lào"));
    CHECK(number.contradicts("Số 1 Phố Hòa Bình, Quận 1, TP. Hồ Chí Minh"));
    CHECK(number.contradicts("Hà Nội"));
    CHECK_FALSE(IdentificationNumber("135299000001").contradicts("Hà Nội")); // born abroad, no province
}

TEST_CASE("the letters of Vietnamese names are known in both cases, those of others are not") {
    CHECK(hasVietnameseLettersOnly("NGUYỄN VĂN ĐƯỢC nguyễn văn được"));
    CHECK(hasVietnameseLettersOnly("Jơ Wa Zung Fa"));
    CHECK_FALSE(hasVietnameseLettersOnly("Siu Bĕl"));
    CHECK_FALSE(hasVietnameseLettersOnly("Müller"));
}

TEST_CASE("names are Latin words") {
    CHECK(isPersonalName("Nguyễn Văn Mẫu"));
    CHECK(isPersonalName("H'Hen Niê"));
    CHECK(isPersonalName("Y. Đôn Ê-ban"));
    CHECK_FALSE(isPersonalName(""));
    CHECK_FALSE(isPersonalName(" Mẫu"));
    CHECK_FALSE(isPersonalName("Mẫu "));
    CHECK_FALSE(isPersonalName("Mẫu<script>"));
    CHECK_FALSE(isPersonalName("阮文"));
    CHECK_FALSE(isPersonalName("\xC3\x28"));
}

TEST_CASE("decomposed letters come together") {
    CHECK(toNormalizationFormC("Nguye\xCC\x82\xCC\x83n") == "Nguyễn");
    CHECK(characterCount("Nguyễn") == 6);
    CHECK_THROWS_AS(static_cast<void>(toNormalizationFormC("\xFF")), MalformedData);
    CHECK_FALSE(isUtf8("\xC0\x80"));     // overlong
    CHECK_FALSE(isUtf8("\xED\xA0\x80")); // surrogate
}
