// SPDX-License-Identifier: Apache-2.0
#pragma once

class QApplication;

namespace cancuoc::teller {

/// Makes the program look the same at every counter: style, colours with enough contrast, size of the text.
void setAppearance(QApplication& application);

} // namespace cancuoc::teller
