// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/tone.hpp"

namespace cancuoc::teller {

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

QColor backgroundOf(Tone tone) {
    switch (tone) {
    case Tone::Calm:
        break;
    case Tone::Busy:
        return {0x1F, 0x4E, 0x8C};
    case Tone::Good:
        return {0x11, 0x6B, 0x3A};
    case Tone::Care:
        return {0x8A, 0x50, 0x00};
    case Tone::Bad:
        return {0xA6, 0x19, 0x1F};
    case Tone::Unknown:
        return {0x55, 0x45, 0x70};
    }
    return {0x3C, 0x4A, 0x5A};
}

} // namespace cancuoc::teller
