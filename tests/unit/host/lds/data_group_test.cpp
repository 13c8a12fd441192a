// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

TEST_CASE("data groups have the identifiers and tags of Doc 9303-10, table 38") {
    CHECK(dataGroupFile(1) == FileId::DataGroup1);
    CHECK(dataGroupFile(16) == FileId::DataGroup16);
    CHECK(static_cast<int>(dataGroupFile(13)) == 0x010D);
    CHECK(shortFileId(FileId::DataGroup13) == 13);
    CHECK(shortFileId(FileId::DataGroup16) == 16);
    CHECK(shortFileId(FileId::Com) == 0x1E);
    CHECK(shortFileId(FileId::Sod) == 0x1D);
    CHECK(shortFileId(FileId::CardAccess) == 0x1C);
    CHECK(fileTag(FileId::DataGroup2) == 0x75);
    CHECK(fileTag(FileId::DataGroup16) == 0x70);
    CHECK(fileTag(FileId::Com) == 0x60);
    CHECK(fileTag(FileId::Sod) == 0x77);
    CHECK(fileName(FileId::DataGroup14) == "DG14");
    CHECK(fileName(FileId::CardAccess) == "EF.CardAccess");
}

TEST_CASE("tags and numbers lead back to each other for every data group") {
    for (int number = 1; number <= 16; ++number) {
        const FileId file = dataGroupFile(number);
        CHECK(dataGroupNumber(file) == number);
        CHECK(dataGroupNumberForTag(fileTag(file)) == number);
    }
    CHECK_FALSE(dataGroupNumber(FileId::Com));
    CHECK_FALSE(dataGroupNumberForTag(0x71));
    CHECK_THROWS_AS((void)dataGroupFile(0), MalformedData);
    CHECK_THROWS_AS((void)dataGroupFile(17), MalformedData);
}
