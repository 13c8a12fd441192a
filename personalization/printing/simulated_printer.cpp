// SPDX-License-Identifier: Apache-2.0
#include "personalization/printing/simulated_printer.hpp"

#include <utility>

namespace cancuoc::printing {

void SimulatedPrinter::move() {
    if (supplies_.jams.count(++movements_) != 0) {
        throw PrinterTrouble(Trouble::Jam, "A card jams in the printer; open it and take the card out.");
    }
}

void SimulatedPrinter::doFeed() {
    if (supplies_.hopper.empty()) {
        throw PrinterTrouble(Trouble::HopperEmpty, "The hopper is empty; put cards in.");
    }
    inside_ = Card{supplies_.hopper.front(), {}, false};
    supplies_.hopper.pop_front();
    move();
}

void SimulatedPrinter::doPrint(const CardPages& pages) {
    move();
    for (int face = 0; face < 2; ++face) {
        if (supplies_.ribbonFaces == 0) {
            throw PrinterTrouble(Trouble::RibbonEnd, "The ribbon has ended; put a new one in.");
        }
        --supplies_.ribbonFaces;
        inside_->job = pages.job;
    }
    inside_->isWhole = true;
}

void SimulatedPrinter::doEject(bool isGood) {
    if (!isGood && rejected_.size() >= supplies_.rejectBin) {
        throw PrinterTrouble(Trouble::RejectBinFull, "The reject bin is full; empty it.");
    }
    move();
    (isGood ? good_ : rejected_).push_back(std::move(*inside_));
    inside_.reset();
}

std::vector<Trouble> SimulatedPrinter::troubles() const {
    std::vector<Trouble> troubles;
    if (place() == CardPlace::Stuck) {
        troubles.push_back(Trouble::Jam);
    }
    if (supplies_.hopper.empty()) {
        troubles.push_back(Trouble::HopperEmpty);
    }
    if (supplies_.ribbonFaces == 0) {
        troubles.push_back(Trouble::RibbonEnd);
    }
    if (rejected_.size() >= supplies_.rejectBin) {
        troubles.push_back(Trouble::RejectBinFull);
    }
    return troubles;
}

std::vector<SimulatedPrinter::Card> SimulatedPrinter::emptyRejectBin() {
    return std::exchange(rejected_, {});
}

const std::string& SimulatedPrinter::chip() const {
    if (place() != CardPlace::AtChip || !inside_) {
        throw NoCard("No chip can be reached in the printer.");
    }
    return inside_->chip;
}

} // namespace cancuoc::printing
