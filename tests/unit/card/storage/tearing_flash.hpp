// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"
#include "card/storage/flash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <span>
#include <vector>

namespace cancuoc::card {

/// Flash in memory that obeys the rules of the Flash interface, counts its operations (a word programmed, a
/// page erased) and can lose its power in any of them. The operation at work is then left half done, and
/// nothing works until the power is back.
class TearingFlash final : public Flash {
public:
    /// What the operation in which the power fails leaves behind.
    enum class Tear { Nothing, Everything, SomeBits, Junk };

    TearingFlash() : bytes_(configuration::flashSize, 0xFF) {}

    /// The power fails in the operation after the next `operations` ones.
    void cutAfter(std::size_t operations, Tear tear, unsigned seed) {
        remaining_ = operations;
        tear_ = tear;
        random_.seed(seed);
    }

    /// The power is back, and stays.
    void restore() {
        powered_ = true;
        remaining_ = std::numeric_limits<std::size_t>::max();
    }

    [[nodiscard]] bool powered() const { return powered_; }
    /// Operations begun since the flash was made.
    [[nodiscard]] std::size_t operations() const { return operations_; }
    /// Pages erased since the flash was made, in part at least.
    [[nodiscard]] std::size_t erases() const {
        return std::accumulate(pageErases_.begin(), pageErases_.end(), std::size_t{0});
    }
    /// How often each page was.
    [[nodiscard]] const std::vector<std::uint32_t>& pageErases() const { return pageErases_; }
    /// Whether a word was programmed that was not erased before; no program may do that.
    [[nodiscard]] bool overwritten() const { return overwritten_; }
    [[nodiscard]] std::vector<std::uint8_t>& bytes() { return bytes_; }

    [[nodiscard]] bool read(std::size_t address, std::span<std::uint8_t> output) const override {
        if (!powered_ || address > bytes_.size() || output.size() > bytes_.size() - address) {
            return false;
        }
        std::copy_n(bytes_.data() + address, output.size(), output.begin());
        return true;
    }

    [[nodiscard]] bool program(std::size_t address, std::span<const std::uint8_t> data) override {
        constexpr std::size_t word = configuration::flashWordSize;
        if (address % word != 0 || data.size() % word != 0 || address > bytes_.size() ||
            data.size() > bytes_.size() - address) {
            return false;
        }
        for (std::size_t at = 0; at < data.size(); at += word) {
            if (!programWord(std::span(bytes_).subspan(address + at, word), data.subspan(at, word))) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool erase(std::size_t page) override {
        if (page >= configuration::flashPages || !powered_) {
            return false;
        }
        const auto bytes =
            std::span(bytes_).subspan(page * configuration::flashPageSize, configuration::flashPageSize);
        const bool whole = begin();
        pageErases_[page] += whole || tear_ != Tear::Nothing ? 1 : 0;
        for (std::uint8_t& byte : bytes) {
            byte = torn(whole, byte, static_cast<std::uint8_t>(byte | random_()), 0xFF);
        }
        return whole;
    }

private:
    // False when the power fails in this operation.
    bool begin() {
        ++operations_;
        if (remaining_ == 0) {
            powered_ = false;
            return false;
        }
        --remaining_;
        return true;
    }

    bool programWord(std::span<std::uint8_t> place, std::span<const std::uint8_t> data) {
        if (!powered_) {
            return false;
        }
        overwritten_ = overwritten_ || std::any_of(place.begin(), place.end(),
                                                   [](std::uint8_t byte) { return byte != 0xFF; });
        const bool whole = begin();
        for (std::size_t i = 0; i < place.size(); ++i) {
            const auto programmed = static_cast<std::uint8_t>(place[i] & data[i]);
            const auto partly = static_cast<std::uint8_t>(place[i] & (programmed | random_()));
            place[i] = torn(whole, place[i], partly, programmed);
        }
        return whole;
    }

    std::uint8_t torn(bool whole, std::uint8_t before, std::uint8_t partly, std::uint8_t after) {
        if (whole || tear_ == Tear::Everything) {
            return after;
        }
        if (tear_ == Tear::Junk) {
            return static_cast<std::uint8_t>(random_());
        }
        return tear_ == Tear::Nothing ? before : partly;
    }

    std::vector<std::uint8_t> bytes_;
    std::size_t remaining_ = std::numeric_limits<std::size_t>::max();
    std::size_t operations_ = 0;
    std::vector<std::uint32_t> pageErases_ = std::vector<std::uint32_t>(configuration::flashPages);
    Tear tear_ = Tear::Nothing;
    std::minstd_rand random_{1};
    bool powered_ = true;
    bool overwritten_ = false;
};

} // namespace cancuoc::card
