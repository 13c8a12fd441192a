// SPDX-License-Identifier: Apache-2.0
#include "personalization/line/line_metrics.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"

#include <sstream>

namespace cancuoc::personalization {

namespace {

/// One metric family: its samples differ in one label.
class Family {
public:
    Family(std::ostream& out, std::string_view name, std::string_view type, std::string_view help)
        : out_(out), name_(name) {
        out_ << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n';
    }

    template <class Number>
    Family& sample(std::string_view label, std::string_view value, Number number) {
        out_ << name_ << '{' << label << "=\"" << value << "\"} " << number << '\n';
        return *this;
    }

    template <class Number>
    void sample(Number number) {
        out_ << name_ << ' ' << number << '\n';
    }

private:
    std::ostream& out_;
    std::string_view name_;
};

} // namespace

void RunCounts::count(ChipState outcome) {
    switch (outcome) {
    case ChipState::Good:
        ++good;
        break;
    case ChipState::Spoiled:
        ++spoiled;
        break;
    case ChipState::Quarantined:
        ++quarantined;
        break;
    default: // the blank is one still: its record cannot become a card
        ++rejected;
    }
}

double RunCounts::cardsPerSecond() const {
    return elapsed.count() == 0 ? 0
                                : static_cast<double>(good) * 1000.0 / static_cast<double>(elapsed.count());
}

std::string prometheusText(const RunCounts& run, const Report& store, std::chrono::sys_seconds started) {
    std::ostringstream out;
    Family(out, "cancuoc_line_requests", "gauge", "Requests of the job store by state.")
        .sample("state", "waiting", store.waiting)
        .sample("state", "in_process", store.inProcess)
        .sample("state", "good", store.good)
        .sample("state", "rejected", store.rejected)
        .sample("state", "quarantined", store.quarantined);
    Family(out, "cancuoc_line_blanks", "gauge", "Blanks of the job store by state.")
        .sample("state", "in_process", store.blanks.inProcess)
        .sample("state", "good", store.blanks.good)
        .sample("state", "spoiled", store.blanks.spoiled)
        .sample("state", "returned", store.blanks.returned);
    Family(out, "cancuoc_line_run_outcomes_total", "counter", "Outcomes of this run, by kind.")
        .sample("outcome", "good", run.good)
        .sample("outcome", "spoiled", run.spoiled)
        .sample("outcome", "quarantined", run.quarantined)
        .sample("outcome", "rejected", run.rejected);
    Family(out, "cancuoc_line_run_cards_per_second", "gauge", "Good cards a second since this run began.")
        .sample(run.cardsPerSecond());
    Family(out, "cancuoc_line_run_start_time_seconds", "gauge", "When this run began, in seconds since 1970.")
        .sample(started.time_since_epoch().count());
    return out.str();
}

MetricsFile::MetricsFile(std::filesystem::path file, JobStore& store, const Clock& clock,
                         std::chrono::milliseconds interval)
    : file_(std::move(file)), store_(store), started_(clock()) {
    write();
    thread_ = std::jthread([this, interval](const std::stop_token& stop) { keepUp(stop, interval); });
}

MetricsFile::~MetricsFile() {
    thread_.request_stop();
    thread_.join();
    try {
        write();
    } catch (const Error&) {
        return; // what it holds is told as old by its time
    }
}

void MetricsFile::count(ChipState outcome) {
    const std::lock_guard guard(mutex_);
    counts_.count(outcome);
}

void MetricsFile::write() {
    RunCounts counts;
    {
        const std::lock_guard guard(mutex_);
        counts = counts_;
    }
    counts.elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
    writeFile(file_, viewOf(prometheusText(counts, store_.counts(), started_)));
}

void MetricsFile::keepUp(const std::stop_token& stop, std::chrono::milliseconds interval) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    while (!woken.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); })) {
        try {
            write();
        } catch (const Error&) {
            continue; // the next time may be better; a line does not stop for its metrics
        }
    }
}

} // namespace cancuoc::personalization
