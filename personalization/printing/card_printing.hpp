// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/printing/card_printer.hpp"

#include <functional>
#include <string>

namespace cancuoc::printing {

/// Reads the chip in the printer and makes sure that it is the one whose faces are to be printed, for example
/// with ReadBack over the reader in the printer. Throws an Error when it is not, or does not answer.
using ChipCheck = std::function<void()>;

/// What became of a card.
struct PrintResult {
    enum class Outcome {
        Good,
        Rejected, ///< it lies in the reject bin
        Stuck,    ///< it is inside still: CardPrinter::cardWasRemoved when it is out
    };

    Outcome outcome = Outcome::Good;
    std::string reason; ///< empty for a good card
};

/// Takes one card through the printer: feed, to chip, check, hold, print, eject. The chip is asked before the
/// print, which cannot be undone: a card that does not answer as itself is not printed and goes to the reject
/// bin, and so does one whose print failed.
/// @throws PrinterTrouble when the printer needs a hand before a card was taken in, or the card can go
/// nowhere because the reject bin is full: then it is inside still, and ejectReject is to be asked for again
[[nodiscard]] PrintResult printCard(CardPrinter& printer, const CardPages& pages, const ChipCheck& check);

} // namespace cancuoc::printing
