// SPDX-License-Identifier: Apache-2.0
#include "personalization/printing/card_printing.hpp"

#include <fmt/format.h>

namespace cancuoc::printing {

namespace {

using Outcome = PrintResult::Outcome;

PrintResult giveUp(CardPrinter& printer, const std::string& reason) {
    if (printer.place() == CardPlace::Stuck) {
        return {Outcome::Stuck, reason};
    }
    try {
        printer.ejectReject();
    } catch (const PrinterTrouble& trouble) {
        if (trouble.trouble() != Trouble::Jam) {
            throw;
        }
        return {Outcome::Stuck, reason + " " + trouble.what()};
    }
    return {Outcome::Rejected, reason};
}

// Runs one step; what it complains of, or nothing.
template <class Step>
std::string complaintOf(const Step& step) {
    try {
        step();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

PrintResult printCard(CardPrinter& printer, const CardPages& pages, const ChipCheck& check) {
    // A card that was begun without the means to end it would be lost.
    if (const auto troubles = printer.status().troubles; !troubles.empty()) {
        throw PrinterTrouble(troubles.front(),
                             fmt::format("The printer needs a hand: {}.", nameOf(troubles.front())));
    }
    try {
        printer.feed();
    } catch (const PrinterTrouble& trouble) {
        if (printer.place() == CardPlace::None) {
            throw;
        }
        return giveUp(printer, trouble.what());
    }
    if (const auto complaint = complaintOf([&printer] { printer.toChip(); }); !complaint.empty()) {
        return giveUp(printer, complaint);
    }
    if (const auto complaint = complaintOf(check); !complaint.empty()) {
        return giveUp(printer, "The chip does not answer as that of this card: " + complaint);
    }
    const auto complaint = complaintOf([&] {
        printer.hold();
        printer.print(pages);
        printer.ejectGood();
    });
    return complaint.empty() ? PrintResult{} : giveUp(printer, complaint);
}

} // namespace cancuoc::printing
