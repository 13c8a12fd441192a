// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter_state.hpp"

namespace cancuoc::teller {

bool CounterState::busy() const {
    return phase == Phase::CardWanted || phase == Phase::Reading || phase == Phase::CardLifted;
}

bool CounterState::ended() const {
    return !busy() && phase != Phase::Waiting;
}

bool CounterState::needsCare() const {
    return phase == Phase::Genuine && outcome && (outcome->person.expired || outcome->qrDiffers());
}

} // namespace cancuoc::teller
