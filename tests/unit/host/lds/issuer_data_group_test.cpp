// SPDX-License-Identifier: Apache-2.0
#include "host/lds/issuer_data_group.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using lds::IssuerDataGroup;

TEST_CASE("data groups that the issuer decides on are kept as they are written") {
    struct Case {
        std::string_view file;
        int number;
        std::optional<int> features;
    };
    for (const Case& example :
         {Case{"6600", 6, {}}, Case{"6806 020103 810100", 8, 3}, Case{"6903 020101", 9, 1},
          Case{"6A03 FFFFFF", 10, {}}, Case{"6A00", 10, {}}, Case{"6D03 020101", 13, {}},
          // not data objects at all, as Singapore has written
          Case{"6D05 7F61FF0001", 13, {}}}) {
        CAPTURE(example.file);
        const Bytes file = fromHex(example.file);
        const auto dataGroup = IssuerDataGroup::decode(file);
        CHECK(dataGroup.number == example.number);
        CHECK(equal(dataGroup.content, BytesView(file).subspan(2)));
        CHECK(dataGroup.featureCount() == example.features);
        CHECK(dataGroup.encode() == file);
    }
}

TEST_CASE("a data group that the Doc defines, or a malformed one, is not kept as the issuer's") {
    for (const std::string_view file : {"", "6100", "6B00", "6D", "6D02FF", "6D00FF", "7700", "7100"}) {
        CAPTURE(file);
        CHECK_THROWS_AS(static_cast<void>(IssuerDataGroup::decode(fromHex(file))), MalformedData);
    }
}
