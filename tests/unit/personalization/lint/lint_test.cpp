// SPDX-License-Identifier: Apache-2.0
// What the linter says of rules, of files that are none, and of what States have published; each rule's own
// files are in rule_fixtures_test.cpp.
#include "personalization/lint/linter.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "personalization/lint/unruled_clauses.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

bool isOfAStandard(std::string_view clause) {
    return clause.starts_with("Doc 9303-") || clause.starts_with("BSI TR-03110-") ||
           clause.starts_with("RFC 5280, ") ||
           clause.starts_with("Checks against Doc 9303 applied to PKD uploads, ");
}

std::set<std::string> brokenBy(BytesView file) {
    std::set<std::string> ids;
    for (const auto& finding : lint::examine(file).findings) {
        ids.insert(finding.rule->id);
    }
    return ids;
}

constexpr const char* germanList = "trust/DE_ML_2025-06-25-09-31-57.ml";
constexpr const char* dutchList = "trust/NL_ML_2025-07-29.ml";

/// How many findings there are of each rule.
std::map<std::string, int> countsOf(const lint::Report& report) {
    std::map<std::string, int> counts;
    for (const auto& finding : report.findings) {
        ++counts[finding.rule->id];
    }
    return counts;
}

} // namespace

TEST_CASE("rules have identifiers of their own, and say what, where and how bad") {
    std::set<std::string> ids;
    for (const auto* rule : lint::everyRule()) {
        CAPTURE(rule->id);
        CHECK(ids.insert(rule->id).second);
        CHECK(isOfAStandard(rule->clause));
        CHECK_FALSE(rule->broken.empty());
        CHECK(rule->id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos);
    }
    CHECK(ids.count("certificate.crl-distribution-points.is-missing") == 1);
    CHECK(ids.count("certificate.signature-algorithm.uses-sha-1") == 1);
}

TEST_CASE("clauses without a rule say what they demand, and why nobody asks") {
    CHECK_FALSE(lint::unruledClauses().empty());
    for (const auto& one : lint::unruledClauses()) {
        CAPTURE(one.demand);
        CHECK(isOfAStandard(one.clause));
        CHECK_FALSE(one.demand.empty());
        CHECK_FALSE(one.reason.empty());
    }
}

TEST_CASE("profiles are known by their names") {
    for (const auto profile : lint::everyProfile) {
        CHECK(lint::profileOf(lint::nameOf(profile)) == profile);
    }
    CHECK_FALSE(lint::profileOf("9").has_value());
}

TEST_CASE("what is no file of the PKI is malformed, whatever it holds") {
    const std::set<std::string> malformed{"file.malformed"};
    for (const Bytes& file : {Bytes{0x77}, Bytes{0x30, 0x00}, toBytes(viewOf("text"))}) {
        CHECK(brokenBy(file).count("file.malformed") == 1);
    }
    CHECK(brokenBy(Bytes()).count("file.malformed") == 1);
    CHECK(brokenBy(Bytes(1000, 0x30)).count("file.malformed") == 1);
    CHECK(brokenBy(Bytes{0xDC}).count("file.malformed") == 1);
    CHECK(brokenBy(Bytes{0x7F, 0x21}) == malformed);
}

TEST_CASE("every certificate of two published master lists is held against the rules") {
    const auto german = lint::examine(test::readTestData(germanList));
    CHECK(german.kind == "master list");
    CHECK(german.certificates == 559);
    CHECK(german.findings.size() > german.certificates); // what real countries get wrong
    const auto counts = countsOf(german);
    CHECK(counts.at("certificate.subject-alt-name.is-missing") == 176);
    CHECK(counts.count("certificate.subject-alt-name.is-not-allowed") == 0);
    CHECK(counts.count("file.malformed") == 0);
}

TEST_CASE("the older checks of uploads forbid the alternative names that both editions want") {
    const auto dutch = lint::examine(test::readTestData(dutchList), lint::Profile::PkdUpload);
    CHECK(dutch.certificates == 394);
    const auto counts = countsOf(dutch);
    CHECK(counts.at("certificate.subject-alt-name.is-not-allowed") == 252);
    CHECK(counts.count("certificate.subject-alt-name.is-missing") == 0);
    CHECK(counts.count("file.malformed") == 0);
}
