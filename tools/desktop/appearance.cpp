// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/appearance.hpp"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyleFactory>

namespace cancuoc::desktop {

namespace {

constexpr double textSize = 11; // points

// Text on its ground has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3).
QPalette colours() {
    QPalette palette(QColor(0xE9, 0xED, 0xF2));
    palette.setColor(QPalette::Window, {0xF7, 0xF8, 0xFA});
    palette.setColor(QPalette::WindowText, {0x17, 0x20, 0x2B});
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::AlternateBase, {0xE4, 0xE9, 0xEF});
    palette.setColor(QPalette::Mid, {0xB9, 0xC4, 0xD0});
    palette.setColor(QPalette::Text, {0x17, 0x20, 0x2B});
    palette.setColor(QPalette::PlaceholderText, {0x52, 0x60, 0x70});
    palette.setColor(QPalette::ButtonText, {0x17, 0x20, 0x2B});
    palette.setColor(QPalette::Highlight, {0x1F, 0x4E, 0x8C});
    palette.setColor(QPalette::HighlightedText, Qt::white);
    for (const auto role : {QPalette::Text, QPalette::ButtonText, QPalette::WindowText}) {
        palette.setColor(QPalette::Disabled, role, {0x8A, 0x95, 0xA1});
    }
    return palette;
}

} // namespace

void setAppearance() {
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    QApplication::setPalette(colours());
    auto font = QApplication::font();
    font.setPointSizeF(textSize);
    QApplication::setFont(font);
}

} // namespace cancuoc::desktop
