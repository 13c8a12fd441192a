// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/protocol_runs.hpp"

#include <doctest/doctest.h>

TEST_CASE("PACE, Chip and Active Authentication, runs 1001 to 2000") {
    cancuoc::e2e::checkProtocolRuns(20260201, 1000);
}
