// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "personalization/line/line_metrics.hpp"

namespace cancuoc::tools {

/// Shows on a terminal how a run goes: one line that is written over, under the sentences about single cards.
/// One thread at a time.
class LineProgress {
public:
    /// @param toDo requests that waited when the run began
    LineProgress(std::uint64_t toDo, bool onTerminal) : toDo_(toDo), onTerminal_(onTerminal) {}
    LineProgress(const LineProgress&) = delete;
    LineProgress& operator=(const LineProgress&) = delete;
    /// Takes the line away.
    ~LineProgress();

    /// Tells what became of a chip and, on a terminal, shows the line again. A good card has no sentence of
    /// its own on a terminal.
    void tell(const std::string& sentence, personalization::ChipState outcome);

private:
    void clear() const;

    std::uint64_t toDo_;
    bool onTerminal_;
    personalization::RunCounts counts_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The line: good cards of those to be made, rejects, cards a second, and the time that the rest will take.
[[nodiscard]] std::string progressLine(const personalization::RunCounts& counts, std::uint64_t toDo);

} // namespace cancuoc::tools
