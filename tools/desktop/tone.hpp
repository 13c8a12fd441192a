// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

namespace cancuoc::desktop {

/// How an answer looks: each tone has a shape of its own, and colours only repeat it.
enum class Tone {
    Calm,    ///< nothing to judge: the outline of a card
    Busy,    ///< a ring with three dots
    Good,    ///< a disc with a tick
    Care,    ///< a triangle with an exclamation mark
    Bad,     ///< an octagon with a cross
    Unknown, ///< a diamond with a question mark
};

/// Background of a tone; white text on it has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3).
[[nodiscard]] QColor backgroundOf(Tone tone);

} // namespace cancuoc::desktop
