// SPDX-License-Identifier: Apache-2.0
#include "host/base/interruption.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc {

Interruption Interruption::within(std::chrono::milliseconds patience) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    return {stop, deadline ? std::min(*deadline, end) : end};
}

void requireUninterrupted(const Interruption& interruption) {
    if (interruption.stop.stop_requested()) {
        throw Cancelled("The work with the card was cancelled.");
    }
    if (interruption.deadline && std::chrono::steady_clock::now() >= *interruption.deadline) {
        throw DeadlineExceeded("The time for the work with the card is over.");
    }
}

} // namespace cancuoc
