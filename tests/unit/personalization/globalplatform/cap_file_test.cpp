// SPDX-License-Identifier: Apache-2.0
// CAP files made here, of components written by hand.
#include "personalization/globalplatform/cap_file.hpp"

#include "host/base/error.hpp"
#include "tests/unit/personalization/globalplatform/cap_sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

Bytes& contentOf(CapEntries& entries, const std::string& name) {
    for (auto& [path, content] : entries) {
        if (path.ends_with("/" + name + ".cap")) {
            return content;
        }
    }
    FAIL("no such component");
    return entries.front().second;
}

void checkRefused(const CapEntries& entries, const char* message) {
    CAPTURE(message);
    CHECK_THROWS_WITH_AS(static_cast<void>(CapFile::decode(zipped(entries))), doctest::Contains(message),
                         MalformedData);
}

} // namespace

TEST_CASE("a CAP file tells its identifiers and versions, and becomes load file data in order") {
    const CapFile cap = CapFile::decode(zipped(capEntries()));
    CHECK(toHex(cap.package().identifier) == "F000000001");
    CHECK(cap.package().majorVersion == 1);
    CHECK(cap.package().minorVersion == 2);
    CHECK(cap.formatVersion() == "2.1");
    REQUIRE(cap.applets().size() == 2);
    CHECK(toHex(cap.applets()[1]) == "F00000000102");
    REQUIRE(cap.imports().size() == 2);
    CHECK(toHex(cap.imports()[1].identifier) == "A0000000620101");
    CHECK(cap.imports()[1].majorVersion == 1);
    CHECK(cap.imports()[1].minorVersion == 3);
    // Header, Directory, Import, Applet, Class, Method, StaticField, ConstantPool, RefLocation.
    CHECK(toHex(cap.loadFileData()) == "01000F"
                                       "DECAFFED01020402"
                                       "0105F000000001"
                                       "02000102"
                                       "040015"
                                       "020001"
                                       "07A0000000620001"
                                       "030107A0000000620101"
                                       "030013"
                                       "02"
                                       "06F000000001010010"
                                       "06F000000001020020"
                                       "0600010C"
                                       "0700020E0F"
                                       "08000108"
                                       "0500010A"
                                       "09000109");
}

TEST_CASE("a library without applets is taken") {
    CapEntries entries = capEntries();
    std::erase_if(entries, [](const auto& entry) { return entry.first.ends_with("Applet.cap"); });
    CHECK(CapFile::decode(zipped(entries)).applets().empty());
}

TEST_CASE("a CAP file that does not follow its form is refused by component") {
    CHECK_THROWS_WITH_AS(static_cast<void>(CapFile::decode(fromHex("504B0304"))),
                         doctest::Contains("is no ZIP archive"), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(CapFile::decode({})), MalformedData);
    CHECK_THROWS_WITH_AS(static_cast<void>(CapFile::decode(Bytes(CapFile::maximumArchiveSize + 1))),
                         doctest::Contains("more than 1 MB"), MalformedData);
    Bytes damaged = zipped(capEntries());
    const Bytes method = component(7, "0E0F");
    const auto place = std::search(damaged.begin(), damaged.end(), method.begin(), method.end());
    REQUIRE(place != damaged.end());
    place[4] ^= 0x01;
    CHECK_THROWS_WITH_AS(static_cast<void>(CapFile::decode(damaged)), doctest::Contains("is damaged"),
                         MalformedData);
    CapEntries entries = capEntries();
    entries.emplace_back("org/other/javacard/Header.cap",
                         component(1, "DECAFFED 01 02 04 02 01 05 F000000002"));
    checkRefused(entries, "holds the component Header twice");
    entries = capEntries();
    std::erase_if(entries, [](const auto& entry) { return entry.first.ends_with("Method.cap"); });
    checkRefused(entries, "has no component Method");
    entries = capEntries();
    contentOf(entries, "Method").assign(CapFile::maximumComponentSize + 1, 0x00);
    checkRefused(entries, "a component of more than 65538 bytes");
    entries = capEntries();
    contentOf(entries, "Class")[0] = 0x07;
    checkRefused(entries, "component Class that does not begin with its tag and size");
    entries = capEntries();
    contentOf(entries, "Class").push_back(0x00);
    checkRefused(entries, "component Class that does not begin with its tag and size");
    entries = capEntries();
    contentOf(entries, "Class").clear();
    checkRefused(entries, "component Class that is cut off");
    entries = capEntries();
    contentOf(entries, "Header")[3] = 0x00;
    checkRefused(entries, "does not hold the magic number");
    entries = capEntries();
    contentOf(entries, "Header") = component(1, "DECAFFED 01 02 04 02 01 04 F0000000");
    checkRefused(entries, "component Header that holds an application identifier of 4 bytes");
    entries = capEntries();
    contentOf(entries, "Applet") = component(3, "02 06 F00000000101 0010 06 F00000000102 00");
    checkRefused(entries, "component Applet that is cut off");
    entries = capEntries();
    contentOf(entries, "Import") = component(4, "01 00 01 11 A0000000620001A0000000620001A000000062");
    checkRefused(entries, "component Import that holds an application identifier of 17 bytes");
    entries.assign(CapFile::maximumEntries + 1, {});
    for (std::size_t index = 0; index < entries.size(); ++index) {
        entries[index].first = std::to_string(index);
    }
    checkRefused(entries, "more than 256 entries");
}
