// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/order.hpp"

#include "tests/unit/personalization/intake/order_draft.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::OrderDraft;
using cancuoc::test::take;
using cancuoc::test::TemporaryDirectory;

TEST_CASE("an order is a folder, a CSV or a file of JSON lines, whatever the file is called") {
    OrderDraft draft;
    const TemporaryDirectory folder;
    draft.files["lines"] = OrderDraft::toBytes(draft.jsonLines());
    draft.write(folder.path());
    CHECK(take(folder.path(), {}).submissions.size() == 1);
    CHECK(take(folder.path() / "records.csv", {}).submissions.size() == 1);
    CHECK(take(folder.path() / "lines", {}).submissions.size() == 1);
    CHECK_THROWS_AS(static_cast<void>(openOrder(folder.path() / "absent")), Error);
}

TEST_CASE("a folder with two files of records is no order") {
    OrderDraft draft;
    draft.files["records.csv"] = OrderDraft::toBytes(draft.csv());
    draft.files["records.jsonl"] = OrderDraft::toBytes(draft.jsonLines());
    CHECK(take(draft).names("order.records"));
}

TEST_CASE("no path and no link leads out of the folder of an order") {
    const TemporaryDirectory outside;
    OrderDraft().write(outside.path());
    OrderDraft draft;
    draft.files["deep/portrait.jpg"] = draft.files["portrait.jpg"];
    const TemporaryDirectory folder;
    draft.write(folder.path());
    std::filesystem::create_symlink(outside.path() / "portrait.jpg", folder.path() / "link.jpg");
    std::filesystem::create_directory_symlink(outside.path(), folder.path() / "linked");
    std::filesystem::create_symlink("portrait.jpg", folder.path() / "inside.jpg");
    const FolderFiles files(folder.path());
    constexpr std::size_t enough = 1 << 20;
    CHECK(files.read("deep/portrait.jpg", enough).content == draft.files["portrait.jpg"]);
    CHECK(files.read("inside.jpg", enough).content == draft.files["portrait.jpg"]);
    CHECK_FALSE(files.read("portrait.jpg", 10).content);
    CHECK_FALSE(files.read("link.jpg", enough).content);
    CHECK_FALSE(files.read("linked/portrait.jpg", enough).content);
    CHECK_FALSE(files.read(outside.path() / "portrait.jpg", enough).content);
    CHECK_FALSE(files.read("../" + outside.path().filename().string() + "/portrait.jpg", enough).content);
    CHECK_FALSE(files.read("deep", enough).content);
    CHECK_FALSE(files.read("", enough).content);
    CHECK_FALSE(files.read("deep\\portrait.jpg", enough).content);
}
