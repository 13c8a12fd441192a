// SPDX-License-Identifier: Apache-2.0
#include "tools/line_worker.hpp"

#include <fstream>
#include <optional>
#include <sstream>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "host/base/clock.hpp"
#include "host/base/date.hpp"

namespace cancuoc::tools {

namespace {

/// What /proc/PID/stat says of a process (proc(5)).
struct ProcessState {
    char state = '?';
    std::string startTime;
};

std::string firstLineOf(const std::string& file) {
    std::ifstream input(file);
    std::string line;
    std::getline(input, line);
    return line;
}

// The second field is the program's name in brackets, which may hold anything; the start is the 22nd.
std::optional<ProcessState> stateOf(const std::string& process) {
    const std::string line = firstLineOf("/proc/" + process + "/stat");
    const auto end = line.rfind(')');
    if (end == std::string::npos) {
        return std::nullopt;
    }
    std::istringstream fields(line.substr(end + 1));
    ProcessState state;
    fields >> state.state;
    for (int field = 4; field <= 22; ++field) {
        fields >> state.startTime;
    }
    return fields ? std::optional(state) : std::nullopt;
}

std::string bootId() {
    return firstLineOf("/proc/sys/kernel/random/boot_id");
}

std::string nameOf(const std::string& process, const ProcessState& state) {
    return process + " " + state.startTime + " " + bootId();
}

std::optional<bool> lives(std::string_view name) {
    if (bootId().empty()) {
        return std::nullopt;
    }
    const std::string process(name.substr(0, name.find(' ')));
    const auto state = stateOf(process);
    return state && state->state != 'Z' && state->state != 'X' && nameOf(process, *state) == name;
}

std::string hostName() {
    char name[256] = {};
    return ::gethostname(name, sizeof(name) - 1) == 0 ? name : "this machine";
}

} // namespace

std::string shiftOfToday() {
    return toIso(dateOf(systemClock()()));
}

std::shared_ptr<LineWorkerOptions> addLineWorkerOptions(CLI::App& command) {
    auto options = std::make_shared<LineWorkerOptions>();
    command.add_option("--machine", options->machine,
                       "names the place of the stations; a run finds the chips that one of the same machine "
                       "left (default: the host's name)");
    command.add_option("--shift", options->shift, shiftHelp);
    command
        .add_option("--lease", options->lease,
                    "seconds without a sign of life after which other runs may take this one's requests")
        ->capture_default_str()
        ->check(CLI::Range(1U, 86'400U));
    return options;
}

personalization::Worker thisWorker(const LineWorkerOptions& options) {
    const std::string process = std::to_string(::getpid());
    const auto state = stateOf(process);
    return {options.machine.empty() ? hostName() : options.machine, state ? nameOf(process, *state) : process,
            state ? personalization::ProcessLives(lives) : personalization::ProcessLives(),
            std::chrono::seconds(options.lease), options.shift.empty() ? shiftOfToday() : options.shift};
}

} // namespace cancuoc::tools
