// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cancuoc::station {

/// Width of a window, in pixels, below which its pages make do with less room beside each other.
inline constexpr int narrowWindow = 900;

} // namespace cancuoc::station
