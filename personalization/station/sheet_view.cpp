// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/sheet_view.hpp"

#include <algorithm>

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include "personalization/station/number_table.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::station {

namespace {

constexpr int mostHeight = 400; // pixels: a longer table scrolls for itself

/// A table that is as high as its rows, whatever width they are wrapped at.
class WholeTable : public NumberTable {
public:
    using NumberTable::NumberTable;

protected:
    void resizeEvent(QResizeEvent* event) override {
        NumberTable::resizeEvent(event);
        fit();
    }
    void showEvent(QShowEvent* event) override {
        NumberTable::showEvent(event);
        fit();
    }

private:
    void fit() {
        const int whole = horizontalHeader()->height() + verticalHeader()->length() + 2 * frameWidth();
        setFixedHeight(std::min(mostHeight, whole));
    }
};

} // namespace

SheetView::SheetView(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(4);
}

void SheetView::show(const ReportSheet& sheet) {
    while (auto* item = layout_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ReportTable& table : sheet.tables) {
        add(table);
    }
    layout_->addStretch(1);
}

void SheetView::add(const ReportTable& table) {
    auto* title = desktop::plainLabel(table.title, this);
    desktop::setTextSize(*title, 1.0, /*bold*/ true);
    auto* view = new WholeTable(this);
    view->setObjectName("sheetTable");
    view->setAccessibleName(table.title);
    view->begin(table.columns, static_cast<int>(table.texts));
    // Of texts alone, the last is the longest.
    for (int column = 0; table.texts == table.columns.size() && column + 1 < view->columnCount(); ++column) {
        view->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
    for (const ReportRow& row : table.rows) {
        view->addRow(row.cells, row.isWarning);
    }
    layout_->addWidget(title);
    layout_->addWidget(view);
}

} // namespace cancuoc::station
