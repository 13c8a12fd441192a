// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/verdict_banner.hpp"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>

#include "tools/desktop/label.hpp"
#include "tools/desktop/tone_sign.hpp"
#include "tools/teller/counter_tone.hpp"
#include "tools/teller/words.hpp"

namespace cancuoc::teller {

namespace {
constexpr double headlineSize = 2.0; // times the text
constexpr double adviceSize = 1.2;
} // namespace

VerdictBanner::VerdictBanner(QWidget* parent)
    : QFrame(parent), sign_(new desktop::ToneSign(this)), headline_(new QLabel(this)),
      advice_(new QLabel(this)) {
    setObjectName("verdict");
    setAutoFillBackground(true);
    for (auto* label : {headline_, advice_}) {
        label->setWordWrap(true);
        label->setForegroundRole(QPalette::BrightText);
    }
    desktop::setTextSize(*headline_, headlineSize, /*bold*/ true);
    desktop::setTextSize(*advice_, adviceSize);
    headline_->setObjectName("headline");
    advice_->setObjectName("advice");

    auto* text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(headline_);
    text->addWidget(advice_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(20);
    layout->addWidget(sign_);
    layout->addLayout(text, 1);
}

void VerdictBanner::show(const CounterState& state) {
    const auto tone = toneOf(state);
    QPalette colours = palette();
    colours.setColor(QPalette::Window, desktop::backgroundOf(tone));
    colours.setColor(QPalette::BrightText, Qt::white);
    setPalette(colours);
    sign_->setTone(tone);

    const auto headline = Words::headline(state);
    const auto advice = Words::advice(state);
    if (headline_->text() == headline && advice_->text() == advice) {
        return;
    }
    headline_->setText(headline);
    advice_->setText(advice);
    setAccessibleName(headline + ". " + advice);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace cancuoc::teller
