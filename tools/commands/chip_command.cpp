// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/chip_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "card/ports/host/virtual_chip.hpp"
#include "card/ports/host/vpcd_client.hpp"
#include "tools/stop_signals.hpp"

namespace cancuoc::tools {

namespace {

struct RunOptions {
    std::string stateFile;
    std::string address = "127.0.0.1:35963";
    std::string latency = "none";
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

ExitStatus runChip(const RunOptions& options) {
    const StopSignals stopSignals;
    const auto address = card::host::VpcdAddress::parse(options.address);
    card::host::VirtualChip chip{std::filesystem::path(options.stateFile)};
    card::host::serveVpcd(chip, address, stopSignals.token(), [&](card::host::VpcdEvent event) {
        std::cerr << describe(event, options.address) << std::endl;
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

void addRun(CLI::App& chip, ExitStatus& status) {
    auto* command =
        chip.add_subcommand("run", "Put a virtual chip into the virtual reader (vpcd) until interrupted");
    const auto options = std::make_shared<RunOptions>();
    command
        ->add_option("--state", options->stateFile,
                     "the chip's non-volatile memory; created blank when absent")
        ->required();
    command->add_option("--vpcd", options->address, "HOST:PORT of the virtual reader")
        ->check(readerAddress)
        ->capture_default_str();
    command
        ->add_option("--latency", options->latency,
                     "timing of a real chip to imitate: only 'none' in this version")
        ->check(CLI::IsMember({"none"}))
        ->capture_default_str();
    command->footer("Example:\n  cancuoc chip run --state card.chip");
    command->callback([options, &status] { status = runChip(*options); });
}

} // namespace

void addChipCommand(CLI::App& application, ExitStatus& status) {
    auto* chip = application.add_subcommand("chip", "Run the chip on this machine");
    chip->require_subcommand(1);
    chip->footer("Example:\n  cancuoc chip run --state card.chip");
    addRun(*chip, status);
}

} // namespace cancuoc::tools
