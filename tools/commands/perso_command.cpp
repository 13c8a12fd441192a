// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "host/base/clock.hpp"
#include "host/base/file.hpp"
#include "host/base/random.hpp"
#include "personalization/globalplatform/cap_file.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/line/personalization_line.hpp"
#include "tools/commands/perso_audit_command.hpp"
#include "tools/commands/perso_decision_command.hpp"
#include "tools/commands/perso_handover_command.hpp"
#include "tools/commands/perso_import_command.hpp"
#include "tools/commands/perso_numbers_command.hpp"
#include "tools/commands/perso_stock_command.hpp"
#include "tools/job_store_option.hpp"
#include "tools/line_assembly.hpp"
#include "tools/line_progress.hpp"
#include "tools/output.hpp"
#include "tools/shift_report.hpp"
#include "tools/stop_signals.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

// perso run, perso report

Json toJson(const CardReport& card) {
    Json steps = Json::object();
    for (const auto& [step, milliseconds] : card.milliseconds) {
        steps[step] = milliseconds;
    }
    return {{"requestId", card.requestId},
            {"chipSerial", card.chipSerial},
            {"state", card.state},
            {"reason", card.reason},
            {"milliseconds", steps}};
}

Json toJson(const Report& report) {
    Json cards = Json::array();
    for (const CardReport& card : report.cards) {
        cards.push_back(toJson(card));
    }
    const BlankCounts& blanks = report.blanks;
    return {{"requests", report.requests},
            {"good", report.good},
            {"rejected", report.rejected},
            {"inProcess", report.inProcess},
            {"waiting", report.waiting},
            {"quarantined", report.quarantined},
            {"blanks",
             {{"received", blanks.received},
              {"good", blanks.good},
              {"spoiled", blanks.spoiled},
              {"returned", blanks.returned},
              {"inProcess", blanks.inProcess}}},
            {"cardsPerSecond", report.cardsPerSecond},
            {"cards", cards}};
}

void printForPeople(const Report& report) {
    printText(std::cout, "Requests  {:>7}: {} good, {} rejected, {} in process, {} waiting, {} quarantined\n",
              report.requests, report.good, report.rejected, report.inProcess, report.waiting,
              report.quarantined);
    printText(std::cout, "Blanks    {:>7}: {} good, {} spoiled, {} returned, {} in process\n",
              report.blanks.received, report.blanks.good, report.blanks.spoiled, report.blanks.returned,
              report.blanks.inProcess);
    for (const CardReport& card : report.cards) {
        if (card.state != "good" && card.state != "returned") {
            printText(std::cout, "  {} {} {}: {}\n", card.requestId, card.chipSerial, card.state,
                      card.reason);
        }
    }
}

struct LineRunOptions {
    std::shared_ptr<LineMeans> means;
    std::string metrics;
    bool json = false;
};

std::string sentenceAbout(const CardOutcome& outcome) {
    return fmt::format("{} {} {}{}{}", outcome.requestId, outcome.chipSerial,
                       outcome.state == ChipState::Received ? "rejected" : nameOf(outcome.state),
                       outcome.reason.empty() ? "" : ": ", outcome.reason);
}

/// Whom the outcomes of a run are told: the metrics, and people unless a program reads.
class OutcomeObservers {
public:
    OutcomeObservers(const LineRunOptions& options, JobStore& jobs) {
        if (!options.metrics.empty()) {
            constexpr std::chrono::seconds interval(5);
            metrics_.emplace(options.metrics, jobs, systemClock(), interval);
        }
        if (!options.json) {
            const Report counts = jobs.counts();
            progress_.emplace(counts.waiting + counts.inProcess, isatty(STDERR_FILENO) != 0);
        }
    }

    void tell(const CardOutcome& outcome) {
        if (metrics_) {
            metrics_->count(outcome.state);
        }
        if (progress_) {
            progress_->tell(sentenceAbout(outcome), outcome.state);
        }
    }

