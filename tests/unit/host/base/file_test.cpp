// SPDX-License-Identifier: Apache-2.0
#include "host/base/file.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "tests/unit/temporary_directory.hpp"

using namespace cancuoc;

TEST_CASE("a file is written whole and read whole") {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "file";
    const Bytes content(200'000, 0x5A);
    writeFile(file, content);
    CHECK(readFile(file, content.size()) == content);
    writeFile(file, Bytes{});
    CHECK(readFile(file, 0).empty());
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1); // no remains
}

TEST_CASE("what cannot be read or written says which file and why") {
    const test::TemporaryDirectory folder;
    writeFile(folder.path() / "file", Bytes(11));
    CHECK_THROWS_WITH_AS(static_cast<void>(readFile(folder.path() / "file", 10)),
                         doctest::Contains("10 bytes"), Error);
    CHECK_THROWS_WITH_AS(static_cast<void>(readFile(folder.path() / "none", 10)), doctest::Contains("none"),
                         Error);
    CHECK_THROWS_WITH_AS(static_cast<void>(readFile(folder.path(), 10)), doctest::Contains("folder"), Error);
    CHECK_THROWS_WITH_AS(writeFile(folder.path() / "none" / "file", Bytes(1)),
                         doctest::Contains("Cannot write"), Error);
}
