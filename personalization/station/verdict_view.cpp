// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/verdict_view.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "tools/desktop/label.hpp"
#include "tools/desktop/tone_sign.hpp"

namespace cancuoc::station {

VerdictView::VerdictView(QWidget* parent)
    : QWidget(parent), sign_(new desktop::ToneSign(this)), sentence_(desktop::plainLabel({}, this)),
      more_(desktop::plainLabel({}, this)) {
    setObjectName("banner");
    setAttribute(Qt::WA_StyledBackground);
    sentence_->setObjectName("verdict");
    desktop::setTextSize(*sentence_, 1.3, /*bold*/ true);
    more_->setObjectName("origin");
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(sentence_);
    words->addWidget(more_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 16, 8);
    layout->setSpacing(14);
    layout->addWidget(sign_);
    layout->addLayout(words, 1);
}

void VerdictView::show(desktop::Tone tone, const QString& sentence, const QString& more) {
    sign_->setTone(tone);
    setStyleSheet(
        QString("#banner { background: %1; border-radius: 8px; }").arg(desktop::backgroundOf(tone).name()));
    sentence_->setText(sentence);
    more_->setText(more);
    more_->setVisible(!more.isEmpty());
    setAccessibleName(sentence);
}

} // namespace cancuoc::station
