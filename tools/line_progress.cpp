// SPDX-License-Identifier: Apache-2.0
#include "tools/line_progress.hpp"

#include <cmath>
#include <iostream>

#include "tools/output.hpp"

namespace cancuoc::tools {

using personalization::ChipState;

std::string progressLine(const personalization::RunCounts& counts, std::uint64_t toDo) {
    constexpr std::uint64_t minute = 60;
    const std::uint64_t ended = counts.good + counts.quarantined + counts.rejected;
    const double rate = counts.cardsPerSecond();
    std::string left = "--:--";
    if (rate > 0) {
        const auto seconds = static_cast<std::uint64_t>(
            std::llround(static_cast<double>(toDo > ended ? toDo - ended : 0) / rate));
        left = fmt::format("{:02}:{:02}", seconds / minute, seconds % minute);
    }
    return fmt::format("{} of {} good, {} spoiled, {} rejected, {} quarantined, {:.1f} a second, {} left",
                       counts.good, toDo, counts.spoiled, counts.rejected, counts.quarantined, rate, left);
}

LineProgress::~LineProgress() {
    clear();
}

void LineProgress::tell(const std::string& sentence, ChipState outcome) {
    counts_.count(outcome);
    clear();
    if (!onTerminal_ || outcome != ChipState::Good) {
        printText(std::cerr, "{}\n", sentence);
    }
    if (onTerminal_) {
        counts_.elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
        printText(std::cerr, "{}", progressLine(counts_, toDo_));
        std::cerr.flush();
    }
}

void LineProgress::clear() const {
    if (onTerminal_) {
        std::cerr << "\r\x1B[K"; // erase to the end of the line (ECMA-48)
    }
}

} // namespace cancuoc::tools
