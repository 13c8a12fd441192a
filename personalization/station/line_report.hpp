// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "personalization/audit/log_verification.hpp"
#include "personalization/jobs/report.hpp"
#include "personalization/jobs/stock.hpp"

namespace cancuoc::station {

enum class ReportKind {
    Shift, ///< where the blanks of a shift went, and whether that balances
    Order, ///< how far orders are, and what of them waits for a person
    Stock, ///< the blanks at the stations
    Audit, ///< whether an audit log is what was written
};

/// What a person wants to know.
struct ReportQuestion {
    ReportKind kind = ReportKind::Shift;
    std::string shift;                ///< Shift and Stock
    std::optional<std::string> order; ///< Order; none: all of them
    std::string log;                  ///< Audit: a file
    std::string signers; ///< Audit: certificate of who signs checkpoints, or a folder of them; empty: nobody
};

/// What the store knows about orders.
struct OrderFindings {
    std::vector<personalization::OrderReport> orders;
    std::vector<personalization::CardReport> unsettled; ///< of these orders
};

struct StockFindings {
    personalization::BlankCounts blanks; ///< of the whole store
    personalization::ShiftReport shift;
};

/// An answer, as it was at one moment; in no language yet.
struct LineReport {
    ReportQuestion question;
    std::string store;
    std::chrono::sys_seconds at;
    std::variant<personalization::ShiftReport, OrderFindings, StockFindings,
                 personalization::audit::LogVerdict>
        content;
};

/// Answers a question about the line of a job store. It takes as long as the store or the log is large.
/// Throws what openExistingJobStore(), JobStore::shiftReport(), openAuditLog(), checkpointsOf() and
/// readSignerCertificates() throw.
[[nodiscard]] LineReport answer(const ReportQuestion& question, const std::string& store);

} // namespace cancuoc::station
