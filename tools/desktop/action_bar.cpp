// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/action_bar.hpp"

#include <algorithm>

#include <QEvent>
#include <QKeySequence>
#include <QPushButton>
#include <QShortcut>

namespace cancuoc::desktop {

namespace {
constexpr int spacing = 8; // pixels
}

ActionBar::ActionBar(QWidget* parent) : QWidget(parent) {
    // Not fixed, which would be the height of one row.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QPushButton* ActionBar::add(const char* objectName, const QString& key) {
    auto* button = new QPushButton(this);
    button->setObjectName(objectName);
    button->setProperty("key", key);
    // Enter belongs to the input: a scanner presses it.
    button->setAutoDefault(false);
    auto* shortcut = new QShortcut(QKeySequence(key), window());
    connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
    buttons_ << button;
    return button;
}

void ActionBar::setText(QPushButton* button, const QString& text) {
    const auto key = QKeySequence(button->property("key").toString()).toString(QKeySequence::NativeText);
    button->setText(text + "\n" + key);
    button->setAccessibleName(text);
    button->setAccessibleDescription(key);
    updateGeometry();
    arrange();
}

int ActionBar::heightForWidth(int width) const {
    const auto count = static_cast<int>(buttons_.size());
    const int columns = columnsFor(width);
    const int rows = std::max(1, (count + columns - 1) / columns);
    return rows * largest().height() + (rows - 1) * spacing;
}

QSize ActionBar::sizeHint() const {
    const auto count = static_cast<int>(buttons_.size());
    return {count * (largest().width() + spacing) - spacing, largest().height()};
}

QSize ActionBar::minimumSizeHint() const {
    return largest();
}

void ActionBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ActionBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        arrange();
    }
}

int ActionBar::columnsFor(int width) const {
    const auto count = static_cast<int>(buttons_.size());
    return std::clamp((width + spacing) / (largest().width() + spacing), 1, std::max(1, count));
}

QSize ActionBar::largest() const {
    QSize size;
    for (const auto* button : buttons_) {
        size = size.expandedTo(button->sizeHint());
    }
    return size;
}

void ActionBar::arrange() {
    const int columns = columnsFor(width());
    const int buttonWidth = (width() + spacing) / columns - spacing;
    const int height = largest().height();
    for (int i = 0; i < buttons_.size(); ++i) {
        buttons_[i]->setGeometry((i % columns) * (buttonWidth + spacing), (i / columns) * (height + spacing),
                                 buttonWidth, height);
    }
}

} // namespace cancuoc::desktop
