// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "personalization/station/floor_controller.hpp"
#include "personalization/station/page.hpp"

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

/// The line at work: what the operator looks at all day.
class FloorPage : public Page {
    Q_OBJECT

public:
    /// `controller` outlives the page.
    explicit FloorPage(FloorController& controller);

    [[nodiscard]] QString title() const override;
    void retranslate() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeWidgets();
    void makeActions();
    void layOut();
    void refresh();
    void refreshBanner();
    void refreshTiles();
    void beginHands();
    void beginOutcomes();
    void refreshHands();
    void refreshOutcomes();
    void arrangeTiles();

    FloorController& controller_;
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
};

} // namespace cancuoc::station
