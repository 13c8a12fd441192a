// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/floor_state.hpp"

#include <cmath>

namespace cancuoc::station {

double FloorState::progress() const {
    const std::uint64_t settled = counts.good + counts.rejected;
    return counts.requests == 0 ? 0 : static_cast<double>(settled) / static_cast<double>(counts.requests);
}

std::optional<std::chrono::minutes> FloorState::timeLeft() const {
    if (cardsAnHour <= 0) {
        return std::nullopt;
    }
    const auto left = static_cast<double>(counts.waiting + counts.inProcess);
    return std::chrono::minutes(std::lround(std::ceil(left * 60 / cardsAnHour)));
}

} // namespace cancuoc::station
