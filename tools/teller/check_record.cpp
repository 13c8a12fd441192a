// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/check_record.hpp"

#include <algorithm>

#include <QBuffer>
#include <QDateTime>
#include <QPdfWriter>
#include <QTextDocument>

#include "tools/desktop/pixels_image.hpp"
#include "tools/teller/words.hpp"

namespace cancuoc::teller {

namespace {

constexpr int faceWidth = 150;        // of the text's pixels
constexpr double recordTextSize = 10; // points
const QString faceName = "face";
const QString hashStyle = "font-size:8pt"; // on one line

struct CheckRecord {
    Q_DECLARE_TR_FUNCTIONS(CheckRecord)
};

QString row(const QString& caption, const QString& value, const QString& style = {}) {
    return "<tr><td style=\"color:#555\">" + caption.toHtmlEscaped() + "&nbsp;&nbsp;</td><td style=\"" +
           style + "\">" + value.toHtmlEscaped() + "</td></tr>";
}

QString checkRow(const trust::Check& check) {
    return "<tr><td>" + signOf(check.result) + "&nbsp;&nbsp;</td><td>" +
           Words::checkTitle(check.name).toHtmlEscaped() + "&nbsp;&nbsp;</td><td>" +
           Words::checkResult(check.result).toHtmlEscaped() + "</td></tr>";
}

QString qrText(const Outcome& outcome) {
    if (outcome.comparisons.empty()) {
        return CheckRecord::tr("not scanned");
    }
    if (outcome.qrDiffers()) {
        return Words::fieldResult(qr::FieldResult::Differs);
    }
    const bool all =
        std::all_of(outcome.comparisons.begin(), outcome.comparisons.end(),
                    [](const auto& comparison) { return comparison.result == qr::FieldResult::Matches; });
    return all ? Words::fieldResult(qr::FieldResult::Matches)
               : CheckRecord::tr("matches in everything that both say");
}

QString timeText(std::chrono::sys_seconds time) {
    const auto moment = QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count());
    return moment.toOffsetFromUtc(moment.offsetFromUtc()).toString(Qt::ISODate);
}

QString personText(const CounterState& state, const Outcome& outcome) {
    QString text = "<h3>" + CheckRecord::tr("Holder of the card, as the chip says").toHtmlEscaped() +
                   "</h3><table><tr><td>";
    if (state.face) {
        text += "<img src=\"" + faceName + "\" width=\"" + QString::number(faceWidth) +
                "\"></td><td width=\"20\"></td><td>";
    }
    text += "<table>";
    for (const auto& entry : outcome.person.entries) {
        text += row(Words::itemName(entry.item), Words::itemValue(entry));
    }
    return text + "</table></td></tr></table>";
}

void fill(QTextDocument& document, const CounterState& state, const CheckRecordOptions& options) {
    auto font = document.defaultFont();
    font.setPointSizeF(recordTextSize);
    document.setDefaultFont(font);
    if (options.personalData && state.face) {
        document.addResource(QTextDocument::ImageResource, QUrl(faceName), desktop::imageOf(*state.face));
    }
    document.setHtml(checkRecordText(state, options));
}

} // namespace

QString checkRecordText(const CounterState& state, const CheckRecordOptions& options) {
    const auto& outcome = *state.outcome;
    QString text = "<h2>" + CheckRecord::tr("Record of a card check").toHtmlEscaped() + "</h2><h1>" +
                   Words::headline(state).toHtmlEscaped() + "</h1><table>" +
                   row(CheckRecord::tr("Time of the check"), timeText(outcome.time)) +
                   row(CheckRecord::tr("Card reader"), QString::fromStdString(outcome.reader)) +
                   row(CheckRecord::tr("QR code against chip"), qrText(outcome)) +
                   row(CheckRecord::tr("Policy"), QString::fromStdString(outcome.policy)) +
                   row(CheckRecord::tr("Program"), "cancuoc " CANCUOC_VERSION) +
                   row(CheckRecord::tr("Evidence (SHA-256)"), QString::fromStdString(outcome.evidenceSha256),
                       hashStyle) +
                   "</table>";
    if (options.personalData) {
        text += personText(state, outcome);
    }
    text += "<h3>" + CheckRecord::tr("What was checked").toHtmlEscaped() + "</h3><table>";
    for (const auto& check : outcome.checks) {
        text += checkRow(check);
    }
    return text + "</table>";
}

void drawCheckRecord(QPagedPaintDevice& device, const CounterState& state,
                     const CheckRecordOptions& options) {
    QTextDocument document;
    fill(document, state, options);
    document.print(&device);
}

Bytes checkRecordPdf(const CounterState& state, const CheckRecordOptions& options) {
    QByteArray content;
    QBuffer buffer(&content);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setTitle(CheckRecord::tr("Record of a card check"));
        drawCheckRecord(writer, state, options);
    }
    return {content.begin(), content.end()};
}

} // namespace cancuoc::teller