    /// No more outcomes come.
    void end() {
        metrics_.reset();
        progress_.reset();
    }

private:
    std::optional<MetricsFile> metrics_;
    std::optional<LineProgress> progress_;
};

ExitStatus statusOf(const RunResult& result, const Report& report) {
    if (!result.errors.empty()) {
        return ExitStatus::Failed;
    }
    return report.rejected + report.quarantined > 0 ? ExitStatus::CheckNotPassed : ExitStatus::Done;
}

ExitStatus runLine(const LineRunOptions& options) {
    const StopSignals signals;
    SystemRandom random;
    const auto jobs = openExistingJobStore(options.means->store);
    LineAssembly assembly(*options.means, *jobs, random);
    OutcomeObservers observers(options, *jobs);
    PersonalizationLine line(assembly.services(),
                             [&observers](const CardOutcome& outcome) { observers.tell(outcome); });
    const RunResult result = line.run(
        assembly.stations(signals.token(),
                          [](const std::string& sentence) { printText(std::cerr, "{}\n", sentence); }),
        signals.token());
    observers.end();
    assembly.end();
    if (signals.token().stop_requested()) {
        std::cerr
            << "Stopped as asked: every card that was begun is finished. Start the run again to go on.\n";
    }
    for (const std::string& error : result.errors) {
        printText(std::cerr, "cancuoc: {}\n", error);
    }
    Report report = jobs->report();
    report.cardsPerSecond =
        static_cast<double>(result.goodCards) / std::chrono::duration<double>(result.elapsed).count();
    if (options.json) {
        printJson(std::cout, toJson(report));
    } else {
        printForPeople(report);
        printText(std::cout, "This run made {} good cards, {:.1f} a second.\n", result.goodCards,
                  report.cardsPerSecond);
    }
    return statusOf(result, report);
}

void addLineRun(CLI::App& perso, ExitStatus& status) {
    auto* command = perso.add_subcommand("run", "Make cards of the requests that wait in a job store");
    const auto options = std::make_shared<LineRunOptions>();
    options->means = addLineMeans(*command);
    command->add_option("--metrics", options->metrics,
                        "keep this file up to date with metrics in the text form of Prometheus");
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "Every step of every card is in the audit log before it is done; see `perso audit --help`.\n"
        "SIGINT or SIGTERM ends the run after the cards that are begun. A run that was stopped or killed\n"
        "goes on where it stopped when it is started again.\n"
        "Exit status 2 when a station stopped early, 3 when requests are rejected or quarantined.\n\n"
        "Example:\n  cancuoc perso run --store jobs.sqlite --pki pki --virtual 2 --chips chips");
    command->callback([options, &status] { status = runLine(*options); });
}

struct LoadProfileOptions {
    std::string profile;
};

void addLoadProfile(CLI::App& perso, ExitStatus& status) {
    auto* command =
        perso.add_subcommand("load-profile", "Print a load profile, or the names of those that ship");
    const auto options = std::make_shared<LoadProfileOptions>();
    command->add_option("PROFILE", options->profile, "a name, or a file to check");
    command->footer("Example:\n  cancuoc perso load-profile cancuoc > mine.json");
    command->callback([options, &status] {
        if (options->profile.empty()) {
            for (const std::string& name : LoadProfile::names()) {
                printText(std::cout, "{}\n", name);
            }
        } else {
            printJson(std::cout, Json::parse(LoadProfile::textOf(options->profile)));
        }
        status = ExitStatus::Done;
    });
}

struct CapOptions {
    std::string file;
    bool json = false;
};

Json toJson(const CapPackage& package) {
    return {{"identifier", toHex(package.identifier)},
            {"version", std::to_string(package.majorVersion) + "." + std::to_string(package.minorVersion)}};
}

Json toJson(const CapFile& cap) {
    Json applets = Json::array();
    for (const Bytes& applet : cap.applets()) {
        applets.push_back(toHex(applet));
    }
    Json imports = Json::array();
    for (const CapPackage& package : cap.imports()) {
        imports.push_back(toJson(package));
    }
    return {{"format", cap.formatVersion()},
            {"package", toJson(cap.package())},
            {"applets", applets},
            {"imports", imports},
            {"loadFileBytes", cap.loadFileData().size()}};
}

