// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

#include "personalization/station/line_report.hpp"
#include "personalization/station/report_sheet.hpp"

namespace cancuoc::station {

/// Writes reports in the language of the moment.
class ReportWriting {
    Q_DECLARE_TR_FUNCTIONS(ReportWriting)

public:
    [[nodiscard]] static ReportSheet sheetOf(const LineReport& report);
    /// What an order is called, also one without a name.
    [[nodiscard]] static QString orderName(const std::string& order);

private:
    static void write(const personalization::ShiftReport& shift, ReportSheet& sheet);
    static void write(const OrderFindings& findings, ReportSheet& sheet);
    static void write(const StockFindings& findings, ReportSheet& sheet);
    static void write(const personalization::audit::LogVerdict& verdict, ReportSheet& sheet);
    [[nodiscard]] static QString title(const ReportQuestion& question);
    [[nodiscard]] static ReportTable movements(const personalization::ShiftReport& shift);
    [[nodiscard]] static ReportTable stock(const personalization::ShiftReport& shift);
    [[nodiscard]] static ReportTable progress(const std::vector<personalization::OrderReport>& orders);
    [[nodiscard]] static ReportTable unsettled(const std::vector<personalization::CardReport>& cards);
    [[nodiscard]] static QString tampering(personalization::audit::Tampering what);
    [[nodiscard]] static ReportTable sentences(const QString& title, const std::vector<std::string>& texts);
};

} // namespace cancuoc::station
