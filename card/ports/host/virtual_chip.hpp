// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/ports/host/latency_delay.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cancuoc::card {
class Flash;
class RandomSource;
} // namespace cancuoc::card

namespace cancuoc::card::host {

/// The chip inside this process, with its non-volatile memory in a file or in memory. One thread at a time.
class VirtualChip {
public:
    /// A blank chip in memory; it is gone with the object.
    VirtualChip();

    /// The chip whose non-volatile memory is the file `state`, created blank when absent. It survives a kill
    /// of the process at any moment. Throws std::runtime_error, in one sentence for a person, when the file
    /// cannot be used or another process uses it. With a model each command takes as long as with that chip.
    explicit VirtualChip(const std::filesystem::path& state, const std::optional<LatencyModel>& model = {});

    /// A chip on a given memory and randomness, which outlive it.
    VirtualChip(Flash& flash, RandomSource& random);

    /// The same with the timing of a model; `delay`, which outlives the chip, lets the time pass that `now`
    /// tells.
    VirtualChip(Flash& flash, RandomSource& random, const LatencyModel& model, Delay& delay,
                LatencyDelay::Now now);

    ~VirtualChip();
    VirtualChip(VirtualChip&&) noexcept;
    VirtualChip& operator=(VirtualChip&&) noexcept;

    /// Power-up or reset: the volatile state is wiped. Throws std::runtime_error when the memory holds no
    /// chip.
    void powerOn();

    /// The power is taken away; `transmit` answers nothing until the next `powerOn`.
    void powerOff();

    /// The answer to reset.
    [[nodiscard]] std::vector<std::uint8_t> atr() const;

    /// Answers one command APDU with a response APDU of at least two bytes; empty when the chip has no power.
    [[nodiscard]] std::vector<std::uint8_t> transmit(std::span<const std::uint8_t> apdu);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace cancuoc::card::host
