// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/sample.hpp"

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"
#include "personalization/intake/intake.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::TemporaryDirectory;

namespace {

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, std::string> filesOf(const std::filesystem::path& directory) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (entry.is_regular_file()) {
            files[std::filesystem::relative(entry.path(), directory).string()] = contentOf(entry.path());
        }
    }
    return files;
}

} // namespace

TEST_CASE("A sample is taken in without a finding, pictures included") {
    const TemporaryDirectory directory;
    writeSample(directory.path() / "sample", 6, 1);
    Intake intake(directory.path() / "sample" / "records.csv", IntakePolicy{});
    std::set<std::string> documentNumbers;
    std::size_t count = 0;
    while (const auto result = intake.next()) {
        ++count;
        INFO("line " << result->line
                     << (result->findings.empty() ? ""
                                                  : ": " + std::string(result->findings.front().rule->id)));
        REQUIRE(result->findings.empty());
        REQUIRE(result->submission);
        documentNumbers.insert(result->submission->record.number.substr(3));
        const Pictures& pictures = result->submission->pictures;
        CHECK(pictures.portrait.size() > 12'000);
        CHECK(pictures.portrait.size() <= 20'000);
        CHECK(pictures.leftIndex.size() > 10'000);
        CHECK(pictures.leftIndex.size() <= 20'000);
        CHECK(pictures.leftIndex != pictures.rightIndex);
    }
    CHECK(count == 6);
    CHECK(documentNumbers.size() == 6);
}

TEST_CASE("Fingerprints state 500 dots per inch") {
    const TemporaryDirectory directory;
    writeSample(directory.path(), 1, 3);
    const auto finger = std::filesystem::directory_iterator(directory.path() / "fingers")->path();
    // PNG, 11.3.5.3: pixels per metre along x and y, then unit 1 (metre). 500 dpi are 19,685 per metre.
    const std::string resolution = toText(fromHex("70485973 00004CE5 00004CE5 01"));
    CHECK(contentOf(finger).find(resolution) != std::string::npos);
}

TEST_CASE("The same seed writes the same bytes, another seed others") {
    const TemporaryDirectory first;
    const TemporaryDirectory second;
    const TemporaryDirectory other;
    writeSample(first.path(), 2, 42);
    writeSample(second.path(), 2, 42);
    writeSample(other.path(), 2, 43);
    CHECK(filesOf(first.path()).size() == 7);
    CHECK(filesOf(first.path()) == filesOf(second.path()));
    CHECK(contentOf(first.path() / "records.csv") != contentOf(other.path() / "records.csv"));
}

TEST_CASE("Records of other people are not overwritten, the same sample is") {
    const TemporaryDirectory directory;
    writeSample(directory.path(), 1, 5);
    const auto before = filesOf(directory.path());
    CHECK_NOTHROW(writeSample(directory.path(), 1, 5));
    CHECK_THROWS_AS(writeSample(directory.path(), 1, 6), BadConfiguration);
    CHECK(filesOf(directory.path()) == before);
}

TEST_CASE("A count out of range and a place that cannot be written are refused") {
    const TemporaryDirectory directory;
    CHECK_THROWS_AS(writeSample(directory.path(), 0, 1), BadConfiguration);
    CHECK_THROWS_AS(writeSample(directory.path(), 100'001, 1), BadConfiguration);
    std::ofstream(directory.path() / "file") << "in the way";
    CHECK_THROWS_AS(writeSample(directory.path() / "file", 1, 1), BadConfiguration);
}
