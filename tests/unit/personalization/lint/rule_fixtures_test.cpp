// SPDX-License-Identifier: Apache-2.0
// Each rule has a file that breaks it and nothing else, made of one that breaks none.
#include "personalization/lint/linter.hpp"

#include "host/base/file.hpp"
#include "tests/unit/personalization/lint/fixtures.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::Fixture;
using Ids = std::set<std::string>;

namespace {

Ids brokenBy(BytesView file, lint::Profile profile) {
    Ids ids;
    for (const auto& finding : lint::examine(file, profile).findings) {
        ids.insert(finding.rule->id);
    }
    return ids;
}

std::string joined(const Ids& ids) {
    std::string text;
    for (const auto& id : ids) {
        text += (text.empty() ? "" : " ") + id;
    }
    return text;
}

const lint::Rule* ruleOf(const std::string& id) {
    for (const auto* rule : lint::everyRule()) {
        if (rule->id == id) {
            return rule;
        }
    }
    return nullptr;
}

const std::vector<Fixture>& everyFixture() {
    static const std::vector<Fixture> all = [] {
        std::vector<Fixture> fixtures;
        for (const auto& some : {test::certificateFixtures(), test::certificateExtensionFixtures(),
                                 test::revocationListFixtures(), test::signedDataFixtures(),
                                 test::cvCertificateFixtures(), test::sealFixtures()}) {
            fixtures.insert(fixtures.end(), some.begin(), some.end());
        }
        return fixtures;
    }();
    return all;
}

} // namespace

TEST_CASE("the files are kept for people where CANCUOC_LINT_FIXTURES names a folder") {
    const char* const folder = std::getenv("CANCUOC_LINT_FIXTURES");
    if (folder == nullptr) {
        return;
    }
    std::filesystem::create_directories(folder);
    std::map<std::string, int> seen;
    for (const auto& fixture : everyFixture()) {
        const int number = ++seen[fixture.rule];
        const std::string name = fixture.rule + (number > 1 ? "-" + std::to_string(number) : "");
        writeFile(std::filesystem::path(folder) / (name + ".failing"), fixture.failing);
        writeFile(std::filesystem::path(folder) / (name + ".passing"), fixture.passing);
    }
}

TEST_CASE("what a rule's failing file is made of breaks no rule") {
    std::set<std::pair<Bytes, lint::Profile>> seen;
    for (const auto& fixture : everyFixture()) {
        if (seen.emplace(fixture.passing, fixture.profile).second) {
            CAPTURE(fixture.rule);
            CHECK(joined(brokenBy(fixture.passing, fixture.profile)).empty());
        }
    }
}

TEST_CASE("a rule's failing file breaks that rule, and only what cannot stand without it") {
    for (const auto& fixture : everyFixture()) {
        CAPTURE(fixture.rule);
        Ids expected(fixture.companions.begin(), fixture.companions.end());
        expected.insert(fixture.rule);
        CHECK(joined(brokenBy(fixture.failing, fixture.profile)) == joined(expected));
    }
}

TEST_CASE("no rule is without a failing file, and no file without a rule") {
    Ids covered;
    for (const auto& fixture : everyFixture()) {
        covered.insert(fixture.rule);
    }
    Ids rules;
    for (const auto* rule : lint::everyRule()) {
        rules.insert(rule->id);
    }
    CHECK(joined(covered) == joined(rules));
}

TEST_CASE("a rule that does not hold in a profile is never found broken in it") {
    for (const auto& fixture : everyFixture()) {
        for (const auto& finding : lint::examine(fixture.failing, lint::Profile::PkdUpload).findings) {
            CAPTURE(finding.rule->id);
            CHECK(finding.rule->profiles.contains(lint::Profile::PkdUpload));
        }
    }
}

TEST_CASE("the seventh edition does not ask for what the eighth added") {
    std::size_t added = 0;
    for (const auto& fixture : everyFixture()) {
        const auto* const rule = ruleOf(fixture.rule);
        REQUIRE(rule != nullptr);
        if (rule->profiles.contains(lint::Profile::EighthEdition) &&
            !rule->profiles.contains(lint::Profile::SeventhEdition)) {
            ++added;
            CHECK(brokenBy(fixture.failing, lint::Profile::SeventhEdition).count(fixture.rule) == 0);
        }
    }
    CHECK(added > 0);
}
