// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter_tone.hpp"

namespace cancuoc::teller {

using desktop::Tone;

Tone toneOf(const CounterState& state) {
    const bool qrDiffers = state.outcome && state.outcome->qrDiffers();
    switch (state.phase) {
    case Phase::Waiting:
        break;
    case Phase::Reading:
        return Tone::Busy;
    case Phase::CardWanted:
    case Phase::CardLifted:
    case Phase::WrongKey:
        return Tone::Care;
    case Phase::Genuine:
        if (qrDiffers) {
            return Tone::Bad; // it is not to be accepted
        }
        return state.needsCare() ? Tone::Care : Tone::Good;
    case Phase::NotGenuine:
        return Tone::Bad;
    case Phase::NotChecked:
        return qrDiffers ? Tone::Bad : Tone::Unknown;
    }
    return state.inputProblem || state.reader == ReaderStatus::Missing ? Tone::Care : Tone::Calm;
}

} // namespace cancuoc::teller
