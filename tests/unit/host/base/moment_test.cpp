// SPDX-License-Identifier: Apache-2.0
#include "host/base/moment.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"

using namespace cancuoc;
using namespace std::chrono;

TEST_CASE("Moments are read and written as RFC 3339 has them") {
    const auto moment = sys_days(2099y / 1 / 2) + 3h + 4min + 5s;
    CHECK(toIso(moment) == "2099-01-02T03:04:05Z");
    CHECK(momentFromIso("2099-01-02T03:04:05Z") == moment);
    CHECK(toIso(momentFromIso("2099-12-31T23:59:59Z")) == "2099-12-31T23:59:59Z");
    for (const std::string_view wrong :
         {"2099-01-02", "2099-01-02T03:04:05", "2099-01-02T24:00:00Z", "2099-01-02T03:60:05Z",
          "2099-01-02T03:04:60Z", "2099-02-30T03:04:05Z", "2099-01-02 03:04:05Z", "2099-01-02T03:04:0aZ",
          "2099-01-02T3:04:005Z", ""}) {
        CHECK_THROWS_AS(static_cast<void>(momentFromIso(wrong)), MalformedData);
    }
}
