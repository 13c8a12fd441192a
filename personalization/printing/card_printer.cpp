// SPDX-License-Identifier: Apache-2.0
#include "personalization/printing/card_printer.hpp"

#include <algorithm>
#include <initializer_list>

namespace cancuoc::printing {

std::string_view nameOf(Trouble trouble) {
    constexpr std::string_view names[] = {"hopper empty", "ribbon end", "jam", "reject bin full", "offline"};
    return names[static_cast<std::size_t>(trouble)];
}

template <class Work>
void CardPrinter::step(std::initializer_list<CardPlace> from, CardPlace to, const char* name,
                       const Work& work) {
    if (std::find(from.begin(), from.end(), place_) == from.end()) {
        throw StepOutOfOrder(std::string("The printer's card is not where the step \"") + name +
                             "\" begins.");
    }
    try {
        work();
    } catch (const PrinterTrouble& trouble) {
        if (trouble.trouble() == Trouble::Jam) {
            place_ = CardPlace::Stuck;
        }
        throw;
    }
    place_ = to;
}

void CardPrinter::feed() {
    step({CardPlace::None}, CardPlace::Fed, "feed", [this] {
        try {
            doFeed();
        } catch (const PrinterTrouble& trouble) {
            // A card that is stuck on its way in has left the hopper.
            counters_.fed += trouble.trouble() == Trouble::Jam ? 1 : 0;
            throw;
        }
        ++counters_.fed;
    });
}

void CardPrinter::toChip() {
    step({CardPlace::Fed}, CardPlace::AtChip, "to chip", [this] { doToChip(); });
}

void CardPrinter::hold() {
    step({CardPlace::AtChip}, CardPlace::Held, "hold", [this] { doHold(); });
}

void CardPrinter::print(const CardPages& pages) {
    step({CardPlace::Held}, CardPlace::Printed, "print", [&] {
        place_ = CardPlace::Printed; // from the first dot on
        ++counters_.printed;
        doPrint(pages);
    });
}

void CardPrinter::ejectGood() {
    step({CardPlace::Printed}, CardPlace::None, "eject good", [this] {
        doEject(true);
        ++counters_.good;
    });
}

void CardPrinter::ejectReject() {
    step({CardPlace::Fed, CardPlace::AtChip, CardPlace::Held, CardPlace::Printed}, CardPlace::None,
         "eject reject", [this] {
             doEject(false);
             ++counters_.rejected;
         });
}

void CardPrinter::cardWasRemoved() {
    step({CardPlace::Stuck}, CardPlace::None, "card was removed", [this] {
        doRemove();
        ++counters_.removed;
    });
}

PrinterStatus CardPrinter::status() const {
    return {place_, troubles()};
}

} // namespace cancuoc::printing
