// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include "personalization/station/report_sheet.hpp"

namespace cancuoc::station {

/// The sheet as comma-separated values (RFC 4180), one table below the other, every record with as many
/// fields. It begins with a byte order mark: Excel, which most spreadsheet users in Vietnam open such a file
/// with, takes one without for the machine's old code page and breaks every Vietnamese letter; LibreOffice
/// and Google Sheets skip the mark. A text that a spreadsheet would calculate begins with an apostrophe.
[[nodiscard]] QByteArray csvOf(const ReportSheet& sheet);

/// The sheet as an A4 PDF with its texts as texts, its pages numbered.
[[nodiscard]] QByteArray pdfOf(const ReportSheet& sheet);

/// Writes pdfOf() or csvOf(), as the file's name ends, whole or not at all; readable by its owner only when
/// the sheet names requests. Any thread may. Throws BadConfiguration for another ending, Error when it cannot
/// be written.
void writeReport(const ReportSheet& sheet, const QString& file);

} // namespace cancuoc::station
