// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/intake.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "personalization/intake/order_refused.hpp"
#include "tests/unit/personalization/intake/pictures.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

constexpr const char* header =
    "request_id,number,full_name,birth_date,sex,nationality,ethnicity,religion,place_of_origin,"
    "place_of_birth_registration,residence,distinguishing_features,issue_date,expiry_date,old_number,father_"
    "name,"
    "mother_name,spouse_name,other_name,blood_group,portrait,left_index,right_index\n";

std::string row(const std::string& requestId, const std::string& number,
                const std::string& name = "Nguyễn Văn Mẫu", const std::string& birth = "2099-01-01") {
    return requestId + "," + number + "," + name + "," + birth +
           ",M,Việt Nam,Kinh,Không,Hà Nội,Hà Nội,\"Số 1, Phố Mẫu\",Không có,2113-01-02,2124-01-01,,,,,,,"
           "portrait.jpg,finger.png,other.png\n";
}

/// A folder with pictures that goes with the test.
class Folder {
public:
    Folder() {
        write("portrait.jpg", toText(pictures::jpeg(300, 400)));
        write("finger.png", toText(pictures::png(300, 400)));
        write("other.png", toText(pictures::otherPng(300, 400)));
    }

    std::filesystem::path write(const std::string& name, const std::string& content) const {
        std::ofstream(directory_.path() / name, std::ios::binary) << content;
        return directory_.path() / name;
    }

private:
    test::TemporaryDirectory directory_;
};

std::vector<IntakeResult> take(const std::string& rows) {
    const Folder folder;
    Intake intake(folder.write("records.csv", header + rows), {});
    std::vector<IntakeResult> results;
    while (auto result = intake.next()) {
        results.push_back(std::move(*result));
    }
    return results;
}

/// The only error of a result, as "rule/field".
std::string errorOf(const IntakeResult& result) {
    CHECK_FALSE(result.submission);
    std::string errors;
    for (const Finding& finding : result.findings) {
        if (finding.severity() == Severity::Error) {
            CHECK(finding.line == result.line);
            errors += std::string(finding.rule->id) + "/" + finding.field;
        }
    }
    return errors;
}

} // namespace

TEST_CASE("a record comes out with all its fields and the bytes of its pictures") {
    const auto results = take(row("R-1", "001299000001"));
    REQUIRE(results.size() == 1);
    REQUIRE(results[0].submission);
    const CitizenRecord& record = results[0].submission->record;
    CHECK(record.line == 2);
    CHECK(record.requestId == "R-1");
    CHECK(record.number == "001299000001");
    CHECK(record.fullName == "Nguyễn Văn Mẫu");
    CHECK(record.birthDate == dateFromIso("2099-01-01"));
    CHECK(record.sex == Sex::Male);
    CHECK(record.residence == "Số 1, Phố Mẫu");
    CHECK(record.expiryDate == dateFromIso("2124-01-01"));
    CHECK(record.oldNumber.empty());
    CHECK(record.portrait == "portrait.jpg");
    CHECK(results[0].submission->pictures.portrait == pictures::jpeg(300, 400));
    CHECK(results[0].submission->pictures.rightIndex == pictures::otherPng(300, 400));
}

TEST_CASE("a malformed record names its line and field and stops only itself") {
    const auto results =
        take(row("R-1", "001299000001") + row("R-2", "12AB") +
             row("R-3", "001299000003", "Nguyễn Văn Mẫu", "01/01/2099") + "R-4,just,three\n" +
             row("R-5", "001299000005", "\"never closed") + row("R-6", "001299000006", "a|b") +
             row("R-7", "001299000007", "\xFF\xFE") + row("R-8", "001299000008", "") +
             row("R-9", "001299000009", "\"Mẫu\nMẫu\"") + row("R-10", "001299000010"));
    REQUIRE(results.size() == 10);
    CHECK(results[0].submission);
    CHECK(errorOf(results[1]) == "number.digits/number");
    CHECK(results[1].line == 3);
    CHECK(errorOf(results[2]) == "date.form/birth_date");
    CHECK(errorOf(results[3]) == "csv.fields/");
    CHECK(errorOf(results[4]) == "csv.quote-followed/");
    CHECK(errorOf(results[5]) == "text.separator/full_name");
    CHECK(errorOf(results[6]) == "text.utf8/full_name");
    CHECK(errorOf(results[7]) == "field.required/full_name");
    CHECK(errorOf(results[8]) == "text.control/full_name");
    CHECK(results[8].line == 10);
    CHECK(results[9].submission);
    CHECK(results[9].line == 12);
}

