// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/order_list_view.hpp"

#include <algorithm>

#include <QComboBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "personalization/jobs/job_store.hpp"
#include "personalization/station/narrow_window.hpp"
#include "personalization/station/number_table.hpp"
#include "personalization/station/report_writing.hpp"
#include "tools/desktop/action_bar.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::station {

using personalization::JobStore;
using personalization::OrderReport;

namespace {

constexpr int leastListHeight = 150; // pixels

enum Column { Name, State, Settled, Priority, Good, Rejected, AtWork, Waiting, Quarantined };

bool isOpen(const OrderReport& order) {
    return order.waiting + order.inProcess > 0;
}

bool needsPerson(const OrderReport& order) {
    return order.rejected + order.quarantined > 0;
}

QString number(std::uint64_t value) {
    return QLocale().toString(static_cast<qulonglong>(value));
}

} // namespace

OrderListView::OrderListView()
    : text_(new QLineEdit(this)), filter_(new QComboBox(this)), textName_(desktop::plainLabel({}, this)),
      filterName_(desktop::plainLabel({}, this)), counts_(desktop::plainLabel({}, this)),
      table_(new NumberTable(this)), actions_(new desktop::ActionBar(this)),
      importButton_(actions_->add("importOrder", "F5")), raiseButton_(actions_->add("raiseOrder", "F6")),
      lowerButton_(actions_->add("lowerOrder", "F7")) {
    text_->setObjectName("orderFilter");
    text_->setClearButtonEnabled(true);
    filter_->setObjectName("orderState");
    for (int filter = All; filter <= Done; ++filter) {
        filter_->addItem({});
    }
    counts_->setObjectName("orderCounts");
    table_->setObjectName("orders");
    table_->setMinimumHeight(leastListHeight);
    layOut();
    connect(text_, &QLineEdit::textChanged, this, &OrderListView::refresh);
    connect(filter_, &QComboBox::currentIndexChanged, this, &OrderListView::refresh);
    connect(importButton_, &QPushButton::clicked, this, &OrderListView::importWanted);
    connect(raiseButton_, &QPushButton::clicked, this, [this] { change(1); });
    connect(lowerButton_, &QPushButton::clicked, this, [this] { change(-1); });
    connect(table_, &QTableWidget::itemSelectionChanged, this, &OrderListView::refreshActions);
    setFocusProxy(text_);
}

