// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/trace_command.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "host/base/file.hpp"
#include "host/trace/replay.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

struct TraceOptions {
    std::string file;
    std::string trustStore;
    bool json = false;
};

struct Counts {
    std::size_t commands = 0;
    std::size_t events = 0;
};

// Goes through the trace once; TraceMismatch where the program does something else.
Counts replay(const trace::Trace& trace, const trust::TrustStore* store) {
    SystemRandom random;
    trace::Replay replay(trace, random);
    auto request = replay.request();
    request.trustStore = store;
    inspection::ReadingCache cache;
    Counts counts;
    while (true) {
        try {
            const auto card = replay.connect();
            inspection::Inspection inspection(*card, replay.random(), replay.clock());
            inspection.observe([&counts](const ApduEvent&) { ++counts.commands; });
            replay.attachTo(inspection, [&counts](const inspection::InspectionEvent&) { ++counts.events; });
            replay.finish(inspection.run(request, cache));
            return counts;
        } catch (const trace::TraceMismatch&) {
            throw;
        } catch (const Error& failure) {
            if (!replay.cardComesBack()) {
                replay.finish(failure);
                return counts;
            }
        }
    }
}

ExitStatus runReplay(const TraceOptions& options) {
    const auto trace = trace::read(toText(readFile(options.file, trace::Trace::maximumFileSize)));
    std::optional<trust::TrustStore> store;
    if (!options.trustStore.empty()) {
        store = trust::TrustStore::open(options.trustStore, systemClock());
    }
    Counts counts;
    std::string reason;
    try {
        counts = replay(trace, store ? &*store : nullptr);
    } catch (const trace::TraceMismatch& mismatch) {
        reason = mismatch.what();
    }
    if (options.json) {
        printJson(std::cout, Json{{"replays", reason.empty()},
                                  {"redacted", trace.header.redacted},
                                  {"commands", counts.commands},
                                  {"events", counts.events},
                                  {"reason", reason}});
    } else if (reason.empty()) {
        printText(std::cout, "The trace replays: {} commands and {} events, all as they were.\n",
                  counts.commands, counts.events);
    } else {
        printText(std::cout, "{}\n", reason);
    }
    return reason.empty() ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

void addReplay(CLI::App& trace, ExitStatus& status) {
    auto* command = trace.add_subcommand(
        "replay",
        "Inspect the card of a trace once more and compare every command, length, status and event");
    const auto options = std::make_shared<TraceOptions>();
    command->add_option("FILE", options->file, "what `cancuoc read --trace` wrote")->required();
    command->add_option("--trust", options->trustStore, "trust store with the CSCA certificates");
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Exit status 0 means that everything came again, 3 that something did not.\n\n"
                    "Example:\n  cancuoc trace replay session.trace");
    command->callback([options, &status] { status = runReplay(*options); });
}

} // namespace

void addTraceCommand(CLI::App& application, ExitStatus& status) {
    auto* trace = application.add_subcommand("trace", "Replay recorded sessions without their cards");
    trace->require_subcommand(1);
    trace->footer(
        "A trace is made by `cancuoc read --trace FILE`. It holds the whole session, with pseudonyms of "
        "the same\nlength for the password, file contents, keys and everything else that is secret or "
        "personal.\n\nExample:\n  cancuoc trace replay session.trace");
    addReplay(*trace, status);
}

} // namespace cancuoc::tools
