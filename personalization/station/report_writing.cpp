// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/report_writing.hpp"

#include <algorithm>

#include <QDateTime>
#include <QFileInfo>

#include "personalization/station/sentences.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::station {

using desktop::shown;
using desktop::Tone;
using personalization::BlankMovement;
using personalization::CardReport;
using personalization::OrderReport;
using personalization::ShiftReport;
using personalization::StationReport;
using personalization::audit::LogVerdict;
using personalization::audit::Tampering;

namespace {

// Without marks between thousands: a spreadsheet reads it as a number in every language.
QString number(std::int64_t value) {
    return QString::number(value);
}

QString number(std::uint64_t value) {
    return QString::number(static_cast<qulonglong>(value));
}

ReportRow movementRow(const QString& name, const BlankMovement& blanks) {
    return {{name, number(blanks.carriedIn), number(blanks.received), number(blanks.good),
             number(blanks.spoiled), number(blanks.returned), number(blanks.inProcess)},
            false};
}

bool isOpen(const OrderReport& order) {
    return order.good + order.rejected < order.requests;
}

} // namespace

ReportSheet ReportWriting::sheetOf(const LineReport& report) {
    ReportSheet sheet;
    sheet.title = title(report.question);
    const auto when = QDateTime::fromSecsSinceEpoch(report.at.time_since_epoch().count());
    const QString source = report.question.kind == ReportKind::Audit ? shown(report.question.log)
                           : report.store.find("://") != std::string::npos
                               ? tr("the server's job store")
                               : QFileInfo(shown(report.store)).fileName();
    sheet.origin = tr("Made on %1 from %2").arg(when.toString("dd/MM/yyyy HH:mm:ss"), source);
    std::visit([&sheet](const auto& content) { write(content, sheet); }, report.content);
    return sheet;
}

QString ReportWriting::orderName(const std::string& order) {
    return order.empty() ? tr("without a name") : shown(order);
}

QString ReportWriting::title(const ReportQuestion& question) {
    switch (question.kind) {
    case ReportKind::Shift:
        return tr("Shift report %1").arg(shown(question.shift));
    case ReportKind::Order:
        return question.order ? tr("Report of the order %1").arg(orderName(*question.order))
                              : tr("Report of all orders");
    case ReportKind::Stock:
        return tr("Stock of blanks, shift %1").arg(shown(question.shift));
    case ReportKind::Audit:
        return tr("Verification of the audit log");
    }
    return {};
}

void ReportWriting::write(const ShiftReport& shift, ReportSheet& sheet) {
    const bool balances = shift.discrepancies.empty();
    sheet.tone = balances ? Tone::Good : Tone::Bad;
    sheet.verdict =
        balances ? tr("The shift balances: every blank is accounted for.")
                 : tr("The shift does NOT balance. What does not add up: %1").arg(shift.discrepancies.size());
    if (!balances) {
        sheet.tables << sentences(tr("What does not add up"), shift.discrepancies);
    }
    sheet.tables << movements(shift);
    if (auto table = stock(shift); !table.rows.isEmpty()) {
        sheet.tables << table;
    }
    ReportTable orders{tr("Orders in this shift"),
                       {tr("Order"), tr("Requests"), tr("Good in the shift"), tr("Spoiled in the shift"),
                        tr("Good so far"), tr("Still open")},
                       {}};
    for (const OrderReport& order : shift.orders) {
        orders.rows << ReportRow{{orderName(order.order), number(order.requests), number(order.blanks.good),
                                  number(order.blanks.spoiled), number(order.good),
                                  number(order.waiting + order.inProcess + order.quarantined)},
                                 false};
    }
    sheet.tables << orders;
}

ReportTable ReportWriting::movements(const ShiftReport& shift) {
    ReportTable table{tr("Blanks by station"),
                      {tr("Station"), tr("Carried in"), tr("Taken"), tr("Good"), tr("Spoiled"),
                       tr("Given back"), tr("At work")},
                      {}};
    for (const StationReport& station : shift.stations) {
        table.rows << movementRow(shown(station.station), station.blanks);
    }
    table.rows << movementRow(tr("All stations"), shift.blanks);
    return table;
}

ReportTable ReportWriting::stock(const ShiftReport& shift) {
    ReportTable table{
        tr("Stock of the stations"),
        {tr("Station"), tr("Handed out"), tr("Taken back"), tr("Damaged"), tr("Must be at hand")},
        {}};
    for (const StationReport& station : shift.stations) {
        if (station.hasStock) {
            const auto& stock = station.stock;
            table.rows << ReportRow{{shown(station.station), number(stock.received), number(stock.returned),
                                     number(stock.spoiled), number(stock.atHand)},
                                    stock.atHand < 0};
        }
    }
    return table;
}

void ReportWriting::write(const OrderFindings& findings, ReportSheet& sheet) {
    const auto open = std::count_if(findings.orders.begin(), findings.orders.end(), isOpen);
    const auto hands = findings.unsettled.size();
    if (hands > 0) {
        sheet.tone = Tone::Care;
        sheet.verdict = tr("Requests that wait for a person: %1").arg(hands);
    } else if (open > 0) {
        sheet.tone = Tone::Busy;
        sheet.verdict = tr("Orders with requests that are not settled: %1").arg(open);
    } else {
        sheet.tone = Tone::Good;
        sheet.verdict = findings.orders.empty() ? tr("There is no order.") : tr("Every request is settled.");
    }
    sheet.tables << progress(findings.orders);
    if (hands > 0) {
        sheet.tables << unsettled(findings.unsettled);
        sheet.namesRequests = true;
    }
}

