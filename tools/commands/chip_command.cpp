// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/chip_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "card/ports/host/latency_model.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "card/ports/host/vpcd_client.hpp"
#include "tools/output.hpp"
#include "tools/stop_signals.hpp"

namespace cancuoc::tools {

namespace {

constexpr std::string_view noLatency = "none";

struct ChipRunOptions {
    std::string stateFile;
    std::string address = "127.0.0.1:35963";
    std::string latency{noLatency};
};

std::string describe(card::host::VpcdEvent event, const std::string& address) {
    switch (event) {
    case card::host::VpcdEvent::Waiting:
        return fmt::format("Waiting for the virtual reader at {}.", address);
    case card::host::VpcdEvent::Inserted:
        return fmt::format("The chip is in the virtual reader at {}.", address);
    case card::host::VpcdEvent::Removed:
        break;
    }
    return "The chip is out of the virtual reader.";
}

ExitStatus runChip(const ChipRunOptions& options) {
    const StopSignals stopSignals;
    const auto address = card::host::VpcdAddress::parse(options.address);
    card::host::VirtualChip chip(options.stateFile, card::host::LatencyModel::named(options.latency));
    card::host::serveVpcd(chip, address, stopSignals.token(), [&](card::host::VpcdEvent event) {
        printText(std::cerr, "{}\n", describe(event, options.address));
        std::cerr.flush();
    });
    return ExitStatus::Done;
}

std::string readerAddress(const std::string& text) {
    try {
        static_cast<void>(card::host::VpcdAddress::parse(text));
        return "";
    } catch (const std::exception& noAddress) {
        return noAddress.what();
    }
}

std::string latencyModel(const std::string& text) {
    if (text == noLatency || card::host::LatencyModel::named(text)) {
        return "";
    }
    return fmt::format("'{}' is no model of a chip's timing: give none, or one of {}, and behind it @106, "
                       "@212, @424 or @848 for the link's kbit/s",
                       text, card::host::LatencyModel::chipNames());
}

void addChipRun(CLI::App& chip, ExitStatus& status) {
    auto* command =
        chip.add_subcommand("run", "Put a virtual chip into the virtual reader (vpcd) until interrupted");
    const auto options = std::make_shared<ChipRunOptions>();
    command
        ->add_option("--state", options->stateFile,
                     "the chip's non-volatile memory; created blank when absent")
        ->required();
    command->add_option("--vpcd", options->address, "HOST:PORT of the virtual reader")
        ->check(readerAddress)
        ->capture_default_str();
    command
        ->add_option("--latency", options->latency,
                     fmt::format("timing of a real chip in a contactless reader to imitate, CHIP or "
                                 "CHIP@KBIT_PER_SECOND: {}",
                                 card::host::LatencyModel::chipNames()))
        ->check(latencyModel)
        ->capture_default_str();
    command->footer("Example:\n  cancuoc chip run --state card.chip --latency jcop4-p71@424");
    command->callback([options, &status] { status = runChip(*options); });
}

} // namespace

void addChipCommand(CLI::App& application, ExitStatus& status) {
    auto* chip = application.add_subcommand("chip", "Run the chip on this machine");
    chip->require_subcommand(1);
    chip->footer("Example:\n  cancuoc chip run --state card.chip");
    addChipRun(*chip, status);
}

} // namespace cancuoc::tools
