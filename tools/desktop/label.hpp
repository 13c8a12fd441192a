// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

class QLabel;
class QString;
class QWidget;

namespace cancuoc::desktop {

/// Makes the text of `widget` `factor` times as large as that of the program.
void setTextSize(QWidget& widget, double factor, bool bold = false);

/// A label for plain text, whatever it holds: what a card says is never taken for markup.
[[nodiscard]] QLabel* plainLabel(const QString& text, QWidget* parent);

/// Text of a card, a QR code or a certificate as it may be shown: what turns the direction of writing, and
/// controls, stand as their numbers (see printable()).
[[nodiscard]] QString shown(const std::string& text);

} // namespace cancuoc::desktop
