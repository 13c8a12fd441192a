// SPDX-License-Identifier: Apache-2.0
#include "host/base/clock.hpp"

namespace cancuoc {

Clock systemClock() {
    return [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
}

} // namespace cancuoc