void printForPeople(const CapFile& cap) {
    const auto line = [](const char* what, const CapPackage& package) {
        printText(std::cout, "{:<8} {} {}.{}\n", what, toHex(package.identifier), package.majorVersion,
                  package.minorVersion);
    };
    line("package", cap.package());
    for (const Bytes& applet : cap.applets()) {
        printText(std::cout, "applet   {}\n", toHex(applet));
    }
    for (const CapPackage& package : cap.imports()) {
        line("imports", package);
    }
    printText(std::cout, "{} bytes to load, CAP format {}\n", cap.loadFileData().size(), cap.formatVersion());
}

void addCap(CLI::App& perso, ExitStatus& status) {
    auto* command = perso.add_subcommand("cap", "Show what a CAP file of Java Card holds");
    const auto options = std::make_shared<CapOptions>();
    command->add_option("FILE", options->file)->required();
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Example:\n  cancuoc perso cap applet.cap");
    command->callback([options, &status] {
        const CapFile cap = CapFile::decode(readFile(options->file, CapFile::maximumArchiveSize));
        if (options->json) {
            printJson(std::cout, toJson(cap));
        } else {
            printForPeople(cap);
        }
        status = ExitStatus::Done;
    });
}

struct ReportOptions {
    std::string store;
    std::string shift;
    bool json = false;
};

ExitStatus reportShift(const ReportOptions& options, JobStore& jobs) {
    const ShiftReport report = jobs.shiftReport(options.shift);
    if (options.json) {
        printJson(std::cout, shiftReportJson(report));
    } else {
        printShiftReport(std::cout, report);
    }
    return report.discrepancies.empty() ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

ExitStatus reportStore(const ReportOptions& options, JobStore& jobs) {
    const Report report = jobs.report();
    if (options.json) {
        printJson(std::cout, toJson(report));
    } else {
        printForPeople(report);
    }
    return ExitStatus::Done;
}

void addReport(CLI::App& perso, ExitStatus& status) {
    auto* command = perso.add_subcommand("report", "Count requests, cards and blanks");
    const auto options = std::make_shared<ReportOptions>();
    command->add_option("--store", options->store, jobStoreHelp)->required();
    command->add_flag("--json", options->json, "print one JSON object");
    command->add_option(
        "--shift", options->shift,
        "where the blanks of this shift went, by station and order; exit status 3 when they do not "
        "balance to the unit");
    command->footer("Example:\n  cancuoc perso report --store jobs.sqlite\n"
                    "  cancuoc perso report --store jobs.sqlite --shift 2126-11-27");
    command->callback([options, &status] {
        const auto jobs = openExistingJobStore(options->store);
        status = options->shift.empty() ? reportStore(*options, *jobs) : reportShift(*options, *jobs);
    });
}

} // namespace

void addPersoCommand(CLI::App& application, ExitStatus& status) {
    auto* perso = application.add_subcommand("perso", "Issue cards: from records to verified, locked chips");
    perso->require_subcommand(1);
    perso->footer("Example:\n  cancuoc perso import citizens/records.csv --store jobs.sqlite\n"
                  "  cancuoc perso run --store jobs.sqlite --pki pki --virtual 2 --chips chips\n"
                  "  cancuoc perso report --store jobs.sqlite");
    addPersoImportCommands(*perso, status,
                           [](const std::string& store) { return openJobStore(store, systemClock()); });
    addLineRun(*perso, status);
    addReport(*perso, status);
    const OpenStore openExisting = openExistingJobStore;
    addPersoStockCommand(*perso, status, openExisting);
    addPersoHandoverCommand(*perso, status, openExisting);
    addPersoDecisionCommands(*perso, status, openExisting);
    addPersoAuditCommand(*perso, status);
    addPersoNumbersCommand(*perso, status);
    addLoadProfile(*perso, status);
    addCap(*perso, status);
}

} // namespace cancuoc::tools
