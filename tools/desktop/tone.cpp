// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/tone.hpp"

namespace cancuoc::desktop {

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

} // namespace cancuoc::desktop
