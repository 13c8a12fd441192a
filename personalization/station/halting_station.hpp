// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "host/base/error.hpp"
#include "personalization/line/chip_station.hpp"

namespace cancuoc::station {

/// A person stopped the run in the middle of a card.
class RunHalted : public Error {
public:
    RunHalted() : Error(sentence) {}

    static constexpr const char* sentence = "The run was stopped by its operator.";
};

/// A station whose chips take no further command once a person has stopped the run. Its connections then
/// throw RunHalted, which the line takes for no fault of the chip: the job store has the chip as one in the
/// middle of the work, and the next run decides about it.
class HaltingStation final : public personalization::ChipStation {
public:
    /// `halted` outlives the station and its chips.
    HaltingStation(std::unique_ptr<personalization::ChipStation> station, const std::atomic<bool>& halted)
        : station_(std::move(station)), halted_(halted) {}

    [[nodiscard]] std::string name() const override { return station_->name(); }
    [[nodiscard]] std::unique_ptr<personalization::InsertedChip> insertBlank() override;
    [[nodiscard]] std::unique_ptr<personalization::InsertedChip> findAgain(std::string_view serial,
                                                                           std::string_view number) override;

private:
    std::unique_ptr<personalization::ChipStation> station_;
    const std::atomic<bool>& halted_;
};

} // namespace cancuoc::station
