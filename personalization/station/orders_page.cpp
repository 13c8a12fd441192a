// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/orders_page.hpp"

#include <QStackedWidget>
#include <QVBoxLayout>

#include "personalization/station/background.hpp"
#include "personalization/station/order_import_view.hpp"
#include "personalization/station/order_list_view.hpp"
#include "personalization/station/report_writing.hpp"
#include "personalization/station/sentences.hpp"
#include "tools/line_assembly.hpp"

namespace cancuoc::station {

// The views are made without a parent, so that their keys are theirs alone and count while they are shown.
OrdersPage::OrdersPage(FloorController& controller)
    : controller_(controller), views_(new QStackedWidget(widget())), list_(new OrderListView),
      import_(new OrderImportView(controller.floor().settings().means->store,
                                  controller.floor().settings().means->storeKey)),
      background_(new Background(this)) {
    views_->addWidget(list_);
    views_->addWidget(import_);
    auto* screen = new QVBoxLayout(widget());
    screen->setContentsMargins(16, 0, 16, 10);
    screen->addWidget(views_);
    connect(list_, &OrderListView::importWanted, this, [this] { show(import_); });
    connect(list_, &OrderListView::priorityWanted, this, &OrdersPage::setPriority);
    connect(import_, &OrderImportView::left, this, [this] { show(list_); });
    connect(&controller_, &FloorController::changed, this,
            [this] { list_->show(controller_.state().orders); });
    setFocusProxy(list_);
}

QString OrdersPage::title() const {
    return tr("Orders");
}

void OrdersPage::retranslate() {
    list_->retranslate();
    import_->retranslate();
}

void OrdersPage::setPriority(const std::string& order, int priority) {
    if (background_->isRunning()) {
        return;
    }
    background_->run(
        [this, order, priority, store = controller_.floor().settings().means->store](const std::stop_token&) {
            const auto jobs = tools::openExistingJobStore(store);
            jobs->setPriority(order, priority);
            return [this, orders = jobs->orders()] {
                list_->setChanging(false);
                list_->say({});
                list_->show(orders);
            };
        },
        [this](const std::string& error) {
            list_->setChanging(false);
            list_->say("✕ " + sentence(error));
        });
    list_->setChanging(true);
    list_->say(tr("Changing the priority of %1…").arg(ReportWriting::orderName(order)));
}

void OrdersPage::show(QWidget* view) {
    views_->setCurrentWidget(view);
    setFocusProxy(view);
    view->setFocus();
}

} // namespace cancuoc::station