ReportTable ReportWriting::progress(const std::vector<OrderReport>& orders) {
    ReportTable table{tr("Progress"),
                      {tr("Order"), tr("Requests"), tr("Good"), tr("Rejected"), tr("At work"), tr("Waiting"),
                       tr("Quarantined"), tr("Settled, %")},
                      {}};
    for (const OrderReport& order : orders) {
        const std::uint64_t settled = order.good + order.rejected;
        table.rows << ReportRow{{orderName(order.order), number(order.requests), number(order.good),
                                 number(order.rejected), number(order.inProcess), number(order.waiting),
                                 number(order.quarantined),
                                 number(order.requests == 0 ? 100 : settled * 100 / order.requests)},
                                order.rejected + order.quarantined > 0};
    }
    return table;
}

ReportTable ReportWriting::unsettled(const std::vector<CardReport>& cards) {
    ReportTable table{tr("Waits for a person"),
                      {tr("Order"), tr("Request"), tr("Chip"), tr("State"), tr("Evidence")},
                      {},
                      5};
    for (const CardReport& card : cards) {
        table.rows << ReportRow{{orderName(card.order), shown(card.requestId), shown(card.chipSerial),
                                 sentence(card.state), sentence(card.reason)},
                                false};
    }
    return table;
}

void ReportWriting::write(const StockFindings& findings, ReportSheet& sheet) {
    const auto& stations = findings.shift.stations;
    const bool isKept =
        std::any_of(stations.begin(), stations.end(), [](const auto& it) { return it.hasStock; });
    const bool isShort = std::any_of(stations.begin(), stations.end(),
                                     [](const auto& it) { return it.hasStock && it.stock.atHand < 0; });
    sheet.tone = isShort ? Tone::Bad : isKept ? Tone::Good : Tone::Unknown;
    sheet.verdict = isShort ? tr("A station used more blanks than it was given.")
                    : isKept
                        ? tr("No station used more blanks than it was given. Count what lies at hand.")
                        : tr("Nobody noted blanks that were handed out: what must be at hand is not known.");
    if (isKept) {
        sheet.tables << stock(findings.shift);
    }
    const auto& blanks = findings.blanks;
    sheet.tables << ReportTable{tr("All blanks that the line ever took"),
                                {tr("Where they are"), tr("Blanks")},
                                {{{tr("Taken"), number(blanks.received)}, false},
                                 {{tr("Good"), number(blanks.good)}, false},
                                 {{tr("Spoiled"), number(blanks.spoiled)}, false},
                                 {{tr("Given back"), number(blanks.returned)}, false},
                                 {{tr("At work or in quarantine"), number(blanks.inProcess)}, false}}};
}

void ReportWriting::write(const LogVerdict& verdict, ReportSheet& sheet) {
    const auto& scan = verdict.scan;
    sheet.tone = verdict.holds() ? Tone::Good : scan.firstWrong ? Tone::Bad : Tone::Care;
    sheet.verdict = verdict.holds()   ? tr("The log holds: it is what was written.")
                    : scan.firstWrong ? tr("The log does NOT hold: it was changed.")
                                      : tr("The log is NOT vouched for as it should be.");
    ReportTable counts{tr("What was found"), {tr("What"), tr("Count")}, {}};
    counts.rows << ReportRow{{tr("Entries that follow each other"), number(scan.entries)}, false}
                << ReportRow{{tr("Checkpoints of the signers"), number(std::uint64_t{verdict.checkpoints})},
                             false}
                << ReportRow{{tr("Entries that they vouch for"), number(scan.vouchedFor)}, false};
    if (scan.tornBytes > 0) {
        counts.rows << ReportRow{{tr("Bytes of a last line that was torn off, as by a kill; the next writer "
                                     "cuts it away"),
                                  number(scan.tornBytes)},
                                 false};
    }
    sheet.tables << counts;
    ReportTable wrong{tr("What speaks against it"), {tr("Where"), tr("What")}, {}, 2};
    if (scan.firstWrong) {
        const auto& first = *scan.firstWrong;
        const QString where =
            first.from == first.to
                ? tr("Entry %1").arg(first.from)
                : tr("The first wrong entry is one of %1 to %2").arg(first.from).arg(first.to);
        wrong.rows << ReportRow{{where, tampering(first.what) + ": " + sentence(first.explanation)}, true};
    }
    for (const std::string& objection : verdict.objections) {
        wrong.rows << ReportRow{{tr("Checkpoints"), sentence(objection)}, true};
    }
    if (!wrong.rows.isEmpty()) {
        sheet.tables << wrong;
    }
}

QString ReportWriting::tampering(Tampering what) {
    switch (what) {
    case Tampering::Edited:
        return tr("Edited");
    case Tampering::Deleted:
        return tr("Deleted");
    case Tampering::Inserted:
        return tr("Inserted");
    case Tampering::Reordered:
        return tr("Moved");
    case Tampering::Truncated:
        return tr("Cut off");
    case Tampering::Rewritten:
        return tr("Rewritten");
    }
    return {};
}

ReportTable ReportWriting::sentences(const QString& title, const std::vector<std::string>& texts) {
    ReportTable table{title, {tr("Sentence")}, {}};
    for (const std::string& text : texts) {
        table.rows << ReportRow{{sentence(text)}, true};
    }
    return table;
}

} // namespace cancuoc::station
