// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/readers_command.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/reader/pcsc.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

ExitStatus listReaders(bool json) {
    const auto readers = PcscContext().readers();
    if (json) {
        auto list = Json::array();
        for (const auto& reader : readers) {
            list.push_back({{"name", reader.name}, {"cardPresent", reader.cardPresent}});
        }
        printJson(std::cout, Json{{"readers", list}});
        return ExitStatus::Done;
    }
    for (const auto& reader : readers) {
        std::cout << fmt::format("{}  {}\n", reader.cardPresent ? "card " : "empty", reader.name);
    }
    if (readers.empty()) {
        std::cout << "No reader is connected.\n";
    }
    return ExitStatus::Done;
}

} // namespace

void addReadersCommand(CLI::App& application, ExitStatus& status) {
    auto* command =
        application.add_subcommand("readers", "List the smart card readers and whether they hold a card");
    const auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "print one JSON object");
    command->footer("Example:\n  cancuoc readers");
    command->callback([json, &status] { status = listReaders(*json); });
}

} // namespace cancuoc::tools