TEST_CASE("decomposed text is composed and a warning says so") {
    const auto results = take(row("R-1", "001299000001", "Nguye\xCC\x82\xCC\x83n Mẫu"));
    REQUIRE(results[0].submission);
    CHECK(results[0].submission->record.fullName == "Nguyễn Mẫu");
    REQUIRE(results[0].findings.size() == 1);
    CHECK(results[0].findings[0].rule->id == "text.normalization");
    CHECK(results[0].findings[0].severity() == Severity::Warning);
}

TEST_CASE("the second of two equal numbers or request ids is refused") {
    const auto results =
        take(row("R-1", "001299000001") + row("R-2", "001299000001") + row("R-1", "001299000003"));
    CHECK(results[0].submission);
    CHECK(errorOf(results[1]) == "duplicate.number/number");
    CHECK(errorOf(results[2]) == "duplicate.request-id/request_id");
}

TEST_CASE("pictures are files below the folder of the records") {
    const auto portrait = [](const std::string& path) {
        std::string line = row("R-1", "001299000001");
        line.replace(line.find("portrait.jpg"), 12, path);
        return errorOf(take(line).at(0));
    };
    CHECK(portrait("absent.jpg") == "picture.file/portrait");
    CHECK(portrait("/etc/hostname") == "picture.path/portrait");
    CHECK(portrait("../portrait.jpg") == "picture.path/portrait");
    CHECK(portrait("finger.png") == "portrait.format/portrait");
}

TEST_CASE("a header without a column, or with one twice, is refused by name") {
    const Folder folder;
    const auto refusal = [&folder](const std::string& content) {
        try {
            const Intake intake(folder.write("records.csv", content), {});
        } catch (const OrderRefused& refused) {
            return std::string(refused.finding().rule->id) + "/" + refused.finding().field;
        }
        return std::string();
    };
    CHECK(refusal("request_id,number\n") == "order.column-missing/full_name");
    CHECK(refusal("") == "order.header/");
    CHECK(refusal(std::string("number,") + header) == "order.column-twice/number");
    CHECK(refusal(std::string("remark,remark,") + header) == "order.column-twice/remark");
    CHECK(refusal(header) == "");
    CHECK_THROWS_AS(Intake("/nowhere/records.csv", {}), Error);
}

TEST_CASE("columns of the register and columns that nobody knows come with the record") {
    const Folder folder;
    Intake intake(
        folder.write("records.csv", "former_cards,remark,deceased_or_missing,father_number," +
                                        std::string(header) + "2110: thẻ 001,hàng A|1,,001290000009," +
                                        row("R-1", "001299000001") + ",,,," + row("R-2", "001299000002")),
        {});
    const auto first = intake.next();
    REQUIRE(first);
    REQUIRE(first->submission);
    const CitizenRecord& record = first->submission->record;
    CHECK(record.formerCards == "2110: thẻ 001");
    CHECK(record.fatherNumber == "001290000009");
    CHECK_FALSE(record.deceasedOrMissing);
    CHECK(record.other == std::map<std::string, std::string>{{"remark", "hàng A|1"}});
    REQUIRE(first->findings.size() == 1);
    CHECK(first->findings[0].rule->id == "column.unknown");
    CHECK(first->findings[0].field == "remark");
    const auto second = intake.next();
    REQUIRE(second);
    CHECK(second->findings.empty()); // said once
    REQUIRE(second->submission);
    CHECK(second->submission->record.other.empty());
}
