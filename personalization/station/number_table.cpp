// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/number_table.hpp"

#include <algorithm>

#include <QHeaderView>
#include <QResizeEvent>

#include "personalization/station/narrow_window.hpp"

namespace cancuoc::station {

namespace {

constexpr int numberWidth = 125;

} // namespace

void NumberTable::begin(const QStringList& columns, int texts) {
    ResultTable::begin(columns);
    texts_ = texts;
    for (int column = texts_; column < columnCount(); ++column) {
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::Fixed);
        horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    fitNumbers();
}

void NumberTable::addRow(const QStringList& cells, bool warning) {
    ResultTable::addRow(cells, warning);
    for (int column = texts_; column < columnCount(); ++column) {
        item(rowCount() - 1, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
}

void NumberTable::fitNumbers() {
    for (int column = texts_; column < columnCount(); ++column) {
        const int needed = std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
        setColumnWidth(column, width() < narrowWindow ? needed : std::max(needed, numberWidth));
    }
}

void NumberTable::resizeEvent(QResizeEvent* event) {
    fitNumbers();
    ResultTable::resizeEvent(event);
}

} // namespace cancuoc::station
