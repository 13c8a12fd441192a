// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <set>
#include <string>

#include "personalization/station/floor.hpp"
#include "tests/unit/temporary_directory.hpp"

namespace cancuoc::test {

/// What goes wrong at the stations of a demo line. Blanks are numbered from 1 in the order in which they are
/// taken.
struct DemoFaults {
    std::set<std::size_t> failing;    ///< refuse a command while they are loaded
    std::set<std::size_t> lost;       ///< leave the reader for ever when they are activated
    std::chrono::milliseconds pace{}; ///< what each command takes longer
};

/// A line in a folder of its own, with a PKI, an order of drawn citizens and stations with virtual chips.
class DemoFloor {
public:
    DemoFloor(std::size_t citizens, unsigned stations, DemoFaults faults = {});

    /// For a floor on this line; the demo floor outlives it.
    [[nodiscard]] station::FloorSettings settings();

    /// The stock keeper hands so many blanks to each station.
    void giveBlanks(std::uint64_t count);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::string store() const { return means_->store; }
    [[nodiscard]] tools::LineMeans& means() { return *means_; }

private:
    TemporaryDirectory folder_;
    std::shared_ptr<tools::LineMeans> means_ = std::make_shared<tools::LineMeans>();
    DemoFaults faults_;
    std::atomic<std::size_t> blanks_ = 0;
};

inline constexpr const char* demoOrder = "2126-11-27-HN-01";

} // namespace cancuoc::test
