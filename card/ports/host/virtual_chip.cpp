// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/virtual_chip.hpp"

#include "card/chip.hpp"
#include "card/crypto/random_generator.hpp"
#include "card/ports/host/flash_file.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/system_delay.hpp"
#include "card/ports/host/system_entropy.hpp"

#include <optional>
#include <stdexcept>

namespace cancuoc::card::host {

struct VirtualChip::Parts {
    Parts() : memory(std::in_place), chip(*memory, random, delay) {}
    explicit Parts(const std::filesystem::path& state) : file(state), chip(*file, random, delay) {}
    Parts(Flash& flash, RandomSource& injected) : chip(flash, injected, delay) {}

    SystemEntropy entropy;
    crypto::RandomGenerator random{entropy};
    SystemDelay delay;
    std::optional<FlashMemory> memory;
    std::optional<FlashFile> file;
    Chip chip;
    bool powered = false;
};

VirtualChip::VirtualChip() : parts_(std::make_unique<Parts>()) {}

VirtualChip::VirtualChip(const std::filesystem::path& state) : parts_(std::make_unique<Parts>(state)) {}

VirtualChip::VirtualChip(Flash& flash, RandomSource& random)
    : parts_(std::make_unique<Parts>(flash, random)) {}

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
    const std::span<const std::uint8_t> response = parts_->chip.transmit(apdu);
    return {response.begin(), response.end()};
}

} // namespace cancuoc::card::host
