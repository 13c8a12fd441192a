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

TEST_CASE("files of the master file and of the application are told apart, whatever their identifiers") {
    CHECK(fileIdentifier(FileId::Sod) == fileIdentifier(FileId::CardSecurity));
    CHECK(shortFileId(FileId::Sod) == shortFileId(FileId::CardSecurity));
    CHECK(fileName(FileId::CardSecurity) == "EF.CardSecurity");
    CHECK(fileTag(FileId::CardSecurity) == 0x30);
    CHECK(fileIdentifier(FileId::Dir) == 0x2F00);
    CHECK(shortFileId(FileId::Dir) == 0x1E);
    CHECK(fileName(FileId::Dir) == "EF.DIR");
    CHECK(fileIdentifier(FileId::AtrInfo) == 0x2F01);
    CHECK(shortFileId(FileId::AtrInfo) == 0x01);
    CHECK(fileName(FileId::AtrInfo) == "EF.ATR/INFO");
    CHECK(fileIdentifier(FileId::CardAccess) == 0x011C);
    CHECK(fileIdentifier(FileId::DataGroup16) == 0x0110);
    for (const FileId file : {FileId::Dir, FileId::AtrInfo, FileId::CardAccess, FileId::CardSecurity}) {
        CHECK(isInMasterFile(file));
        CHECK_FALSE(dataGroupNumber(file));
    }
    for (const FileId file : {FileId::Sod, FileId::Com, FileId::DataGroup1, FileId::DataGroup16}) {
        CHECK_FALSE(isInMasterFile(file));
    }
    CHECK_THROWS_AS((void)fileName(static_cast<FileId>(0x0111)), MalformedData);
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
