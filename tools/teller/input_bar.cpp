// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/input_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>

#include "tools/desktop/label.hpp"

namespace cancuoc::teller {

namespace {
const QString cameraKey = "F4";
}

InputBar::InputBar(QWidget* parent)
    : QWidget(parent), label_(desktop::plainLabel({}, this)), field_(new QLineEdit(this)),
      check_(new QPushButton(this)), camera_(new QPushButton(this)), hint_(desktop::plainLabel({}, this)) {
    field_->setObjectName("input");
    field_->setMaxLength(static_cast<int>(qr::maximumPayloadLength));
    // What input methods for Vietnamese make of a scanner's keystrokes is not what the card says.
    field_->setAttribute(Qt::WA_InputMethodEnabled, false);
    desktop::setTextSize(*field_, 1.4);
    hint_->setObjectName("hint");
    camera_->setObjectName("scanSymbol");
    camera_->setAutoDefault(false);
    label_->setBuddy(field_);
    label_->setWordWrap(false);
    setFocusProxy(field_);

    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(label_);
    line->addWidget(field_, 1);
    line->addWidget(check_);
    line->addWidget(camera_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(line);
    layout->addWidget(hint_);

    connect(field_, &QLineEdit::returnPressed, this, &InputBar::enter);
    connect(field_, &QLineEdit::textEdited, this, &InputBar::edited);
    connect(check_, &QPushButton::clicked, this, &InputBar::enter);
    connect(camera_, &QPushButton::clicked, this, &InputBar::cameraWanted);
    auto* shortcut = new QShortcut(QKeySequence(cameraKey), this);
    connect(shortcut, &QShortcut::activated, camera_, &QPushButton::click);
}

void InputBar::show(const CounterState& state) {
    const auto hint = state.zoneLines == 0 ? QString()
                                           : tr("MRZ: line %1 of %2 is there. Scan the next one.")
                                                 .arg(state.zoneLines)
                                                 .arg(state.zoneLinesExpected);
    hint_->setText(hint);
    hint_->setVisible(!hint.isEmpty());
    field_->setAccessibleDescription(hint);
}

void InputBar::retranslate() {
    label_->setText(tr("&Number, QR code or MRZ:"));
    check_->setText(tr("Check the card") + "\n" + tr("Enter"));
    camera_->setText(tr("Scan QR code…") + "\n" + cameraKey);
    camera_->setAccessibleName(tr("Scan QR code…"));
    camera_->setAccessibleDescription(cameraKey);
    field_->setAccessibleName(tr("Number, QR code or MRZ"));
    field_->setPlaceholderText(tr("six or twelve digits, or scan"));
}

void InputBar::take(const QString& text) {
    field_->setFocus(Qt::OtherFocusReason);
    field_->insert(text);
    emit edited();
}

void InputBar::clear() {
    field_->setText({}); // forgets its history too; clear() can be undone
}

void InputBar::enter() {
    const auto line = field_->text();
    clear();
    field_->setFocus(Qt::OtherFocusReason);
    emit entered(line);
}

} // namespace cancuoc::teller
