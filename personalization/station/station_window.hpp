// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QScrollArea>

#include "personalization/station/floor_controller.hpp"
#include "tools/desktop/language.hpp"

class QBoxLayout;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace cancuoc::desktop {
class ActionBar;
class ResultTable;
class ToneSign;
} // namespace cancuoc::desktop

namespace cancuoc::station {

class CardView;
class FiguresView;
class TileView;

/// The operator's screen. Everything in it can be done by keyboard; where it is too small, it scrolls.
class StationWindow : public QScrollArea {
    Q_OBJECT

public:
    /// Both outlive the window.
    StationWindow(FloorController& controller, desktop::Language& language);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// While a run is on, closing drains it; the window goes when the cards are finished.
    void closeEvent(QCloseEvent* event) override;

private:
    void makeWidgets();
    void makeActions();
    void layOut();
    void retranslate();
    void refresh();
    void refreshBanner();
    void refreshTiles();
    void beginHands();
    void beginOutcomes();
    void refreshHands();
    void refreshOutcomes();
    void arrangeTiles();

    FloorController& controller_;
    desktop::Language& language_;
    QLabel* title_ = nullptr;
    QLabel* order_ = nullptr;
    QPushButton* languageButton_ = nullptr;
    QWidget* banner_ = nullptr;
    desktop::ToneSign* sign_ = nullptr;
    QLabel* headline_ = nullptr;
    QLabel* advice_ = nullptr;
    QProgressBar* progress_ = nullptr;
    FiguresView* figures_ = nullptr;
    QWidget* tilesHolder_ = nullptr;
    QGridLayout* tilesGrid_ = nullptr;
    std::vector<TileView*> tiles_;
    int tileColumns_ = 0;
    CardView* card_ = nullptr;
    QLabel* handsTitle_ = nullptr;
    desktop::ResultTable* hands_ = nullptr;
    QLabel* outcomesTitle_ = nullptr;
    desktop::ResultTable* outcomes_ = nullptr;
    QBoxLayout* lists_ = nullptr;
    desktop::ActionBar* actions_ = nullptr;
    QPushButton* startButton_ = nullptr;
    QPushButton* drainButton_ = nullptr;
    QPushButton* stopButton_ = nullptr;
    std::vector<HandNeeded> handsShown_;
    std::string outcomeShown_; ///< serial and request of the newest
    bool closing_ = false;
};

} // namespace cancuoc::station
