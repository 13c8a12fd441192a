// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/timed_link.hpp"

namespace cancuoc::bench {

Bytes TimedLink::transmit(BytesView command) {
    Bytes response = chip_.transmit(command);
    ++commands_;
    elapsed_ += model_.exchange(command, response);
    return response;
}

} // namespace cancuoc::bench
