// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc {

/// What one named step of a session cost.
struct StepStatistics {
    std::string name;
    /// Command APDUs on the wire, GET RESPONSE among them.
    std::size_t commands = 0;
    /// Bytes of encoded commands and responses on the wire.
    std::size_t bytesSent = 0;
    std::size_t bytesReceived = 0;
    /// Wall time spent in the step, without the steps inside it.
    std::chrono::nanoseconds duration{};
};

/// Counts commands, bytes and time by step. Steps nest; entering a name again adds to its first entry.
class StepClock {
public:
    /// Starts a step and returns the one that was running, to be given back to leave().
    std::size_t enter(std::string_view name);
    void leave(std::size_t previous);
    /// Adds one exchange to the running step, or to "other" when none runs.
    void count(std::size_t sent, std::size_t received);

    /// In the order in which they were first entered.
    [[nodiscard]] const std::vector<StepStatistics>& steps() const { return steps_; }
    /// All steps together, named "total".
    [[nodiscard]] StepStatistics total() const;
    /// The running step; empty when none runs.
    [[nodiscard]] std::string_view current() const;

private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::size_t find(std::string_view name);
    void switchTo(std::size_t step);

    std::vector<StepStatistics> steps_;
    std::size_t current_ = none;
    SteadyTime lastSwitch_{};
};

} // namespace cancuoc
