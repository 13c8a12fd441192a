// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"
#include "personalization/cardface/face_renderer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::printing {

/// What a printer needs a hand for.
enum class Trouble { HopperEmpty, RibbonEnd, Jam, RejectBinFull, Offline };

/// "hopper empty", "ribbon end", "jam", "reject bin full" or "offline".
[[nodiscard]] std::string_view nameOf(Trouble trouble);

/// The printer cannot go on by itself: see to the trouble, and go on.
class PrinterTrouble : public Error {
public:
    PrinterTrouble(Trouble trouble, const std::string& message) : Error(message), trouble_(trouble) {}

    [[nodiscard]] Trouble trouble() const { return trouble_; }

private:
    Trouble trouble_;
};

/// A step was asked for that the card's place does not allow.
class StepOutOfOrder : public Error {
public:
    using Error::Error;
};

/// Where a card is in its printer.
enum class CardPlace {
    None,    ///< no card is inside
    Fed,     ///< inside, untouched
    AtChip,  ///< its chip can be reached
    Held,    ///< its chip was seen to, and it waits for the print
    Printed, ///< nothing can be undone any more
    Stuck,   ///< a hand must take it out
};

struct PrinterStatus {
    CardPlace place = CardPlace::None;
    std::vector<Trouble> troubles; ///< none: the next card can begin
};

/// Cards since the printer was made ready; fed = good + rejected + removed, and one more while a card is
/// inside.
struct PrinterCounters {
    std::uint64_t fed = 0;
    std::uint64_t printed = 0;
    std::uint64_t good = 0;
    std::uint64_t rejected = 0;
    std::uint64_t removed = 0; ///< taken out by hand
};

/// What is printed on one card.
struct CardPages {
    std::string job; ///< names the card in the printer's queue and in files; no personal data
    cardface::CardFaces faces;
    Bytes pdf; ///< the same, as FaceRenderer::toPdf makes it; may be empty where the printer takes rasters
};

/// A card printer with a place where the chip can be reached. The steps of a card are the same for every
/// printer; a driver only does them. A step that fails leaves the card where it was, but for a jam, after
/// which it is stuck. One thread at a time.
class CardPrinter {
public:
    CardPrinter() = default;
    CardPrinter(const CardPrinter&) = delete;
    CardPrinter& operator=(const CardPrinter&) = delete;
    virtual ~CardPrinter() = default;

    /// Takes the next card in. Throws PrinterTrouble, StepOutOfOrder when one is inside.
    void feed();
    /// Brings the card that was fed to where its chip can be reached.
    void toChip();
    /// Brings it from there to where it waits for the print.
    void hold();
    /// Prints both faces on the card that is held: this cannot be undone. When it fails, the card counts as
    /// printed, and is no good one.
    void print(const CardPages& pages);
    /// The printed card leaves as a good one.
    void ejectGood();
    /// The card, wherever it is, goes to the reject bin. Throws StepOutOfOrder when it is stuck.
    void ejectReject();
    /// A hand took the stuck card out.
    void cardWasRemoved();

    [[nodiscard]] PrinterStatus status() const;
    [[nodiscard]] const PrinterCounters& counters() const { return counters_; }
    [[nodiscard]] CardPlace place() const { return place_; }

protected:
    /// What a driver does; each throws PrinterTrouble, or Error, when it does not succeed.
    virtual void doFeed() = 0;
    virtual void doToChip() = 0;
    virtual void doHold() = 0;
    virtual void doPrint(const CardPages& pages) = 0;
    virtual void doEject(bool isGood) = 0;
    virtual void doRemove() {}
    [[nodiscard]] virtual std::vector<Trouble> troubles() const = 0;

private:
    template <class Work>
    void step(std::initializer_list<CardPlace> from, CardPlace to, const char* name, const Work& work);

    CardPlace place_ = CardPlace::None;
    PrinterCounters counters_;
};

} // namespace cancuoc::printing
