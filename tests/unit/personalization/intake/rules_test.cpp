// SPDX-License-Identifier: Apache-2.0
// Every rule of the intake with an order that keeps it, as near to the border as can be, and one that breaks
// it.
#include "host/base/date.hpp"
#include "personalization/intake/rule_table.hpp"
#include "tests/support/zip_writer.hpp"
#include "tests/unit/personalization/intake/order_draft.hpp"
#include "tests/unit/personalization/intake/order_signer.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::OrderDraft;
using cancuoc::test::take;
using cancuoc::test::Taken;

namespace {

struct Fixture {
    using Change = std::function<void(OrderDraft&)>;

    std::string rule;
    Change keeps;
    Change breaks;
};

void unchanged(OrderDraft&) {}

Fixture::Change with(const char* column, const std::string& value) {
    return [column, value](OrderDraft& draft) { draft.record()[column] = value; };
}

Fixture::Change withFile(const char* name, const Bytes& content) {
    return [name, content](OrderDraft& draft) { draft.files[name] = content; };
}

Fixture::Change withCsv(const std::function<std::string(const std::string&)>& change) {
    return [change](OrderDraft& draft) {
        draft.files["records.csv"] = OrderDraft::toBytes(change(draft.csv()));
    };
}

/// JSON lines: the good record's object as `change` leaves it.
Fixture::Change withJson(const std::function<std::string(const std::string&)>& change) {
    return [change](OrderDraft& draft) {
        draft.files["records.jsonl"] = OrderDraft::toBytes(change(draft.jsonLines()));
    };
}

/// The JSON object with one more member in front.
Fixture::Change withMember(const std::string& member) {
    return withJson([member](const std::string& line) { return "{" + member + "," + line.substr(1); });
}

std::string repeated(std::size_t count, const std::string& text) {
    std::string result;
    for (std::size_t index = 0; index < count; ++index) {
        result += text;
    }
    return result;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

Fixture::Change withSecond(const char* column, const std::string& value) {
    return [column, value](OrderDraft& draft) {
        OrderDraft::Record second = draft.record();
        second["request_id"] = "R-2";
        second["number"] = "001299000003";
        second[column] = value;
        draft.records.push_back(second);
    };
}

/// An order that comes after one with the good record, changed as `change` says.
Fixture::Change after(const Fixture::Change& change) {
    return [change](OrderDraft& draft) {
        OrderDraft earlier;
        change(earlier);
        draft.before.push_back(earlier);
    };
}

Fixture::Change withPolicy(std::size_t IntakePolicy::*limit, std::size_t value) {
    return [limit, value](OrderDraft& draft) { draft.policy.*limit = value; };
}

Fixture::Change today(const char* day) {
    return [day](OrderDraft& draft) { draft.policy.today = dateFromIso(day); };
}

Bytes cut(Bytes file) {
    file.resize(file.size() / 2);
    return file;
}

std::vector<Fixture> orderFixtures() {
    return {
        {"order.records", unchanged, [](OrderDraft& draft) { draft.withoutRecords = true; }},
        {"order.header", unchanged, withCsv([](const std::string&) { return ""; })},
        {"order.column-missing", unchanged, [](OrderDraft& draft) { draft.record().erase("expiry_date"); }},
        {"order.column-twice", unchanged, withCsv([](const std::string& text) { return "number," + text; })},
    };
}

Fixture::Change withZip(const std::vector<test::ZipEntry>& entries) {
    return [entries](OrderDraft& draft) {
        auto all = test::entriesOf(draft.everyFile());
        all.insert(all.end(), entries.begin(), entries.end());
        draft.files["order.zip"] = test::zipOf(all);
        draft.name = "order.zip";
    };
}

Fixture::Change withZipOf(std::size_t entries) {
    return [entries](OrderDraft& draft) {
        withZip({})(draft);
        draft.orderPolicy.zip.entries = entries;
    };
}

std::vector<Fixture> archiveFixtures() {
    const Bytes one{1};
    return {
        {"zip.structure", withZip({}),
         [](OrderDraft& draft) {
             withZip({})(draft);
             draft.files["order.zip"].resize(draft.files["order.zip"].size() - 10);
         }},
        {"zip.entries", withZipOf(4), withZipOf(3)},
        {"zip.path", withZip({{"a..b/c", one}}), withZip({{"../x", one}})},
        {"zip.twice", withZip({{"name-1", one}, {"name-2", one}}),
         withZip({{"name-1", one}, {"./name-1", one}})},
        {"zip.method", withZip({{"name", one}}), withZip({{"name", one, true}})},
        {"zip.unpacked", withZip({{"zeros", Bytes(1 << 19)}}), withZip({{"zeros", Bytes(16 << 20)}})},
    };
}

const test::OrderSigner& ministry() {
    static const test::OrderSigner signer("Ministry of Samples");
    return signer;
}

/// The ministry's signature, made once for each content.
const Bytes& signatureOf(const Bytes& content, const std::string& options) {
    static std::map<std::pair<Bytes, std::string>, Bytes> made;
    const auto [place, fresh] = made.try_emplace({content, options});
    if (fresh) {
        place->second = ministry().sign(content, options);
    }
    return place->second;
}

/// Lists and signs the folder, then changes it.
Fixture::Change listedThen(const Fixture::Change& change, const std::string& options = "-outform DER") {
    return [change, options](OrderDraft& draft) {
        draft.files["records.csv"] = OrderDraft::toBytes(draft.csv());
        draft.files["SHA256SUMS"] = test::manifestOf(draft.files);
        draft.files["SHA256SUMS.p7s"] = signatureOf(draft.files["SHA256SUMS"], options);
        draft.orderPolicy.signature = ministry().policy();
        change(draft);
    };
}

Fixture::Change appendTo(const char* name) {
    return [name](OrderDraft& draft) { draft.files[name].push_back('\n'); };
}

Fixture::Change withList(const std::string& list) {
    return listedThen([list](OrderDraft& draft) {
        const Bytes bytes = OrderDraft::toBytes(toText(draft.files["SHA256SUMS"]) + list);
        draft.files["SHA256SUMS"] = bytes;
        draft.files["SHA256SUMS.p7s"] = ministry().sign(bytes);
    });
}

std::vector<Fixture> signatureFixtures() {
    const std::string zeros(64, '0');
    return {
        {"signature.missing", listedThen(unchanged),
         [](OrderDraft& draft) { draft.orderPolicy.signature = ministry().policy(); }},
        {"signature.unchecked", listedThen(unchanged),
         listedThen([](OrderDraft& draft) { draft.orderPolicy.signature = {}; })},
        {"signature.structure", listedThen(unchanged), listedThen(withFile("SHA256SUMS.p7s", {0x30, 0x82}))},
        {"signature.signer", listedThen(unchanged), listedThen([](OrderDraft& draft) {
             draft.orderPolicy.signature = test::OrderSigner("Stranger").policy();
         })},
        {"signature.certificate", listedThen(unchanged),
         listedThen([](OrderDraft& draft) { draft.orderPolicy.signature.time -= std::chrono::seconds(1); })},
        {"signature.strength", listedThen(unchanged), listedThen(unchanged, "-outform DER -md sha1")},
        {"signature.value", listedThen(unchanged), listedThen(appendTo("SHA256SUMS"))},
        {"signature.pictures", listedThen(unchanged),
         [](OrderDraft& draft) {
             draft.files["order"] =
                 ministry().sign(OrderDraft::toBytes(draft.csv()), "-nodetach -outform DER");
             draft.orderPolicy.signature = ministry().policy();
             draft.name = "order";
         }},
        {"manifest.structure", withList(zeros + " *more.jpg\r\n"), withList(zeros + "  ../more.jpg\n")},
        {"manifest.records", listedThen(unchanged), listedThen(appendTo("records.csv"))},
        {"picture.manifest", listedThen(appendTo("more")), listedThen(appendTo("portrait.jpg"))},
    };
}

std::vector<Fixture> lineFixtures() {
    const auto append = [](const std::string& line) {
        return withCsv([line](const std::string& text) { return text + line; });
    };
    const auto object = [](const std::string& line) { return line; };
    return {
        {"csv.quote-open", append("\n"), append("\"R-2,001\n")},
        {"csv.quote-followed", append("\n"), append("\"R-2\"x,001\n")},
        {"csv.quote-inside", append("\n"), append("R\"2,001\n")},
        {"csv.line-length", with("distinguishing_features", repeated(64, "a")),
         append(repeated(70'000, "a") + "\n")},
        {"csv.line-fields", append("\n"), append(repeated(100, ",") + "\n")},
        {"csv.fields", append("\n"), append("R-2,001299000003\n")},
        {"json.line-length", withMember("\"more\":\"" + repeated(9'000, "a") + "\""),
         withMember("\"more\":\"" + repeated(70'000, "a") + "\"")},
        {"json.object", withMember("\"more\":" + repeated(6, "[") + repeated(6, "]")),
         withMember("\"more\":" + repeated(20'000, "[") + repeated(20'000, "]"))},
        {"json.name-twice", withJson(object), withMember("\"number\":\"001299000002\"")},
        {"json.text", withMember("\"more\":[1,2]"),
         withJson([](const std::string& line) { return replaced(line, "\"001299000001\"", "1299000001"); })},
    };
}

std::vector<Fixture> fieldFixtures() {
    return {
        {"column.unknown", with("place_of_birth", "Hà Nội"), with("shoe_size", "42")},
        {"text.utf8", with("full_name", "Nguyễn Mẫu"),
         [](OrderDraft& draft) {
             draft.files["records.csv"] = OrderDraft::toBytes(replaced(draft.csv(), "Mẫu", "M\xE1u"));
         }},
        {"text.control", unchanged, with("full_name", "Nguyễn\u200BMẫu")},
        {"text.separator", with("residence", "Số 1/2, Hà Nội"), with("residence", "Số 1|2, Hà Nội")},
        {"text.length", with("ethnicity", repeated(50, "ê")), with("ethnicity", repeated(51, "ê"))},
        {"text.normalization", unchanged, with("full_name", "Nguye\u0302\u0303n Ma\u0302\u0303u")},
        {"text.face-length", with("distinguishing_features", repeated(64, "ê")),
         with("distinguishing_features", repeated(65, "ê"))},
        {"field.required", with("religion", ""), with("residence", "")},
        {"date.form", unchanged, with("birth_date", "2099-02-29")},
        {"sex.form", unchanged, with("sex", "X")},
        {"picture.path", with("portrait", "./portrait.jpg"), with("portrait", "a/../../portrait.jpg")},
        {"picture.file", unchanged, with("portrait", "absent.jpg")},
        {"picture.empty", unchanged, withFile("left.png", {})},
    };
}

std::vector<Fixture> textFixtures() {
    return {
        {"request-id.form", with("request_id", "R-1_a.Z"), with("request_id", "R 1")},
        {"number.digits", unchanged, with("number", "00129900000")},
        {"number.place", with("number", "097299000001"), with("number", "003299000001")},
        {"number.birth-year", unchanged, with("number", "001298000001")},
        {"number.sex", unchanged, with("number", "001399000001")},
        {"number.registration", with("place_of_birth_registration", "Tỉnh Mẫu"),
         with("place_of_birth_registration", "Xã Mẫu, Cà Mau")},
        {"old-number.digits", with("old_number", "990000001"), with("old_number", "99000000")},
        {"cancelled-number.digits", with("cancelled_number", "001299000009"),
         with("cancelled_number", "001299000001")},
        {"name.letters", with("full_name", "H'Hen Y-a St. Mẫu"), with("full_name", "Nguyễn Mẫu 2")},
        {"name.vietnamese", with("full_name", "Đặng Ưỡ Fa"), with("full_name", "Siu Bĕl")},
        {"name.mrz", with("full_name", "Siu Bĕl"), with("full_name", "Nguyễn Ɣăn")},
        {"name.mrz-length", with("full_name", "Nguyễn Phương Thảo Nguyên Mẫu"),
         with("full_name", "Nguyễn Phương Thảo Nguyên Mẫuu")},
        {"name.mrz-words", with("full_name", repeated(14, "Y ") + "Y"),
         with("full_name", repeated(15, "Y ") + "Y")},
        {"relative.letters", with("mother_name", "Trần Thị Mẫu"), with("mother_name", "Trần  Thị Mẫu")},
        {"relative.number", with("spouse_number", "990000001"), with("spouse_number", "9900000011")},
        {"nationality.vietnam", unchanged, with("nationality", "Lào")},
        {"blood-group.form", with("blood_group", "AB-"), with("blood_group", "C")},
        {"dates.birth-before-issue", with("issue_date", "2099-01-02"), with("issue_date", "2099-01-01")},
        {"dates.not-in-future", today("2113-01-02"), today("2113-01-01")},
        {"dates.age",
         [](OrderDraft& draft) {
             draft["issue_date"] = "2219-01-01";
             draft["expiry_date"] = "";
         },
         [](OrderDraft& draft) {
             draft["issue_date"] = "2219-01-02";
             draft["expiry_date"] = "";
         }},
        {"dates.issue-before-expiry", with("expiry_date", "2113-01-03"), with("expiry_date", "2113-01-02")},
        {"dates.expiry-by-age", unchanged, with("expiry_date", "2125-01-01")},
        {"deceased-or-missing", with("deceased_or_missing", ""), with("deceased_or_missing", "2112-01-01")},
        {"dg13.length", withPolicy(&IntakePolicy::maximumDataGroup13Bytes, 420),
         withPolicy(&IntakePolicy::maximumDataGroup13Bytes, 300)},
        {"qr.length", with("residence", repeated(156, "a")), with("residence", repeated(157, "a"))},
    };
}

std::vector<Fixture> pictureFixtures() {
    constexpr std::uint32_t fiveHundred = 19'685; // dots per metre
    constexpr std::uint32_t thousand = 39'370;
    return {
        {"portrait.format", unchanged, withFile("portrait.jpg", pictures::png(300, 400))},
        {"portrait.whole", unchanged, withFile("portrait.jpg", cut(pictures::jpeg(300, 400)))},
        {"portrait.ratio", unchanged, withFile("portrait.jpg", pictures::jpeg(400, 300))},
        {"portrait.size", unchanged, withFile("portrait.jpg", pictures::jpeg(600, 800))},
        {"portrait.bytes", unchanged, withPolicy(&IntakePolicy::maximumPictureBytes, 100)},
        {"portrait.light", unchanged, withFile("portrait.jpg", pictures::evenJpeg(300, 400, 20))},
        {"portrait.face-zone", unchanged, withFile("portrait.jpg", pictures::evenJpeg(300, 400, 128))},
        {"finger.format", unchanged, withFile("left.png", pictures::png(300, 400, PNG_FORMAT_RGB))},
        {"finger.whole", unchanged, withFile("left.png", cut(pictures::png(300, 400)))},
        {"finger.size", withFile("left.png", pictures::png(150, 1000)),
         withFile("left.png", pictures::png(149, 400))},
        {"finger.resolution",
         withFile("left.png", pictures::withDotsPerMetre(pictures::png(300, 400), fiveHundred)),
         withFile("left.png", pictures::withDotsPerMetre(pictures::png(300, 400), thousand))},
        {"finger.bytes", unchanged, withPolicy(&IntakePolicy::maximumPictureBytes, 100)},
        {"finger.ridges", unchanged, withFile("right.png", pictures::evenPng(300, 400, 128))},
        {"finger.same", unchanged, with("right_index", "left.png")},
    };
}

std::vector<Fixture> duplicateFixtures() {
    return {
        {"duplicate.request-id", withSecond("request_id", "R-3"), withSecond("request_id", "R-1")},
        {"duplicate.number", withSecond("number", "001299000005"), withSecond("number", "001299000001")},
        {"duplicate.request-data", after(unchanged), after(with("full_name", "Trần Văn Mẫu"))},
        {"duplicate.citizen", after(unchanged), after(with("request_id", "R-0"))},
    };
}

std::vector<Fixture> everyFixture() {
    std::vector<Fixture> all;
    for (auto&& some : {orderFixtures(), archiveFixtures(), signatureFixtures(), lineFixtures(),
                        fieldFixtures(), textFixtures(), pictureFixtures(), duplicateFixtures()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

Taken outcome(const Fixture::Change& change) {
    OrderDraft draft;
    change(draft);
    return take(draft);
}

} // namespace

TEST_CASE("the good record of the fixtures breaks no rule at all") {
    const Taken taken = outcome(unchanged);
    for (const Finding& finding : taken.findings) {
        CAPTURE(finding.rule->id);
        CHECK(false);
    }
    CHECK(taken.submissions.size() == 1);
}

TEST_CASE("every rule has an order that keeps it and one that breaks it, and says why in full") {
    std::set<std::string> tried;
    for (const Fixture& fixture : everyFixture()) {
        CAPTURE(fixture.rule);
        CHECK(tried.insert(fixture.rule).second);
        const Taken kept = outcome(fixture.keeps);
        CHECK_FALSE(kept.names(fixture.rule));
        CHECK_FALSE(kept.submissions.empty());
        const Taken broken = outcome(fixture.breaks);
        CHECK(broken.names(fixture.rule));
        for (const Finding& finding : broken.findings) {
            CHECK(finding.message(Language::English).find("{0}") == std::string::npos);
            CHECK(finding.message(Language::Vietnamese).find("{1}") == std::string::npos);
        }
        CHECK((hasError(broken.findings) || !broken.submissions.empty())); // a warning lets the record pass
    }
    for (const Rule& rule : everyRule) {
        CAPTURE(rule.id);
        CHECK(tried.erase(std::string(rule.id)) == 1); // a rule without fixtures is refused
    }
    CHECK(tried.empty());
}

TEST_CASE("every message is there in both languages, with the same places for values") {
    std::set<std::string_view> ids;
    for (const Rule& rule : everyRule) {
        CAPTURE(rule.id);
        CHECK(ids.insert(rule.id).second);
        CHECK_FALSE(rule.source.empty());
        CHECK_FALSE(rule.english.empty());
        CHECK_FALSE(rule.vietnamese.empty());
        CHECK(rule.english != rule.vietnamese);
        for (const char* place : {"{0}", "{1}"}) {
            CHECK((rule.english.find(place) == std::string_view::npos) ==
                  (rule.vietnamese.find(place) == std::string_view::npos));
        }
    }
}