void OrderListView::layOut() {
    auto* filters = new QHBoxLayout;
    for (auto* name : {textName_, filterName_}) {
        name->setWordWrap(false);
    }
    filters->addWidget(textName_);
    filters->addWidget(text_, 1);
    filters->addSpacing(8);
    filters->addWidget(filterName_);
    filters->addWidget(filter_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(filters);
    layout->addWidget(counts_);
    layout->addWidget(table_, 1);
    layout->addWidget(actions_);
}

void OrderListView::retranslate() {
    textName_->setText(tr("Find"));
    text_->setAccessibleName(tr("Find orders by their name"));
    text_->setPlaceholderText(tr("A part of the order's name"));
    filterName_->setText(tr("State"));
    filter_->setAccessibleName(tr("State"));
    const QStringList names{tr("All orders"), tr("Open"), tr("Need a person"), tr("Done")};
    for (int filter = All; filter <= Done; ++filter) {
        filter_->setItemText(filter, names[filter]);
    }
    table_->setAccessibleName(tr("Orders"));
    actions_->setText(importButton_, tr("Take an order in…"));
    actions_->setText(raiseButton_, tr("Before others"));
    raiseButton_->setToolTip(tr("Raises the priority of the chosen order. Remakes go first all the same."));
    actions_->setText(lowerButton_, tr("After others"));
    lowerButton_->setToolTip(tr("Lowers the priority of the chosen order."));
    note_.clear();
    begin();
    refresh();
}

void OrderListView::show(const std::vector<OrderReport>& orders) {
    if (orders != orders_) {
        orders_ = orders;
        refresh();
    }
}

void OrderListView::begin() {
    table_->begin({tr("Order"), tr("State"), tr("Settled"), tr("Priority"), tr("Good"), tr("Rejected"),
                   tr("At work"), tr("Waiting"), tr("Quarantined")},
                  Priority);
}

// The rows stay, so that a person keeps the place in the list while counts change.
void OrderListView::refresh() {
    names_.clear();
    int row = 0;
    for (const OrderReport& order : orders_) {
        if (isLetThrough(order)) {
            set(row, order);
            names_.push_back(order.order);
            ++row;
        }
    }
    table_->setRowCount(row);
    counts_->setText((tr("%1 of %2 orders are shown.").arg(row).arg(orders_.size()) + " " + note_).trimmed());
    refreshActions();
}

// Where there is little room, the counts that the state and the progress sum up give way.
void OrderListView::resizeEvent(QResizeEvent* event) {
    for (const int column : {Good, Rejected, AtWork}) {
        table_->setColumnHidden(column, width() < narrowWindow);
    }
    QWidget::resizeEvent(event);
}

void OrderListView::say(const QString& note) {
    note_ = note;
    refresh();
}

void OrderListView::setChanging(bool isChanging) {
    isChanging_ = isChanging;
    refreshActions();
}

const OrderReport* OrderListView::selected() const {
    const auto rows = table_->selectionModel()->selectedRows();
    if (rows.isEmpty() || static_cast<std::size_t>(rows.front().row()) >= names_.size()) {
        return nullptr;
    }
    const std::string& name = names_[static_cast<std::size_t>(rows.front().row())];
    const auto order =
        std::find_if(orders_.begin(), orders_.end(), [&name](const auto& it) { return it.order == name; });
    return order == orders_.end() ? nullptr : &*order;
}

void OrderListView::change(int by) {
    if (const OrderReport* order = selected()) {
        emit priorityWanted(order->order, order->priority + by);
    }
}

void OrderListView::refreshActions() {
    const OrderReport* order = isChanging_ ? nullptr : selected();
    raiseButton_->setEnabled(order != nullptr && order->priority < JobStore::highestPriority);
    lowerButton_->setEnabled(order != nullptr && order->priority > -JobStore::highestPriority);
}

bool OrderListView::isLetThrough(const OrderReport& order) const {
    if (!ReportWriting::orderName(order.order).contains(text_->text().trimmed(), Qt::CaseInsensitive)) {
        return false;
    }
    switch (filter_->currentIndex()) {
    case Open:
        return isOpen(order);
    case NeedsPerson:
        return needsPerson(order);
    case Done:
        return !isOpen(order) && !needsPerson(order);
    default:
        return true;
    }
}

QString OrderListView::stateOf(const OrderReport& order) {
    if (needsPerson(order)) {
        return "◆ " + tr("Needs a person");
    }
    return isOpen(order) ? "… " + tr("Open") : "✓ " + tr("Done");
}

QStringList OrderListView::cellsOf(const OrderReport& order) {
    const std::uint64_t settled = order.good + order.rejected;
    const std::uint64_t percent = order.requests == 0 ? 100 : settled * 100 / order.requests;
    return {ReportWriting::orderName(order.order),
            stateOf(order),
            tr("%1 of %2, %3 %").arg(number(settled), number(order.requests), number(percent)),
            (order.priority > 0 ? "+" : "") + QString::number(order.priority),
            number(order.good),
            number(order.rejected),
            number(order.inProcess),
            number(order.waiting),
            number(order.quarantined)};
}

void OrderListView::set(int row, const OrderReport& order) {
    const QStringList cells = cellsOf(order);
    if (row == table_->rowCount()) {
        table_->addRow(cells, false);
    }
    for (int column = 0; column < cells.size(); ++column) {
        auto* item = table_->item(row, column);
        item->setText(cells[column]);
        auto font = item->font();
        font.setBold(needsPerson(order));
        item->setFont(font);
    }
    table_->resizeRowToContents(row);
}

} // namespace cancuoc::station
