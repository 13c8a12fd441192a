// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/readers_command.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "host/base/error.hpp"
#include "host/reader/reader_monitor.hpp"
#include "tools/output.hpp"
#include "tools/stop_signals.hpp"

namespace cancuoc::tools {

namespace {

std::string_view cardState(const ReaderInfo& reader) {
    if (!reader.answers) {
        return "silent";
    }
    if (reader.cardMute) {
        return "mute";
    }
    return reader.cardPresent ? "card" : "empty";
}

Json readerJson(const ReaderInfo& reader) {
    return {{"name", reader.name},   {"cardPresent", reader.cardPresent}, {"state", cardState(reader)},
            {"inUse", reader.inUse}, {"exclusive", reader.exclusive},     {"atr", toHex(reader.atr)}};
}

ExitStatus listReaders(bool json) {
    const auto readers = ReaderMonitor().readers();
    if (json) {
        auto list = Json::array();
        for (const auto& reader : readers) {
            list.push_back(readerJson(reader));
        }
        printJson(std::cout, Json{{"readers", list}});
        return ExitStatus::Done;
    }
    for (const auto& reader : readers) {
        printText(std::cout, "{:<6} {}{}\n", cardState(reader), reader.name, reader.inUse ? " (in use)" : "");
    }
    if (readers.empty()) {
        std::cout << "No reader is connected.\n";
    }
    return ExitStatus::Done;
}

// Until the person asks to stop.
ExitStatus watchReaders() {
    const StopSignals signals;
    const ReaderMonitor monitor;
    static_cast<void>(monitor.readers()); // says so when the service is not running
    try {
        while (true) {
            const auto event = monitor.next({signals.token(), std::nullopt});
            printText(std::cout, "{:<16} {}\n", nameOf(event.kind), event.reader.name);
            std::cout.flush();
        }
    } catch (const Cancelled&) {
        return ExitStatus::Done;
    }
}

struct ReadersOptions {
    bool watch = false;
    bool json = false;
};

} // namespace

void addReadersCommand(CLI::App& application, ExitStatus& status) {
    auto* command =
        application.add_subcommand("readers", "List the smart card readers and whether they hold a card");
    const auto options = std::make_shared<ReadersOptions>();
    auto* watch = command->add_flag("--watch", options->watch,
                                    "tell of readers and cards that come and go, until interrupted");
    command->add_flag("--json", options->json, "print one JSON object")->excludes(watch);
    command->footer("Example:\n  cancuoc readers");
    command->callback(
        [options, &status] { status = options->watch ? watchReaders() : listReaders(options->json); });
}

} // namespace cancuoc::tools
