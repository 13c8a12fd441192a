// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableWidget>

namespace cancuoc::desktop {

/// A table of results that is read and not changed: the keyboard walks its rows, long texts are wrapped.
class ResultTable : public QTableWidget {
public:
    explicit ResultTable(QWidget* parent = nullptr);

    /// Empties the table and names its columns.
    /// @param narrow a column that is as wide as its content; the others share the rest; -1: none
    void begin(const QStringList& columns, int narrow = -1);
    /// Adds a row.
    /// @param warning the row stands out: bold, and on a tinted ground
    void addRow(const QStringList& cells, bool warning);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
};

} // namespace cancuoc::desktop
