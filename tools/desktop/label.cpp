// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/label.hpp"

#include <QApplication>
#include <QFont>
#include <QLabel>

#include "host/base/printable_text.hpp"

namespace cancuoc::desktop {

void setTextSize(QWidget& widget, double factor, bool bold) {
    auto font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    widget.setFont(font);
}

QLabel* plainLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString shown(const std::string& text) {
    return QString::fromStdString(printable(text));
}

} // namespace cancuoc::desktop
