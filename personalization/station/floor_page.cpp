// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/floor_page.hpp"

#include <algorithm>
#include <chrono>

#include <QDateTime>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "personalization/station/card_view.hpp"
#include "personalization/station/figures_view.hpp"
#include "personalization/station/narrow_window.hpp"
#include "personalization/station/tile_view.hpp"
#include "personalization/station/words.hpp"
#include "tools/desktop/action_bar.hpp"
#include "tools/desktop/label.hpp"
#include "tools/desktop/result_table.hpp"
#include "tools/desktop/tone.hpp"
#include "tools/desktop/tone_sign.hpp"

namespace cancuoc::station {

using desktop::plainLabel;
using desktop::setTextSize;
using desktop::Tone;

namespace {

constexpr int tileWidth = 225; // pixels: at least
constexpr int listHeight = 128;

Tone toneOf(const FloorState& state) {
    if (!state.problem.empty()) {
        return Tone::Bad;
    }
    if (state.phase != FloorPhase::Ready) {
        return Tone::Busy;
    }
    if (!state.hands.empty()) {
        return Tone::Care;
    }
    return state.counts.requests > 0 && state.counts.waiting == 0 ? Tone::Good : Tone::Calm;
}

QString timeOf(std::chrono::sys_seconds when) {
    return QDateTime::fromSecsSinceEpoch(when.time_since_epoch().count()).toString("HH:mm:ss");
}

} // namespace

FloorPage::FloorPage(FloorController& controller) : controller_(controller) {
    makeWidgets();
    makeActions();
    layOut();
    connect(&controller_, &FloorController::changed, this, &FloorPage::refresh);
    setFocusProxy(startButton_);
}

QString FloorPage::title() const {
    return tr("Line");
}

void FloorPage::makeWidgets() {
    QWidget* screen = widget();
    banner_ = new QWidget(screen);
    banner_->setObjectName("banner");
    banner_->setAttribute(Qt::WA_StyledBackground);
    sign_ = new desktop::ToneSign(banner_);
    headline_ = plainLabel({}, banner_);
    headline_->setObjectName("headline");
    setTextSize(*headline_, 1.4, /*bold*/ true);
    advice_ = plainLabel({}, banner_);
    advice_->setObjectName("advice");
    progress_ = new QProgressBar(banner_);
    progress_->setObjectName("progress");
    progress_->setTextVisible(false);
    figures_ = new FiguresView(screen);
    tilesHolder_ = new QWidget(screen);
    tilesGrid_ = new QGridLayout(tilesHolder_);
    tilesGrid_->setContentsMargins(0, 0, 0, 0);
    tilesGrid_->setSpacing(8);
    card_ = new CardView(screen);
    handsTitle_ = plainLabel({}, screen);
    outcomesTitle_ = plainLabel({}, screen);
    for (auto* title : {handsTitle_, outcomesTitle_}) {
        setTextSize(*title, 1.0, /*bold*/ true);
    }
    hands_ = new desktop::ResultTable(screen);
    hands_->setObjectName("hands");
    outcomes_ = new desktop::ResultTable(screen);
    outcomes_->setObjectName("outcomes");
    for (auto* table : {hands_, outcomes_}) {
        table->setFixedHeight(listHeight);
    }
    actions_ = new desktop::ActionBar(screen);
}

void FloorPage::makeActions() {
    startButton_ = actions_->add("start", "F5");
    drainButton_ = actions_->add("drain", "F6");
    stopButton_ = actions_->add("stop", "F8");
    connect(startButton_, &QPushButton::clicked, this, [this] { controller_.floor().start(); });
    connect(drainButton_, &QPushButton::clicked, this, [this] { controller_.floor().drain(); });
    connect(stopButton_, &QPushButton::clicked, this, [this] { controller_.floor().stop(); });
}

void FloorPage::layOut() {
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(headline_);
    words->addWidget(advice_);
    words->addWidget(progress_);
    auto* banner = new QHBoxLayout(banner_);
    banner->setContentsMargins(14, 6, 16, 8);
    banner->setSpacing(14);
    banner->addWidget(sign_);
    banner->addLayout(words, 1);

    lists_ = new QBoxLayout(QBoxLayout::LeftToRight);
    lists_->setSpacing(16);
    for (const auto& [title, table, stretch] :
         {std::tuple{handsTitle_, hands_, 6}, {outcomesTitle_, outcomes_, 5}}) {
        auto* list = new QVBoxLayout;
        list->setSpacing(4);
        list->addWidget(title);
        list->addWidget(table, 1);
        lists_->addLayout(list, stretch);
    }

    auto* screen = new QVBoxLayout(widget());
    screen->setContentsMargins(16, 0, 16, 10);
    screen->setSpacing(8);
    screen->addWidget(banner_);
    screen->addWidget(figures_);
    screen->addWidget(tilesHolder_);
    screen->addWidget(card_, 1);
    screen->addLayout(lists_);
    screen->addWidget(actions_);
}

void FloorPage::retranslate() {
    progress_->setAccessibleName(tr("Progress of the order"));
    handsTitle_->setText(tr("Needs a hand"));
    hands_->setAccessibleName(tr("Needs a hand"));
    outcomesTitle_->setText(tr("Last chips"));
    outcomes_->setAccessibleName(tr("Last chips"));
    actions_->setText(startButton_, tr("Start"));
    actions_->setText(drainButton_, tr("Finish the cards, then end"));
    actions_->setText(stopButton_, tr("Stop at once"));
    stopButton_->setToolTip(tr("The chips at work are decided about by the next run."));
    figures_->retranslate(QLocale());
    handsShown_.clear();
    outcomeShown_.clear();
    beginHands();
    beginOutcomes();
    refresh();
}

void FloorPage::refresh() {
    const FloorState& state = controller_.state();
    refreshBanner();
    figures_->show(state);
    refreshTiles();
    card_->show(state.card);
    refreshHands();
    refreshOutcomes();
    startButton_->setEnabled(state.canStart());
    drainButton_->setEnabled(state.phase == FloorPhase::Running || state.phase == FloorPhase::Starting);
    stopButton_->setEnabled(state.runs() && state.phase != FloorPhase::Stopping);
}

void FloorPage::refreshBanner() {
    const FloorState& state = controller_.state();
    const Tone tone = toneOf(state);
    sign_->setTone(tone);
    const QString ground =
        QString("#banner { background: %1; border-radius: 8px; }").arg(desktop::backgroundOf(tone).name());
    if (banner_->styleSheet() != ground) {
        banner_->setStyleSheet(ground);
    }
    headline_->setText(Words::phase(state));
    QString advice = tr("%1 of %2 requests are settled.")
                         .arg(state.counts.good + state.counts.rejected)
                         .arg(state.counts.requests);
    if (!state.problem.empty()) {
        advice = desktop::shown(state.problem);
    } else if (!state.hands.empty()) {
        const HandNeeded& next = state.hands.front();
        advice += " " + tr("Next for a hand: %1 %2")
                            .arg(Words::kind(next.kind), desktop::shown(next.requestId))
                            .trimmed();
    }
    advice_->setText(advice);
    progress_->setRange(0, static_cast<int>(std::max<std::uint64_t>(1, state.counts.requests)));
    progress_->setValue(static_cast<int>(state.counts.good + state.counts.rejected));
}

void FloorPage::refreshTiles() {
    const auto& stations = controller_.state().stations;
    while (tiles_.size() > stations.size()) {
        delete tiles_.back();
        tiles_.pop_back();
        tileColumns_ = 0;
    }
    while (tiles_.size() < stations.size()) {
        tiles_.push_back(new TileView(tilesHolder_));
        tileColumns_ = 0;
    }
    for (std::size_t index = 0; index < stations.size(); ++index) {
        tiles_[index]->show(stations[index]);
    }
    arrangeTiles();
}

void FloorPage::arrangeTiles() {
    const int columns = std::max(1, (width() - 32) / tileWidth);
    if (columns == tileColumns_) {
        return;
    }
    tileColumns_ = columns;
    for (std::size_t index = 0; index < tiles_.size(); ++index) {
        const int place = static_cast<int>(index);
        tilesGrid_->addWidget(tiles_[index], place / columns, place % columns);
    }
}

void FloorPage::beginHands() {
    hands_->begin({tr("What"), tr("Request"), tr("Evidence"), tr("What to do")}, 0);
    hands_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
}

void FloorPage::beginOutcomes() {
    outcomes_->begin({tr("Time"), tr("Request"), tr("Result"), tr("Reason")}, 0);
    for (const int column : {1, 2}) {
        outcomes_->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
}

void FloorPage::refreshHands() {
    const auto& hands = controller_.state().hands;
    if (hands == handsShown_) {
        return;
    }
    handsShown_ = hands;
    beginHands();
    for (const HandNeeded& hand : hands) {
        hands_->addRow({Words::kind(hand.kind), desktop::shown(hand.requestId),
                        hand.kind == HandNeeded::Kind::Blank ? QString() : desktop::shown(hand.reason),
                        Words::proposal(hand)},
                       hand.kind == HandNeeded::Kind::Quarantine || hand.kind == HandNeeded::Kind::Rejected);
    }
    hands_->resizeRowsToContents();
}

void FloorPage::refreshOutcomes() {
    const auto& outcomes = controller_.state().outcomes;
    const std::string newest =
        outcomes.empty() ? std::string() : outcomes.front().requestId + " " + outcomes.front().chipSerial;
    if (newest == outcomeShown_) {
        return;
    }
    outcomeShown_ = newest;
    beginOutcomes();
    for (const FloorOutcome& outcome : outcomes) {
        const bool good = outcome.state == personalization::ChipState::Good;
        outcomes_->addRow({timeOf(outcome.when), desktop::shown(outcome.requestId),
                           (good ? "✓ " : "✕ ") + Words::outcome(outcome.state),
                           desktop::shown(outcome.reason)},
                          !good);
    }
    outcomes_->resizeRowsToContents();
}

void FloorPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    for (auto* table : {hands_, outcomes_}) {
        table->setFixedHeight(std::max(listHeight, height() / 5));
    }
    lists_->setDirection(width() < narrowWindow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    arrangeTiles();
}

} // namespace cancuoc::station
