// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/result_table.hpp"

#include <QHeaderView>

namespace cancuoc::desktop {

namespace {
constexpr QColor warningGround(0xFB, 0xE4, 0xE4);
}

ResultTable::ResultTable(QWidget* parent) : QTableWidget(parent) {
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false); // Tab leaves the table
    setWordWrap(true);
    setShowGrid(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
}

void ResultTable::begin(const QStringList& columns, int narrow) {
    clear();
    setRowCount(0);
    setColumnCount(static_cast<int>(columns.size()));
    setHorizontalHeaderLabels(columns);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    if (narrow >= 0) {
        horizontalHeader()->setSectionResizeMode(narrow, QHeaderView::ResizeToContents);
    }
}

void ResultTable::addRow(const QStringList& cells, bool warning) {
    const int row = rowCount();
    insertRow(row);
    for (int column = 0; column < cells.size(); ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        if (warning) {
            auto font = this->font();
            font.setBold(true);
            item->setFont(font);
            item->setBackground(warningGround);
        }
        setItem(row, column, item);
    }
    if (isVisible()) {
        resizeRowToContents(row);
    }
}

void ResultTable::resizeEvent(QResizeEvent* event) {
    QTableWidget::resizeEvent(event);
    resizeRowsToContents();
}

// Before it is shown, the columns have not their widths yet.
void ResultTable::showEvent(QShowEvent* event) {
    QTableWidget::showEvent(event);
    resizeRowsToContents();
}

} // namespace cancuoc::desktop
