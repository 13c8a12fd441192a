// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/random.hpp"
#include "personalization/line/chip_station.hpp"
#include "personalization/loading/load_profile.hpp"

namespace cancuoc::tools {

/// A station that never runs out of blanks: chips inside this process. With a folder each chip's memory is a
/// file in it: blank-SERIAL.chip while it is worked on, then NUMBER.chip for a good card and
/// spoiled-SERIAL.chip for one to be destroyed. Without a folder the chips end with their station.
class VirtualChipStation final : public personalization::ChipStation {
public:
    /// @param number which of the run's stations this is, from 1
    /// @param folder where the chips' memories are kept; it must exist
    /// @param profile of the blank chips; it outlives the station
    VirtualChipStation(unsigned number, std::optional<std::filesystem::path> folder,
                       const personalization::LoadProfile& profile);

    [[nodiscard]] std::string name() const override;
    /// @throws BadConfiguration if the folder cannot be used
    [[nodiscard]] std::unique_ptr<personalization::InsertedChip> insertBlank() override;
    [[nodiscard]] std::unique_ptr<personalization::InsertedChip> findAgain(std::string_view serial,
                                                                           std::string_view number) override;

private:
    unsigned number_;
    std::optional<std::filesystem::path> folder_;
    const personalization::LoadProfile& profile_;
};

} // namespace cancuoc::tools
