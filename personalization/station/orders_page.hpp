// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/station/floor_controller.hpp"
#include "personalization/station/page.hpp"

class QStackedWidget;

namespace cancuoc::station {

class Background;
class OrderImportView;
class OrderListView;

/// The orders of the job store, which of them go first, and how one is taken in.
class OrdersPage : public Page {
    Q_OBJECT

public:
    /// `controller` outlives the page.
    explicit OrdersPage(FloorController& controller);

    [[nodiscard]] QString title() const override;
    void retranslate() override;

private:
    void show(QWidget* view);
    void setPriority(const std::string& order, int priority);

    FloorController& controller_;
    QStackedWidget* views_;
    OrderListView* list_;
    OrderImportView* import_;
    Background* background_; ///< changes priorities
};

} // namespace cancuoc::station
