// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/demo/card_report.hpp"

#include <string>
#include <vector>

namespace cancuoc::demo {

/// A step of the demonstration and how long it took.
struct StageTime {
    std::string name;
    double seconds = 0;
};

/// The whole page, in one file: nothing is loaded from elsewhere.
[[nodiscard]] std::string page(const std::vector<CardReport>& cards, const std::vector<StageTime>& stages);

/// The same in a few lines, for the terminal.
[[nodiscard]] std::string summary(const std::vector<CardReport>& cards);

} // namespace cancuoc::demo
