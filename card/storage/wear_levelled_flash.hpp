// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"
#include "card/storage/flash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card {

/// Spreads the erasures of `configuration::storePages` pages of `configuration::storePageSize` bytes over all
/// pages of a flash. Every erased page goes to the least worn page that is free, and data that rest on a page
/// which the others have left behind by `configuration::restingPageLag` erasures move to make room there.
///
/// Layout: each page of the flash begins with three words. The first is programmed after every erasure: how
/// often the page was erased, and a check. The second and third, programmed when the page is whole, say
/// whose content it holds: page of the store and version, a mark and a check. Of several contents the one
/// with the highest version counts, and every other page is free. So the erasure of a page of the store and
/// the move of its content happen whole or not at all, in whatever operation the power fails; a page that
/// lost its count to that is taken for as worn as any other.
class WearLevelledFlash final : public Flash {
public:
    /// The memory outlives the object. Nothing works before `open`.
    explicit WearLevelledFlash(Flash& memory) : memory_(&memory) {}

    /// Finds the pages and their erase counts; called at every power-up. An erased memory is prepared first.
    /// False when the memory fails, or holds neither pages of a store nor the beginning of one.
    [[nodiscard]] bool open();

    /// As Flash has it; a page never erased reads as FF.
    [[nodiscard]] bool read(std::size_t address, std::span<std::uint8_t> output) const override;
    /// As Flash has it; false for pages never erased.
    [[nodiscard]] bool program(std::size_t address, std::span<const std::uint8_t> data) override;
    /// Erases page `page` of the store. When it fails nothing works any more until the next `open`.
    [[nodiscard]] bool erase(std::size_t page) override;

    /// How often page number `page` of the memory was erased.
    [[nodiscard]] std::uint32_t eraseCount(std::size_t page) const { return eraseCounts_[page]; }

private:
    static constexpr std::uint16_t nowhere = 0xFFFF;

    struct Header;

    void forget();
    [[nodiscard]] bool format();
    void place(std::size_t storePage, std::size_t page);
    void assumeWorn();
    [[nodiscard]] std::optional<std::size_t> leastWornFree() const;
    [[nodiscard]] std::optional<std::size_t> leastWornAtRest(std::size_t exceptStorePage) const;
    [[nodiscard]] std::optional<std::size_t> makeRoom(std::size_t forStorePage);
    [[nodiscard]] bool renew(std::size_t page);
    [[nodiscard]] bool assign(std::size_t page, std::size_t storePage);
    [[nodiscard]] bool move(std::size_t from, std::size_t to);
    [[nodiscard]] bool programCount(std::size_t page);

    Flash* memory_;
    /// Where each page of the store is, and what each page of the memory holds.
    std::array<std::uint16_t, configuration::storePages> places_{};
    std::array<std::uint16_t, configuration::flashPages> contents_{};
    std::array<std::uint32_t, configuration::flashPages> eraseCounts_{};
    std::uint32_t nextVersion_ = 1;
    bool usable_ = false;
};

} // namespace cancuoc::card
