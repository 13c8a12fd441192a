// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace cancuoc::personalization {

/// Where a request stands on its way to a card. Loading to Verified speak of the chip that was taken for it.
enum class JobState {
    Waiting,  ///< nothing is under way
    Claimed,  ///< a station has taken it; no chip has been touched for it
    Loading,  ///< a chip has been taken for it, by intent on disk; from here the chip itself may be written
    Loaded,   ///< the chip took everything and was activated
    Verified, ///< a fresh session read everything back and found it right
    Good,     ///< the chip is locked: this is the citizen's card
    Rejected, ///< no card could be made; a person must look
    Quarantined, ///< what became of its chip is not known; a person must look
};

/// Where a blank stands.
enum class ChipState {
    Received, ///< at a station, nothing written
    Loading,
    Loaded,
    Verified,
    Good,
    Spoiled,     ///< to be destroyed
    Returned,    ///< back in stock, nothing written
    Quarantined, ///< out of reach
};

/// The name in the store and in reports: "waiting", "in-stock" and so on.
[[nodiscard]] std::string_view nameOf(JobState state);
[[nodiscard]] std::string_view nameOf(ChipState state);

[[nodiscard]] std::optional<JobState> jobStateOf(std::string_view name);
[[nodiscard]] std::optional<ChipState> chipStateOf(std::string_view name);

} // namespace cancuoc::personalization
