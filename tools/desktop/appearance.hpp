// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cancuoc::desktop {

/// Makes the program, whose QApplication is there, look the same everywhere: style, colours with enough
/// contrast, size of the text.
void setAppearance();

} // namespace cancuoc::desktop
