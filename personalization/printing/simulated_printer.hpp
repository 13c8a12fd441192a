// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/printing/card_printer.hpp"

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cancuoc::printing {

/// A card printer in memory, with what real ones have trouble with: a hopper that runs empty, a ribbon that
/// ends, also in the middle of a card, cards that jam, and a reject bin that fills.
class SimulatedPrinter : public CardPrinter {
public:
    /// A card in a bin.
    struct Card {
        std::string chip;     ///< what its chip answers with
        std::string job;      ///< what was printed; empty when nothing was
        bool isWhole = false; ///< both faces are on it
    };

    struct Supplies {
        std::deque<std::string> hopper; ///< the chips of the cards in it, the next one first
        std::size_t ribbonFaces = 0;    ///< faces that the ribbon is good for
        std::size_t rejectBin = 20;     ///< cards that go into the reject bin
        std::set<std::size_t> jams;     ///< the movements of cards, counted from 1, at which one jams
    };

    explicit SimulatedPrinter(Supplies supplies) : supplies_(std::move(supplies)) {}

    /// The supplies as they are now, to be filled up.
    [[nodiscard]] Supplies& supplies() { return supplies_; }
    [[nodiscard]] const std::vector<Card>& goodBin() const { return good_; }
    [[nodiscard]] const std::vector<Card>& rejectBin() const { return rejected_; }
    /// Takes all cards out of the reject bin.
    [[nodiscard]] std::vector<Card> emptyRejectBin();

    /// What the chip that can be reached answers with. Throws NoCard when none can be.
    [[nodiscard]] const std::string& chip() const;

private:
    void doFeed() override;
    void doToChip() override { move(); }
    void doHold() override { move(); }
    void doPrint(const CardPages& pages) override;
    void doEject(bool isGood) override;
    void doRemove() override { inside_.reset(); }
    [[nodiscard]] std::vector<Trouble> troubles() const override;
    void move();

    Supplies supplies_;
    std::size_t movements_ = 0;
    std::optional<Card> inside_;
    std::vector<Card> good_;
    std::vector<Card> rejected_;
};

} // namespace cancuoc::printing
