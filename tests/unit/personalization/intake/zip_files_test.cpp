// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/zip_files.hpp"

#include "tests/support/zip_writer.hpp"
#include "tests/unit/personalization/intake/order_draft.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

constexpr std::size_t enough = 1 << 20;

/// The rule by which an archive is refused; empty when it is taken.
std::string refusalOf(const Bytes& archive, const ZipLimits& limits = {}) {
    try {
        const ZipFiles files(archive, limits);
    } catch (const OrderRefused& refused) {
        return std::string(refused.finding().rule->id);
    }
    return "";
}

Taken takeZip(const Bytes& archive) {
    OrderDraft draft;
    draft.files["order.zip"] = archive;
    draft.name = "order.zip";
    return take(draft);
}

} // namespace

TEST_CASE("a ZIP of a folder's content, or of the folder, is an order") {
    const OrderDraft draft;
    for (const char* folder : {"", "order 7/"}) {
        const Taken taken = takeZip(zipOf(entriesOf(draft.everyFile(), folder)));
        CHECK(taken.findings.empty());
        REQUIRE(taken.submissions.size() == 1);
        CHECK(taken.submissions[0].pictures.portrait == pictures::jpeg(300, 400));
    }
    CHECK(takeZip(zipOf(entriesOf(draft.files))).names("order.records"));
}

TEST_CASE("files of an archive are found by their path, as far as the size allows") {
    const ZipFiles files(zipOf({{"a.txt", {1, 2, 3}}, {"b/c.txt", {4}}, {"empty", {}}}));
    CHECK(files.read("a.txt", 3).content == Bytes{1, 2, 3});
    CHECK(files.read("./b/c.txt", enough).content == Bytes{4});
    CHECK(files.read("empty", enough).content == Bytes{});
    for (const char* path : {"b", "b/", "", "../a.txt", "/a.txt", "b/../a.txt", "absent"}) {
        CHECK_FALSE(files.read(path, enough).content);
    }
    CHECK_FALSE(files.read("a.txt", 2).content);
}

TEST_CASE("entries that lead out of the archive refuse it whole") {
    for (const char* name : {"../x", "/etc/x", "a/../../x", "a\\x", "C:/x/.."}) {
        CAPTURE(name);
        CHECK(refusalOf(zipOf({{"good", {1}}, {name, {1}}})) == "zip.path");
    }
    CHECK(refusalOf(zipOf({{"good", {1}}, {"a..b/..c", {1}}})).empty());
}

TEST_CASE("the same name twice, encryption and damage refuse an archive") {
    const Bytes archive = zipOf({{"name-1", {1}}, {"name-2", {2}}});
    CHECK(refusalOf(archive).empty());
    CHECK(refusalOf(zipOf({{"name", {1}}, {"./name", {2}}})) == "zip.twice");
    CHECK(refusalOf(renamed(archive, "name-2", "name-1")) == "zip.structure"); // libzip's own check
    CHECK(refusalOf(zipOf({{"name", {1}, true}})) == "zip.method");
    CHECK(refusalOf(Bytes(archive.begin(), archive.end() - 10)) == "zip.structure");
}

TEST_CASE("an archive that unpacks to more than an order is refused before anything is unpacked") {
    const Bytes zeros(3 << 20);
    const Bytes bomb = zipOf({{"zeros", zeros}});
    REQUIRE(bomb.size() < 10'000);
    CHECK(refusalOf(bomb) == "zip.unpacked");
    ZipLimits limits;
    limits.ratio = 2000;
    CHECK(refusalOf(bomb, limits).empty());
    limits.unpackedBytes = zeros.size() - 1;
    CHECK(refusalOf(bomb, limits) == "zip.unpacked");
    limits = {};
    limits.entries = 1;
    CHECK(refusalOf(zipOf({{"one", {1}}}), limits).empty());
    CHECK(refusalOf(zipOf({{"one", {1}}, {"two", {2}}}), limits) == "zip.entries");
}

TEST_CASE("sizes that an archive lies about are found when the entry is read") {
    // The uncompressed size stands little endian in the local header and in the directory.
    const Bytes zeros(3 << 20);
    ZipLimits limits;
    limits.ratio = 2000;
    const std::string size{'\0', '\0', '0', '\0'};
    const Bytes honest = zipOf({{"zeros", zeros}});
    const Bytes lying = renamed(honest, size, std::string{'\x10', '\0', '\0', '\0'});
    REQUIRE(lying != honest);
    const std::string refusal = refusalOf(lying);
    if (refusal.empty()) {
        CHECK_FALSE(ZipFiles(lying).read("zeros", enough * 16).content);
    } else {
        CHECK(refusal == "zip.structure");
    }
    CHECK(ZipFiles(honest, limits).read("zeros", enough * 16).content == zeros);
}

TEST_CASE("an entry whose content is damaged is not handed out") {
    const Bytes noise = pictures::png(64, 64);
    Bytes archive = zipOf({{"noise", noise}});
    archive[archive.size() / 3] ^= 1U;
    REQUIRE(refusalOf(archive).empty());
    CHECK_FALSE(ZipFiles(archive).read("noise", enough).content);
}
