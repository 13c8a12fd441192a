// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/connection.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// A chip in a station. It ends in exactly one of three ways: kept, rejected or given back.
class InsertedChip {
public:
    InsertedChip() = default;
    InsertedChip(const InsertedChip&) = delete;
    InsertedChip& operator=(const InsertedChip&) = delete;
    virtual ~InsertedChip() = default;

    /// What names the chip in the job store.
    [[nodiscard]] virtual std::string serial() const = 0;

    /// Whether the chip ends with this process, as one in memory does.
    [[nodiscard]] virtual bool isVolatile() const = 0;

    /// The way to the chip; it lives as long as this object.
    [[nodiscard]] virtual Connection& connection() = 0;

    /// The card is good and leaves the station as the card of the citizen with this 12-digit number. Doing it
    /// twice does no harm. Throws BadConfiguration when the place for it is taken.
    virtual void keep(std::string_view number) = 0;

    /// The card goes with those to be destroyed.
    virtual void reject() = 0;

    /// Nothing was written: the blank goes back into stock.
    virtual void giveBack() = 0;
};

/// A place where chips are personalized one after another. One thread works at a station.
class ChipStation {
public:
    ChipStation() = default;
    ChipStation(const ChipStation&) = delete;
    ChipStation& operator=(const ChipStation&) = delete;
    virtual ~ChipStation() = default;

    [[nodiscard]] virtual std::string name() const = 0;

    /// Takes the next blank; none when there is none.
    /// Throws ReaderUnavailable, NoCard or CardError when the station cannot work.
    [[nodiscard]] virtual std::unique_ptr<InsertedChip> insertBlank() = 0;

    /// Takes the chip that a run before left in the middle of the work; none when it cannot be found. A
    /// locked chip tells its serial no more: a station that cannot know hands it out, and what the chip holds
    /// decides.
    [[nodiscard]] virtual std::unique_ptr<InsertedChip> findAgain(std::string_view serial,
                                                                  std::string_view number) = 0;
};

} // namespace cancuoc::personalization
