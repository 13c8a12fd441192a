// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/stock_queries.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/job_state.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace cancuoc::personalization {

namespace {

std::string_view stockActionName(StockAction action) {
    switch (action) {
    case StockAction::Received:
        return "received";
    case StockAction::Returned:
        return "returned";
    default:
        return "spoiled";
    }
}

/// The number of the first event of the shift: what is before it was carried in. 0 when there is none.
std::int64_t firstEventOf(sql::Database& database, std::string_view shift) {
    auto row = database.prepare("SELECT coalesce(min(id), 0) FROM events WHERE shift = ?");
    return row.bind(shift).step() ? row.number(0) : 0;
}

/// Blanks move in at `in` and out when they are good, spoiled or returned. Whatever an event of another shift
/// did before the shift began, and that alone, is carried in.
void countMove(BlankMovement& blanks, std::string_view event, std::string_view in, bool isBefore,
               std::int64_t count) {
    const bool isIn = event == in;
    if (isBefore) {
        blanks.carriedIn += isIn ? count : -count;
        return;
    }
    if (isIn) {
        blanks.received += count;
    } else if (event == "good") {
        blanks.good += count;
    } else if (event == "spoiled") {
        blanks.spoiled += count;
    } else {
        blanks.returned += count;
    }
}

void add(const BlankMovement& blanks, BlankMovement& all) {
    all.carriedIn += blanks.carriedIn;
    all.received += blanks.received;
    all.good += blanks.good;
    all.spoiled += blanks.spoiled;
    all.returned += blanks.returned;
}

void closeShift(BlankMovement& blanks) {
    blanks.inProcess = blanks.carriedIn + blanks.received - blanks.good - blanks.spoiled - blanks.returned;
}

void readStations(sql::Database& database, std::int64_t first, std::string_view shift,
                  std::map<std::string, StationReport>& stations) {
    auto row = database.prepare(
        "SELECT station, event, CASE WHEN shift = ? THEN 0 ELSE 1 END AS before, count(*) FROM events WHERE "
        "event IN "
        "('received', 'good', 'spoiled', 'returned') AND (shift = ? OR id < ?) AND shift <> '' "
        "GROUP BY station, event, before");
    row.bind(shift).bind(shift).bind(first);
    while (row.step()) {
        countMove(stations[row.text(0)].blanks, row.text(1), "received", row.number(2) != 0, row.number(3));
    }
}

/// When the shift last did something.
std::int64_t endOf(sql::Database& database, std::string_view shift) {
    auto row =
        database.prepare("SELECT coalesce(max(at), 0) FROM (SELECT at FROM events WHERE shift = ? UNION ALL "
                         "SELECT at FROM stock_moves WHERE shift = ?) AS moments");
    return row.bind(shift).bind(shift).step() ? row.number(0) : 0;
}

void readStock(sql::Database& database, std::string_view shift, std::int64_t end,
               std::map<std::string, StationReport>& stations) {
    auto row = database.prepare("SELECT station, action, CASE WHEN shift = ? THEN 0 ELSE 1 END AS other, "
                                "CAST(sum(count) AS BIGINT) FROM stock_moves WHERE at <= ? "
                                "GROUP BY station, action, other");
    row.bind(shift).bind(end);
    while (row.step()) {
        StationReport& station = stations[row.text(0)];
        station.hasStock = true;
        const std::string action = row.text(1);
        const std::int64_t count = row.number(3);
        station.stock.atHand += action == "received" ? count : -count;
        if (row.number(2) == 0) {
            (action == "received"   ? station.stock.received
             : action == "returned" ? station.stock.returned
                                    : station.stock.spoiled) += count;
        }
    }
}

/// Blanks that runs took from beside a station until `end`, and did not give back.
std::int64_t takenByRuns(sql::Database& database, std::string_view station, std::int64_t end) {
    auto row =
        database.prepare("SELECT coalesce(sum(CASE event WHEN 'received' THEN 1 ELSE -1 END), 0) FROM events "
                         "WHERE station = ? AND event IN ('received', 'returned') AND at <= ?");
    return row.bind(station).bind(end).step() ? row.number(0) : 0;
}

void readPriorities(sql::Database& database, std::map<std::string, OrderReport>& orders) {
    auto row = database.prepare("SELECT order_name, priority FROM order_priorities");
    while (row.step()) {
        orders[row.text(0)].priority = static_cast<int>(row.number(1));
    }
}

void countRequests(sql::Database& database, std::map<std::string, OrderReport>& orders) {
    readPriorities(database, orders);
    auto row =
        database.prepare("SELECT order_name, state, count(*) FROM requests GROUP BY order_name, state");
    while (row.step()) {
        OrderReport& order = orders[row.text(0)];
        const auto count = static_cast<std::uint64_t>(row.number(2));
        order.requests += count;
        switch (jobStateOf(row.text(1)).value_or(JobState::Quarantined)) {
        case JobState::Waiting:
            order.waiting += count;
            break;
        case JobState::Good:
            order.good += count;
            break;
        case JobState::Rejected:
            order.rejected += count;
            break;
        case JobState::Quarantined:
            order.quarantined += count;
            break;
        default:
            order.inProcess += count;
        }
    }
}

void readOrders(sql::Database& database, std::int64_t first, std::string_view shift,
                std::map<std::string, OrderReport>& orders) {
    auto row = database.prepare(
        "SELECT order_name, event, CASE WHEN shift = ? THEN 0 ELSE 1 END AS before, count(*) FROM events "
        "JOIN requests "
        "ON requests.request_id = events.request_id WHERE event IN ('loading', 'good', 'spoiled', "
        "'returned') AND "
        "serial <> '' AND (shift = ? OR id < ?) AND shift <> '' GROUP BY order_name, event, before");
    row.bind(shift).bind(shift).bind(first);
    while (row.step()) {
        countMove(orders[row.text(0)].blanks, row.text(1), "loading", row.number(2) != 0, row.number(3));
    }
}

/// The history of a blank must end where the blank stands.
void checkHistories(sql::Database& database, std::vector<std::string>& discrepancies) {
    auto row = database.prepare(
        "SELECT chips.serial, chips.state, coalesce(sum(CASE event WHEN 'received' THEN 1 WHEN 'good' THEN "
        "-1 WHEN "
        "'spoiled' THEN -1 WHEN 'returned' THEN -1 ELSE 0 END), 0) AS open FROM chips LEFT JOIN events ON "
        "events.serial = chips.serial WHERE chips.station <> '' GROUP BY chips.serial, chips.state HAVING "
        "coalesce(sum(CASE event WHEN 'received' THEN 1 WHEN 'good' THEN -1 WHEN 'spoiled' THEN -1 WHEN "
        "'returned' "
        "THEN -1 ELSE 0 END), 0) <> CASE WHEN chips.state IN ('good', 'spoiled', 'returned') THEN 0 ELSE 1 "
        "END "
        "ORDER BY chips.serial");
    while (row.step()) {
        discrepancies.push_back("The blank " + row.text(0) + " is " + row.text(1) +
                                ", and its history does not lead there.");
    }
}

void checkStock(const std::vector<StationReport>& stations, std::vector<std::string>& discrepancies) {
    for (const StationReport& station : stations) {
        if (station.hasStock && station.stock.atHand < 0) {
            discrepancies.push_back("The " + station.station + " used " +
                                    std::to_string(-station.stock.atHand) +
                                    " blanks more than it was given.");
        }
    }
}

void requireAtHand(sql::Database& database, const StockMove& move) {
    auto row = database.prepare(
        "SELECT CAST(coalesce(sum(CASE action WHEN 'received' THEN count ELSE -count END), 0) "
        "AS BIGINT) FROM stock_moves WHERE station = ?");
    const std::int64_t given = row.bind(move.station).step() ? row.number(0) : 0;
    const std::int64_t taken = takenByRuns(database, move.station, std::numeric_limits<std::int64_t>::max());
    const std::int64_t atHand = std::max<std::int64_t>(given - taken, 0);
    if (static_cast<std::int64_t>(move.count) > atHand) {
        throw BadConfiguration("The " + move.station + " has " + std::to_string(atHand) +
                               " blanks at hand by the books. Count again, or note first what it was given.");
    }
}

void requireShift(sql::Database& database, std::string_view shift) {
    auto known =
        database.prepare("SELECT 1 WHERE EXISTS (SELECT 1 FROM events WHERE shift = ?) OR EXISTS (SELECT 1 "
                         "FROM stock_moves WHERE shift = ?)");
    if (!known.bind(shift).bind(shift).step()) {
        throw BadConfiguration("Nothing happened in a shift " + std::string(shift) +
                               ". See the name that was given to --shift of perso run.");
    }
}

} // namespace

