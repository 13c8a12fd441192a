// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/virtual_chip.hpp"

#include "card/chip.hpp"
#include "card/crypto/random_generator.hpp"
#include "card/ports/host/flash_file.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/metered_flash.hpp"
#include "card/ports/host/system_delay.hpp"
#include "card/ports/host/system_entropy.hpp"

#include <optional>
#include <stdexcept>
#include <utility>

namespace cancuoc::card::host {

namespace {

/// What stands between a chip and its ports when it imitates another one's timing.
struct Imitation {
    Imitation(Flash& memory, const LatencyModel& model, Delay& time, LatencyDelay::Now now)
        : flash(memory), delay(model, time, std::move(now)) {}

    MeteredFlash flash;
    LatencyDelay delay;
};

} // namespace

struct VirtualChip::Parts {
    Parts() : memory(std::in_place), chip(*memory, random, delay) {}
    Parts(const std::filesystem::path& state, const std::optional<LatencyModel>& model)
        : file(state), imitation(model ? imitate(*file, *model, delay, LatencyDelay::Clock::now) : nullptr),
          chip(flashOf(*file), random, delayOf(delay)) {}
    Parts(Flash& flash, RandomSource& injected) : chip(flash, injected, delay) {}
    Parts(Flash& flash, RandomSource& injected, const LatencyModel& model, Delay& time, LatencyDelay::Now now)
        : imitation(imitate(flash, model, time, std::move(now))),
          chip(flashOf(flash), injected, delayOf(time)) {}

    static std::unique_ptr<Imitation> imitate(Flash& flash, const LatencyModel& model, Delay& time,
                                              LatencyDelay::Now now) {
        return std::make_unique<Imitation>(flash, model, time, std::move(now));
    }
    Flash& flashOf(Flash& flash) const { return imitation ? imitation->flash : flash; }
    Delay& delayOf(Delay& time) const { return imitation ? imitation->delay : time; }

    SystemEntropy entropy;
    crypto::RandomGenerator random{entropy};
    SystemDelay delay;
    std::optional<FlashMemory> memory;
    std::optional<FlashFile> file;
    std::unique_ptr<Imitation> imitation;
    Chip chip;
    bool powered = false;
};

VirtualChip::VirtualChip() : parts_(std::make_unique<Parts>()) {}

VirtualChip::VirtualChip(const std::filesystem::path& state, const std::optional<LatencyModel>& model)
    : parts_(std::make_unique<Parts>(state, model)) {}

VirtualChip::VirtualChip(Flash& flash, RandomSource& random)
    : parts_(std::make_unique<Parts>(flash, random)) {}

VirtualChip::VirtualChip(Flash& flash, RandomSource& random, const LatencyModel& model, Delay& delay,
                         LatencyDelay::Now now)
    : parts_(std::make_unique<Parts>(flash, random, model, delay, std::move(now))) {}

VirtualChip::~VirtualChip() = default;
VirtualChip::VirtualChip(VirtualChip&&) noexcept = default;
VirtualChip& VirtualChip::operator=(VirtualChip&&) noexcept = default;

void VirtualChip::powerOn() {
    parts_->powered = parts_->chip.powerOn();
    if (!parts_->powered) {
        throw std::runtime_error("The chip's memory cannot be read or holds no chip; use another chip.");
    }
}

void VirtualChip::powerOff() {
    parts_->powered = false;
}

std::vector<std::uint8_t> VirtualChip::atr() const {
    const std::span<const std::uint8_t> atr = Chip::atr();
    return {atr.begin(), atr.end()};
}

std::vector<std::uint8_t> VirtualChip::transmit(std::span<const std::uint8_t> apdu) {
    if (!parts_->powered) {
        return {};
    }
    Imitation* const imitation = parts_->imitation.get();
    if (imitation != nullptr) {
        imitation->delay.begin();
        static_cast<void>(imitation->flash.takeProgrammed()); // by switching on
    }
    const std::span<const std::uint8_t> response = parts_->chip.transmit(apdu);
    if (imitation != nullptr) {
        imitation->delay.finish(apdu, response, imitation->flash.takeProgrammed());
    }
    return {response.begin(), response.end()};
}

} // namespace cancuoc::card::host
