// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/intake.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
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
           "portrait.jpg,finger.png,finger.png\n";
}

/// A folder with pictures that goes with the test.
class Folder {
public:
    Folder() {
        write("portrait.jpg", toText(pictures::jpeg(300, 400)));
        write("finger.png", toText(pictures::png(300, 400)));
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
        if (finding.severity == Severity::Error) {
            CHECK(finding.line == result.line);
            errors += finding.rule + "/" + finding.field;
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
    CHECK(record.portrait.is_absolute());
    CHECK(results[0].submission->pictures.portrait == pictures::jpeg(300, 400));
    CHECK(results[0].submission->pictures.rightIndex == pictures::png(300, 400));
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
    CHECK(errorOf(results[2]) == "field.form/birth_date");
    CHECK(errorOf(results[3]) == "csv.fields/");
    CHECK(errorOf(results[4]) == "csv.structure/");
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
    CHECK(results[0].findings[0].rule == "text.normalization");
    CHECK(results[0].findings[0].severity == Severity::Warning);
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
    CHECK(portrait("/etc/hostname") == "field.form/portrait");
    CHECK(portrait("../portrait.jpg") == "field.form/portrait");
    CHECK(portrait("finger.png") == "portrait.image/portrait");
}

TEST_CASE("a header without a column, or with one twice, is refused; an unknown column is named") {
    const Folder folder;
    CHECK_THROWS_AS(Intake(folder.write("records.csv", "request_id,number\n"), {}), MalformedData);
    CHECK_THROWS_AS(Intake(folder.write("records.csv", ""), {}), MalformedData);
    CHECK_THROWS_AS(Intake(folder.write("records.csv", std::string("number,") + header), {}), MalformedData);
    const Intake intake(folder.write("records.csv", std::string("remark,") + header), {});
    CHECK(intake.unknownColumns() == std::vector<std::string>{"remark"});
    CHECK_THROWS_AS(Intake("/nowhere/records.csv", {}), Error);
}
