// SPDX-License-Identifier: Apache-2.0
#include "card/core/application_directory.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;

TEST_CASE("EF.DIR has a template for each application") {
    ApplicationDirectory directory;
    CHECK(directory.content().empty());
    directory.add(hex("A0000002471001"));
    directory.add(hex("A000000247200100000000000000000F"));
    CHECK(test::toBytes(directory.content()) ==
          hex("61094F07A0000002471001 61124F10A000000247200100000000000000000F"));
}

TEST_CASE("EF.DIR leaves out what it has no room for") {
    ApplicationDirectory directory;
    directory.add(Bytes(configuration::maximumApplicationIdentifier + 1));
    CHECK(directory.content().empty());
    for (std::size_t i = 0; i <= configuration::maximumApplications; ++i) {
        directory.add(Bytes(configuration::maximumApplicationIdentifier));
    }
    CHECK(directory.content().size() ==
          configuration::maximumApplications * (4 + configuration::maximumApplicationIdentifier));
}
