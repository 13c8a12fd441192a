// SPDX-License-Identifier: Apache-2.0
#include "host/reader/reader_info.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/reader/message_of.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::contains;
using test::messageOf;

TEST_CASE("A reader is chosen by a part of its name, or by the only card") {
    const std::vector<ReaderInfo> readers{{"ACS Left 00", false}, {"ACS Right 01", true}, {"Desk", true}};
    CHECK(chooseReader(readers, "left").name == "ACS Left 00");
    CHECK(chooseReader(readers, "Desk").name == "Desk");
    CHECK(chooseReader(readers, "acs").name == "ACS Right 01");
    CHECK(chooseReader({{"Desk", false}, {"Desk 2", false}}, "Desk").name == "Desk");
    CHECK(contains(messageOf<BadConfiguration>([&] { static_cast<void>(chooseReader(readers, "")); }),
                   "\"ACS Right 01\", \"Desk\""));
    CHECK(contains(messageOf<NoCard>([] {
                       static_cast<void>(chooseReader({{"One", false}, {"Two", false}}, ""));
                   }),
                   "\"One\", \"Two\". Put the card on one"));
    CHECK(contains(messageOf<ReaderUnavailable>([&] { static_cast<void>(chooseReader(readers, "Omnikey")); }),
                   "\"ACS Left 00\", \"ACS Right 01\", \"Desk\""));
    CHECK(contains(messageOf<ReaderUnavailable>([] { static_cast<void>(chooseReader({}, "")); }),
                   "Plug one in"));
}
