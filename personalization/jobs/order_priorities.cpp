// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/order_priorities.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/job_store.hpp"

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace cancuoc::personalization {

namespace {

struct Priority {
    std::string order;
    std::int64_t priority = 0;
};

// The highest first; of equal ones, the order that was imported first.
std::vector<Priority> prioritiesOf(sql::Database& database) {
    auto row = database.prepare(
        "SELECT order_name, priority FROM order_priorities ORDER BY priority DESC, position");
    std::vector<Priority> priorities;
    while (row.step()) {
        priorities.push_back({row.text(0), row.number(1)});
    }
    return priorities;
}

/// The first waiting request with that condition, of which `order`, unless it is null, is the only value.
std::optional<std::string> firstInLine(sql::Database& database, const std::string& condition,
                                       const std::string* order = nullptr) {
    auto row = database.prepare("SELECT request_id FROM requests WHERE state = 'waiting'" + condition +
                                " LIMIT 1" + database.holdingFreeRows());
    if (order != nullptr) {
        row.bind(*order);
    }
    return row.step() ? std::optional(row.text(0)) : std::nullopt;
}

std::optional<std::string> firstOf(sql::Database& database, const std::string& order) {
    return firstInLine(database, " AND order_name = ? ORDER BY position", &order);
}

} // namespace

std::optional<std::string> nextInLine(sql::Database& database) {
    const auto priorities = prioritiesOf(database);
    if (priorities.empty()) {
        return firstInLine(database, " ORDER BY attempts = 0, position");
    }
    if (auto remake = firstInLine(database, " AND attempts > 0 ORDER BY position")) {
        return remake;
    }
    auto order = priorities.begin();
    for (; order != priorities.end() && order->priority > 0; ++order) {
        if (auto next = firstOf(database, order->order)) {
            return next;
        }
    }
    if (auto next = firstInLine(
            database, " AND order_name NOT IN (SELECT order_name FROM order_priorities) ORDER BY position")) {
        return next;
    }
    for (; order != priorities.end(); ++order) {
        if (auto next = firstOf(database, order->order)) {
            return next;
        }
    }
    return std::nullopt;
}

void setOrderPriority(sql::Database& database, std::string_view order, int priority) {
    if (std::abs(priority) > JobStore::highestPriority) {
        throw BadConfiguration("A priority is a number from -" + std::to_string(JobStore::highestPriority) +
                               " to " + std::to_string(JobStore::highestPriority) + ".");
    }
    auto first = database.prepare("SELECT min(position), count(*) FROM requests WHERE order_name = ?");
    if (!first.bind(order).step() || first.number(1) == 0) {
        throw BadConfiguration("The job store has no order " + std::string(order) + ".");
    }
    database.prepare("DELETE FROM order_priorities WHERE order_name = ?").bind(order).run();
    if (priority != 0) {
        database.prepare("INSERT INTO order_priorities (order_name, priority, position) VALUES (?, ?, ?)")
            .bind(order)
            .bind(std::int64_t{priority})
            .bind(first.number(0))
            .run();
    }
}

} // namespace cancuoc::personalization
