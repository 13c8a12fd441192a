// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/desktop/result_table.hpp"

namespace cancuoc::station {

/// A table with texts in its first columns, which share the room, and numbers at the right edge of the
/// others.
class NumberTable : public desktop::ResultTable {
public:
    using ResultTable::ResultTable;

    /// Empties the table and names its columns, of which so many hold texts.
    void begin(const QStringList& columns, int texts);
    void addRow(const QStringList& cells, bool warning);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitNumbers();

    int texts_ = 0;
};

} // namespace cancuoc::station
