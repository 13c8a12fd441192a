// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/report_queries.hpp"

#include "personalization/jobs/job_state.hpp"

#include <map>

namespace cancuoc::personalization {

namespace {

void countRequests(sql::Database& database, Report& report) {
    auto row = database.prepare("SELECT state, count(*) FROM requests GROUP BY state");
    while (row.step()) {
        const auto count = static_cast<std::uint64_t>(row.number(1));
        report.requests += count;
        switch (jobStateOf(row.text(0)).value_or(JobState::Quarantined)) {
        case JobState::Waiting:
            report.waiting += count;
            break;
        case JobState::Good:
            report.good += count;
            break;
        case JobState::Rejected:
            report.rejected += count;
            break;
        case JobState::Quarantined:
            report.quarantined += count;
            break;
        default:
            report.inProcess += count;
        }
    }
}

void countBlanks(sql::Database& database, BlankCounts& blanks) {
    auto row = database.prepare("SELECT state, count(*) FROM chips GROUP BY state");
    while (row.step()) {
        const auto count = static_cast<std::uint64_t>(row.number(1));
        blanks.received += count;
        switch (chipStateOf(row.text(0)).value_or(ChipState::Quarantined)) {
        case ChipState::Good:
            blanks.good += count;
            break;
        case ChipState::Spoiled:
            blanks.spoiled += count;
            break;
        case ChipState::Returned:
            blanks.returned += count;
            break;
        default:
            blanks.inProcess += count;
        }
    }
}

std::vector<CardReport> chipReports(sql::Database& database) {
    auto row = database.prepare(
        "SELECT coalesce(request_id, ''), serial, state, reason FROM chips ORDER BY position, serial");
    std::vector<CardReport> cards;
    while (row.step()) {
        cards.push_back({row.text(0), row.text(1), row.text(2), row.text(3), {}});
    }
    return cards;
}

void addSteps(sql::Database& database, std::vector<CardReport>& cards) {
    std::map<std::string, CardReport*> bySerial;
    for (CardReport& card : cards) {
        bySerial.emplace(card.chipSerial, &card);
    }
    auto row = database.prepare("SELECT serial, step, microseconds FROM steps ORDER BY id");
    while (row.step()) {
        bySerial.at(row.text(0))
            ->milliseconds.emplace_back(row.text(1), static_cast<double>(row.number(2)) / 1000.0);
    }
}

void addRejectedRequests(sql::Database& database, std::vector<CardReport>& cards) {
    auto row = database.prepare(
        "SELECT request_id, reason, order_name FROM requests WHERE state = 'rejected' ORDER BY position");
    while (row.step()) {
        cards.push_back(
            {row.text(0), "", std::string(nameOf(JobState::Rejected)), row.text(1), {}, row.text(2)});
    }
}

double cardsPerSecondOfTheLastRun(sql::Database& database) {
    auto run =
        database.prepare("SELECT good, microseconds FROM runs WHERE good > 0 ORDER BY id DESC LIMIT 1");
    return run.step() && run.number(1) > 0
               ? static_cast<double>(run.number(0)) * 1e6 / static_cast<double>(run.number(1))
               : 0;
}

} // namespace

Report readCounts(sql::Database& database) {
    Report report;
    countRequests(database, report);
    countBlanks(database, report.blanks);
    report.cardsPerSecond = cardsPerSecondOfTheLastRun(database);
    return report;
}

std::vector<CardReport> readUnsettled(sql::Database& database) {
    auto row = database.prepare(
        "SELECT chips.request_id, serial, chips.state, chips.reason, order_name FROM chips JOIN requests ON "
        "requests.request_id = chips.request_id WHERE chips.state = 'quarantined' ORDER BY chips.position, "
        "serial");
    std::vector<CardReport> cards;
    while (row.step()) {
        cards.push_back({row.text(0), row.text(1), row.text(2), row.text(3), {}, row.text(4)});
    }
    addRejectedRequests(database, cards);
    return cards;
}

Report readReport(sql::Database& database) {
    Report report = readCounts(database);
    report.cards = chipReports(database);
    addSteps(database, report.cards);
    addRejectedRequests(database, report.cards);
    return report;
}

} // namespace cancuoc::personalization
