// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "host/reader/pcsc.hpp"
#include "host/reader/reader_monitor.hpp"
#include "personalization/line/chip_station.hpp"
#include "personalization/loading/load_profile.hpp"

namespace cancuoc::tools {

/// A station at one PC/SC reader, fed by hand: a person puts one blank on it after another.
class ReaderStation final : public personalization::ChipStation {
public:
    /// Tells the person at the reader what to do, in one sentence.
    using Prompt = std::function<void(const std::string& sentence)>;

    /// @param reader text that chooses the reader, see chooseReader
    /// @param patience how long to wait for the next blank after a card is done
    /// @param profile of the blank chips; it outlives the station
    /// @param stop ends the waiting for a blank
    ReaderStation(std::string reader, std::chrono::seconds patience,
                  const personalization::LoadProfile& profile, std::stop_token stop, Prompt prompt);

    [[nodiscard]] std::string name() const override;
    /// @throws NoCard when no blank is on the reader to begin with; ReaderUnavailable without a reader
    [[nodiscard]] std::unique_ptr<personalization::InsertedChip> insertBlank() override;
    [[nodiscard]] std::unique_ptr<personalization::InsertedChip> findAgain(std::string_view serial,
                                                                           std::string_view number) override;

private:
    [[nodiscard]] std::unique_ptr<PcscConnection> connect() const;
    [[nodiscard]] bool waitForNextCard() const;
    [[nodiscard]] bool cardPresent() const;

    std::string reader_;
    std::chrono::seconds patience_;
    const personalization::LoadProfile& profile_;
    std::stop_token stop_;
    Prompt prompt_;
    ReaderMonitor monitor_;
    std::optional<unsigned> taken_; ///< ReaderInfo::cardChanges of the blank taken last
};

} // namespace cancuoc::tools
