// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/report_file.hpp"

#include <algorithm>

#include <QBuffer>
#include <QPageLayout>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

#include "host/base/error.hpp"

namespace cancuoc::station {

namespace {

constexpr const char* byteOrderMark = "\xEF\xBB\xBF";
constexpr double textSize = 9.5; // points

constexpr const char* styleSheetText = R"(
h1 { font-size: 16pt; } h2 { font-size: 11pt; } p.origin { color: #52606F; } p.verdict { font-weight: bold; }
th { background-color: #EEF2F6; text-align: left; } td.number, th.number { text-align: right; }
tr.warning td { font-weight: bold; background-color: #FBE4E4; }
)";

// A field that begins so is a formula to a spreadsheet, wherever its text came from.
bool isFormula(const QString& text) {
    return !text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front());
}

QString fieldOf(QString text, bool isNumber) {
    if (!isNumber && isFormula(text)) {
        text.prepend('\'');
    }
    if (text.contains(',') || text.contains('"') || text.contains('\n') || text.contains('\r')) {
        text = '"' + text.replace('"', "\"\"") + '"';
    }
    return text;
}

/// @param texts so many fields at the beginning are no numbers
QString recordOf(const QStringList& cells, qsizetype fields, qsizetype texts) {
    QStringList record;
    for (qsizetype index = 0; index < fields; ++index) {
        record << (index < cells.size() ? fieldOf(cells[index], index >= texts) : QString());
    }
    return record.join(',') + "\r\n";
}

QString cell(const char* tag, const QString& text, bool isNumber) {
    return QString("<%1%2>%3</%1>").arg(tag, isNumber ? " class=\"number\"" : "", text.toHtmlEscaped());
}

QString rowOf(const char* tag, const QStringList& cells, const ReportTable& table) {
    QString html;
    for (qsizetype index = 0; index < cells.size(); ++index) {
        html += cell(tag, cells[index], index >= table.texts);
    }
    return html;
}

QString htmlOf(const ReportTable& table) {
    QString html = "<h2>" + table.title.toHtmlEscaped() + "</h2>" +
                   R"(<table width="100%" cellpadding="3" cellspacing="0" border="0.5" )" +
                   R"(style="border-collapse: collapse; border-color: #CBD4DE"><thead><tr>)" +
                   rowOf("th", table.columns, table) + "</tr></thead>";
    for (const ReportRow& row : table.rows) {
        html +=
            (row.isWarning ? R"(<tr class="warning">)" : "<tr>") + rowOf("td", row.cells, table) + "</tr>";
    }
    return html + "</table>";
}

QString htmlOf(const ReportSheet& sheet) {
    QString html = "<h1>" + sheet.title.toHtmlEscaped() + "</h1><p class=\"origin\">" +
                   sheet.origin.toHtmlEscaped() + "</p><p class=\"verdict\">" +
                   sheet.verdict.toHtmlEscaped() + "</p>";
    for (const ReportTable& table : sheet.tables) {
        html += htmlOf(table);
    }
    return html;
}

QByteArray contentOf(const ReportSheet& sheet, const QString& file) {
    if (file.endsWith(".pdf", Qt::CaseInsensitive)) {
        return pdfOf(sheet);
    }
    if (file.endsWith(".csv", Qt::CaseInsensitive)) {
        return csvOf(sheet);
    }
    throw BadConfiguration("A report is a .pdf or a .csv file; name it so.");
}

} // namespace

QByteArray csvOf(const ReportSheet& sheet) {
    qsizetype fields = 1;
    for (const ReportTable& table : sheet.tables) {
        fields = std::max(fields, table.columns.size());
    }
    QString text;
    for (const QString& line : {sheet.title, sheet.origin, sheet.verdict}) {
        text += recordOf({line}, fields, fields);
    }
    for (const ReportTable& table : sheet.tables) {
        text += recordOf({}, fields, fields) + recordOf({table.title}, fields, fields) +
                recordOf(table.columns, fields, fields);
        for (const ReportRow& row : table.rows) {
            text += recordOf(row.cells, fields, table.texts);
        }
    }
    return byteOrderMark + text.toUtf8();
}

QByteArray pdfOf(const ReportSheet& sheet) {
    QByteArray content;
    QBuffer buffer(&content);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(sheet.title);
        writer.setCreator("cancuoc-station");
        // The document has margins of its own, 2 cm.
        writer.setPageLayout({QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF()});
        QTextDocument document;
        QFont font = document.defaultFont();
        font.setPointSizeF(textSize);
        document.setDefaultFont(font);
        document.setDefaultStyleSheet(styleSheetText);
        document.setHtml(htmlOf(sheet));
        document.print(&writer);
    }
    return content;
}

void writeReport(const ReportSheet& sheet, const QString& file) {
    const QByteArray content = contentOf(sheet, file);
    QSaveFile output(file);
    bool written = output.open(QIODevice::WriteOnly);
    if (written && sheet.namesRequests) { // empty until only its owner may read it
        written = output.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    if (!written || output.write(content) != content.size() || !output.commit()) {
        throw Error("Cannot write " + file.toStdString() + "; check its folder and the space left.");
    }
}

} // namespace cancuoc::station
