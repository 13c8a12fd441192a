// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QWidget>

#include "personalization/station/floor_controller.hpp"
#include "tools/desktop/language.hpp"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace cancuoc::station {

class Page;

/// The station's window: its pages, of which one is shown, and what stands above all of them.
class StationWindow : public QWidget {
    Q_OBJECT

public:
    /// Both outlive the window.
    StationWindow(FloorController& controller, desktop::Language& language);

    [[nodiscard]] QSize sizeHint() const override;
    /// The page that is shown.
    [[nodiscard]] Page& page() const;

protected:
    void changeEvent(QEvent* event) override;
    /// While a run is on, closing drains it; the window goes when the cards are finished.
    void closeEvent(QCloseEvent* event) override;

private:
    void add(Page* page);
    void layOut();
    void retranslate();
    void refresh();

    FloorController& controller_;
    desktop::Language& language_;
    QTabBar* tabs_;
    QLabel* order_;
    QPushButton* languageButton_;
    QStackedWidget* stack_;
    std::vector<Page*> pages_; ///< in the order of the tabs
    bool closing_ = false;
};

} // namespace cancuoc::station
