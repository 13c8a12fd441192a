// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/tile_view.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

#include "personalization/station/words.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::station {

namespace {

constexpr std::array<std::string_view, 5> stepsOfACard{"build", "load", "activate", "read-back", "lock"};

int placeOf(const std::string& step) {
    const auto found = std::find(stepsOfACard.begin(), stepsOfACard.end(), step);
    return found == stepsOfACard.end() ? 0 : static_cast<int>(found - stepsOfACard.begin()) + 1;
}

} // namespace

TileView::TileView(QWidget* parent) : QFrame(parent) {
    setObjectName("tile");
    name_ = desktop::plainLabel({}, this);
    desktop::setTextSize(*name_, 1.0, /*bold*/ true);
    activity_ = desktop::plainLabel({}, this);
    card_ = desktop::plainLabel({}, this);
    card_->setProperty("quiet", true);
    counts_ = desktop::plainLabel({}, this);
    counts_->setProperty("quiet", true);
    steps_ = new QProgressBar(this);
    steps_->setRange(0, static_cast<int>(stepsOfACard.size()));
    steps_->setTextVisible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(3);
    layout->addWidget(name_);
    layout->addWidget(activity_);
    layout->addWidget(steps_);
    layout->addWidget(card_);
    layout->addWidget(counts_);
}

void TileView::show(const StationTile& tile) {
    name_->setText(Words::place(tile.place));
    activity_->setText(Words::activity(tile));
    card_->setText(tile.requestId.empty() ? tr("no card") : desktop::shown(tile.requestId));
    card_->setToolTip(tile.chipSerial.empty() ? QString()
                                              : tr("Chip %1").arg(desktop::shown(tile.chipSerial)));
    counts_->setText(tr("✓ %1 good   ✕ %2 not").arg(tile.good).arg(tile.failed));
    steps_->setValue(tile.activity == StationActivity::AtWork ? placeOf(tile.step) : 0);
    steps_->setAccessibleName(tr("Step of the card"));
    setAccessibleName(name_->text() + ": " + activity_->text() + ", " + card_->text());
}

} // namespace cancuoc::station
