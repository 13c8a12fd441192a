// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/flash.hpp"

#include <utility>

namespace cancuoc::card::host {

/// A memory that counts what is written to it.
class MeteredFlash final : public Flash {
public:
    /// The memory outlives the object.
    explicit MeteredFlash(Flash& flash) : flash_(&flash) {}

    [[nodiscard]] bool read(std::size_t address, std::span<std::uint8_t> output) const override {
        return flash_->read(address, output);
    }
    [[nodiscard]] bool program(std::size_t address, std::span<const std::uint8_t> data) override {
        programmed_ += data.size();
        return flash_->program(address, data);
    }
    [[nodiscard]] bool erase(std::size_t page) override { return flash_->erase(page); }

    /// The bytes programmed since the last call.
    [[nodiscard]] std::size_t takeProgrammed() { return std::exchange(programmed_, 0); }

private:
    Flash* flash_;
    std::size_t programmed_ = 0;
};

} // namespace cancuoc::card::host
