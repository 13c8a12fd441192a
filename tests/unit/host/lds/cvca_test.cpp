// SPDX-License-Identifier: Apache-2.0
#include "host/lds/cvca.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using lds::Cvca;

namespace {

const Bytes former = fromHex("420B5554435643413030303031");
const Bytes newer = fromHex("420B5554435643413030303032");

} // namespace

TEST_CASE("EF.CVCA names one or two keys, the most recent first") {
    const Bytes two = concat(newer, former, Bytes(10));
    const auto cvca = Cvca::decode(two);
    CHECK(cvca.authorityReferences == std::vector<std::string>{"UTCVCA00002", "UTCVCA00001"});
    CHECK(cvca.encode() == two);

    const auto single = Cvca::decode(concat(former, Bytes(23)));
    CHECK(single.authorityReferences == std::vector<std::string>{"UTCVCA00001"});
    CHECK(single.encode().size() == 36);
    // Read without its padding, or with more of it than there should be.
    CHECK(Cvca::decode(former) == single);
    CHECK(Cvca::decode(concat(former, Bytes(87))) == single);
    // 36 bytes hold two of the longest references.
    const Cvca longest{{"UTLONGHOLDER0001", "UTLONGHOLDER0002"}};
    CHECK(longest.encode().size() == 36);
    CHECK(Cvca::decode(longest.encode()) == longest);
}

TEST_CASE("A malformed EF.CVCA is refused") {
    for (const Bytes& file :
         {Bytes{}, Bytes(36), Bytes(257), concat(former, Bytes{0x00, 0x01}), concat(former, former, former),
          Bytes(former.begin(), former.end() - 1), fromHex("4200"),
          fromHex("42115554435643413030303030303030303030"), fromHex("5F200141"), fromHex("420141420107")}) {
        CHECK_THROWS_AS(static_cast<void>(Cvca::decode(file)), MalformedData);
    }
}

TEST_CASE("EF.CVCA is where the TerminalAuthenticationInfo says") {
    CHECK(Cvca::locate({}) == Cvca::Location{0x011C, 0x1C});
    CHECK(Cvca::locate(fromHex("300704020123040103")) == Cvca::Location{0x0123, 0x03});
    CHECK(Cvca::locate(fromHex("300404020123")) == Cvca::Location{0x0123, std::nullopt});
    for (const std::string_view place : {"3000", "3003040101", "30070402012304011F", "30070402012304010000",
                                         "300704020123040100", "3008040201230402031C", "0400"}) {
        CHECK_THROWS_AS(static_cast<void>(Cvca::locate(fromHex(place))), MalformedData);
    }
}
