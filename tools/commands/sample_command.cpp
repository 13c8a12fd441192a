// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/sample_command.hpp"

#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "personalization/sample/sample.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

struct SampleOptions {
    std::size_t count = 0;
    std::int64_t seed = 0;
    std::string directory;
};

} // namespace

void addSampleCommand(CLI::App& application, ExitStatus& status) {
    auto* command = application.add_subcommand("sample", "Invent citizens for tests and demonstrations");
    const auto options = std::make_shared<SampleOptions>();
    command->add_option("--count", options->count, "how many citizens")
        ->required()
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
    command->add_option("--seed", options->seed, "the same seed invents the same citizens")
        ->required()
        ->check(CLI::NonNegativeNumber);
    command->add_option("--out", options->directory, "folder for records.csv, portraits/ and fingers/")
        ->required();
    command->footer(
        "Nobody has the data of these citizens: all are born in 2090 or later, and their pictures are "
        "drawn.\n\nExample:\n  cancuoc sample --count 5 --seed 1 --out citizens");
    command->callback([options, &status] {
        personalization::writeSample(options->directory, options->count,
                                     static_cast<std::uint64_t>(options->seed));
        printText(std::cout, "Wrote {} fictional citizens to {}.\n", options->count, options->directory);
        status = ExitStatus::Done;
    });
}

} // namespace cancuoc::tools
