// SPDX-License-Identifier: Apache-2.0
// What a window says, for the tests of the desktop programs.
#pragma once

#include <QStringList>

class QWidget;

namespace cancuoc::test {

/// All texts that can be seen, heard, or copied in a window or a dialog, on every page of it.
[[nodiscard]] QStringList textsOf(const QWidget& window);

/// The visible texts of a window that do not fit where they stand, each with the name of its widget.
[[nodiscard]] QStringList cutTexts(const QWidget& window);

/// The texts of a program that read otherwise in Vietnamese: what may not be seen there any more.
/// @param translations the program's file of Vietnamese translations (.ts)
/// @return empty when the file cannot be read
[[nodiscard]] QStringList englishTexts(const QString& translations);

} // namespace cancuoc::test
