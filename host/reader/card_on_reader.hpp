// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/card_source.hpp"
#include "host/reader/pcsc.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace cancuoc {

/// What the person at the reader is to do.
enum class CardPrompt {
    PutCard,    ///< there is no card yet
    PutCardBack ///< the card was lifted; reading goes on when it is back
};

/// Which reader, and how long to wait for a card on it.
struct CardWaiting {
    std::string reader;                        ///< as chooseReader takes it; empty: the one with a card
    std::chrono::milliseconds wait{0};         ///< for a card to come; 0: not at all
    std::chrono::milliseconds resumeWithin{0}; ///< for a lifted card to come back; 0: not at all
    Interruption interruption{};
    /// Told whenever a person has to do something; may be empty.
    std::function<void(CardPrompt)> prompt{};
};

/// The card on a PC/SC reader: waits for it, and gets it back when it was lost.
class CardOnReader final : public CardSource {
public:
    /// Connects to the card, once it is there. Throws what PcscConnection's constructor throws.
    explicit CardOnReader(CardWaiting waiting);

    [[nodiscard]] Connection& connection() override { return *connection_; }
    /// Connects anew to a card that was lifted and comes back to the same reader; resets one that was reset.
    [[nodiscard]] bool isBack(const CardRemoved& lost) override;

private:
    [[nodiscard]] std::unique_ptr<PcscConnection> connect(const std::string& reader) const;
    [[nodiscard]] std::unique_ptr<PcscConnection> firstConnection() const;
    [[nodiscard]] std::unique_ptr<PcscConnection> nextConnection(const std::string& reader,
                                                                 std::chrono::milliseconds patience) const;
    void prompt(CardPrompt prompt) const;

    CardWaiting waiting_;
    std::unique_ptr<PcscConnection> connection_;
    std::string reader_;
    CardResetter resetter_;
};

} // namespace cancuoc
