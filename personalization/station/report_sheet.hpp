// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "tools/desktop/tone.hpp"

namespace cancuoc::station {

struct ReportRow {
    QStringList cells;
    bool isWarning = false; ///< wants somebody's eye
};

struct ReportTable {
    QString title;
    QStringList columns;
    QList<ReportRow> rows;
    qsizetype texts = 1; ///< so many columns at the beginning hold texts; the others hold numbers
};

/// A report as it is read, in one language: on the screen, on paper, in a spreadsheet.
struct ReportSheet {
    QString title;
    QString origin; ///< when and from what it was made
    QString verdict;
    desktop::Tone tone = desktop::Tone::Calm; ///< of the verdict
    QList<ReportTable> tables;
    bool namesRequests = false; ///< persons' requests: a file of it is its owner's only
};

} // namespace cancuoc::station
