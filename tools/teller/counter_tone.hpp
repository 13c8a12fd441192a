// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/desktop/tone.hpp"
#include "tools/teller/counter_state.hpp"

namespace cancuoc::teller {

/// The tone of what the screen shows.
[[nodiscard]] desktop::Tone toneOf(const CounterState& state);

} // namespace cancuoc::teller