void addStockMove(sql::Database& database, const StockMove& move, std::int64_t seconds) {
    constexpr std::uint64_t mostAtOnce = 1'000'000;
    if (move.count == 0 || move.count > mostAtOnce) {
        throw BadConfiguration("Blanks are moved in counts from 1 to 1000000.");
    }
    if (move.action != StockAction::Received) {
        requireAtHand(database, move);
    }
    database
        .prepare("INSERT INTO stock_moves (at, shift, station, action, count, reason, who) VALUES (?, ?, ?, "
                 "?, ?, ?, ?)")
        .bind(seconds)
        .bind(move.shift)
        .bind(move.station)
        .bind(stockActionName(move.action))
        .bind(static_cast<std::int64_t>(move.count))
        .bind(move.reason)
        .bind(move.who)
        .run();
}

ShiftReport readShiftReport(sql::Database& database, std::string_view shift) {
    requireShift(database, shift);
    const std::int64_t first = firstEventOf(database, shift);
    std::map<std::string, StationReport> stations;
    readStations(database, first, shift, stations);
    const std::int64_t end = endOf(database, shift);
    readStock(database, shift, end, stations);
    std::map<std::string, OrderReport> orders;
    countRequests(database, orders);
    readOrders(database, first, shift, orders);
    ShiftReport report;
    report.shift = shift;
    for (auto& [name, station] : stations) {
        station.station = name;
        closeShift(station.blanks);
        station.stock.atHand -= takenByRuns(database, name, end);
        add(station.blanks, report.blanks);
        report.stations.push_back(std::move(station));
    }
    closeShift(report.blanks);
    for (auto& [name, order] : orders) {
        order.order = name;
        closeShift(order.blanks);
        report.orders.push_back(std::move(order));
    }
    checkHistories(database, report.discrepancies);
    checkStock(report.stations, report.discrepancies);
    return report;
}

std::vector<std::string> readShifts(sql::Database& database) {
    auto row = database.prepare("SELECT shift FROM (SELECT shift, started AS at FROM workers UNION ALL "
                                "SELECT shift, at FROM stock_moves) AS named WHERE shift <> '' "
                                "GROUP BY shift ORDER BY max(at) DESC, shift DESC");
    std::vector<std::string> shifts;
    while (row.step()) {
        shifts.push_back(row.text(0));
    }
    return shifts;
}

std::vector<OrderReport> readOrderCounts(sql::Database& database) {
    std::map<std::string, OrderReport> orders;
    countRequests(database, orders);
    std::vector<OrderReport> all;
    for (auto& [name, order] : orders) {
        order.order = name;
        all.push_back(std::move(order));
    }
    return all;
}

} // namespace cancuoc::personalization
