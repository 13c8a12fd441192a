// SPDX-License-Identifier: Apache-2.0
#include "personalization/printing/card_printing.hpp"

#include "host/base/file.hpp"
#include "personalization/printing/ipp_printer.hpp"
#include "personalization/printing/pdf_printer.hpp"
#include "personalization/printing/simulated_printer.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::printing;

namespace {

using Outcome = PrintResult::Outcome;

CardPages pagesOf(const std::string& job) {
    CardPages pages;
    pages.job = job;
    pages.pdf = toBytes(viewOf("%PDF " + job));
    return pages;
}

SimulatedPrinter::Supplies supplies(std::deque<std::string> hopper, std::set<std::size_t> jams = {}) {
    SimulatedPrinter::Supplies supplies;
    supplies.hopper = std::move(hopper);
    supplies.ribbonFaces = 100;
    supplies.jams = std::move(jams);
    return supplies;
}

/// The check that the chip of `job` is the one in the printer.
ChipCheck isChipOf(SimulatedPrinter& printer, const std::string& job) {
    return [&printer, job] {
        if (printer.chip() != job) {
            throw Error("it is another chip.");
        }
    };
}

PrintResult print(SimulatedPrinter& printer, const std::string& job) {
    return printCard(printer, pagesOf(job), isChipOf(printer, job));
}

/// Every card is somewhere, once.
void checkReconciled(const CardPrinter& printer) {
    const auto& counters = printer.counters();
    const std::uint64_t inside = printer.place() == CardPlace::None ? 0 : 1;
    CHECK(counters.fed == counters.good + counters.rejected + counters.removed + inside);
}

} // namespace

TEST_CASE("a good card goes through every step") {
    SimulatedPrinter printer(supplies({"A", "B"}));
    CHECK(print(printer, "A").outcome == Outcome::Good);
    CHECK(print(printer, "B").outcome == Outcome::Good);
    REQUIRE(printer.goodBin().size() == 2);
    CHECK(printer.goodBin()[1].job == "B");
    CHECK(printer.goodBin()[1].isWhole);
    CHECK(printer.counters().printed == 2);
    CHECK(printer.supplies().ribbonFaces == 96);
    CHECK(printer.status().troubles == std::vector{Trouble::HopperEmpty});
    checkReconciled(printer);
}

TEST_CASE("a chip that does not answer as itself is not printed") {
    SimulatedPrinter printer(supplies({"B", "A"}));
    const auto result = print(printer, "A");
    CHECK(result.outcome == Outcome::Rejected);
    CHECK(result.reason == "The chip does not answer as that of this card: it is another chip.");
    REQUIRE(printer.rejectBin().size() == 1);
    CHECK(printer.rejectBin()[0].chip == "B");
    CHECK(printer.rejectBin()[0].job.empty());
    CHECK(printer.counters().printed == 0);
    CHECK(print(printer, "A").outcome == Outcome::Good);
    checkReconciled(printer);
}

TEST_CASE("the chip is asked while it can be reached, before the print") {
    SimulatedPrinter printer(supplies({"A"}));
    int asked = 0;
    const auto result = printCard(printer, pagesOf("A"), [&] {
        ++asked;
        CHECK(printer.place() == CardPlace::AtChip);
        CHECK(printer.counters().printed == 0);
    });
    CHECK(result.outcome == Outcome::Good);
    CHECK(asked == 1);
    CHECK_THROWS_AS(static_cast<void>(printer.chip()), NoCard);
}

TEST_CASE("steps out of order are refused and change nothing") {
    SimulatedPrinter printer(supplies({"A"}));
    CHECK_THROWS_AS(printer.toChip(), StepOutOfOrder);
    CHECK_THROWS_AS(printer.ejectReject(), StepOutOfOrder);
    printer.feed();
    CHECK_THROWS_AS(printer.feed(), StepOutOfOrder);
    CHECK_THROWS_AS(printer.hold(), StepOutOfOrder);
    CHECK_THROWS_WITH_AS(printer.print(pagesOf("A")),
                         "The printer's card is not where the step \"print\" begins.", StepOutOfOrder);
    printer.toChip();
    CHECK_THROWS_AS(printer.print(pagesOf("A")), StepOutOfOrder);
    printer.hold();
    CHECK_THROWS_AS(printer.ejectGood(), StepOutOfOrder);
    CHECK_THROWS_AS(printer.cardWasRemoved(), StepOutOfOrder);
    CHECK(printer.place() == CardPlace::Held);
    printer.ejectReject();
    checkReconciled(printer);
}

TEST_CASE("no card is begun that cannot be ended") {
    SimulatedPrinter printer(supplies({"A"}));
    const auto troubleOf = [&] {
        try {
            static_cast<void>(print(printer, "A"));
        } catch (const PrinterTrouble& trouble) {
            CHECK(printer.counters().fed == 0);
            return std::string(nameOf(trouble.trouble()));
        }
        return std::string("none");
    };
    printer.supplies().ribbonFaces = 0;
    CHECK(troubleOf() == "ribbon end");
    printer.supplies().ribbonFaces = 2;
    printer.supplies().rejectBin = 0;
    CHECK(troubleOf() == "reject bin full");
    printer.supplies().rejectBin = 1;
    printer.supplies().hopper.clear();
    CHECK(troubleOf() == "hopper empty");
    printer.supplies().hopper = {"A"};
    CHECK(troubleOf() == "none");
    CHECK(printer.goodBin().size() == 1);
}

TEST_CASE("a ribbon that ends within a card spoils it") {
    SimulatedPrinter printer(supplies({"A", "A"}));
    printer.supplies().ribbonFaces = 1;
    const auto result = print(printer, "A");
    CHECK(result.outcome == Outcome::Rejected);
    CHECK(result.reason == "The ribbon has ended; put a new one in.");
    REQUIRE(printer.rejectBin().size() == 1);
    CHECK(printer.rejectBin()[0].job == "A");
    CHECK_FALSE(printer.rejectBin()[0].isWhole);
    CHECK_THROWS_AS(static_cast<void>(print(printer, "A")), PrinterTrouble);
    printer.supplies().ribbonFaces = 2;
    CHECK(print(printer, "A").outcome == Outcome::Good);
    CHECK(printer.emptyRejectBin().size() == 1);
    CHECK(printer.rejectBin().empty());
    checkReconciled(printer);
}

TEST_CASE("wherever a card jams, it is stuck until a hand takes it out, and is counted") {
    // Of a good card: feed, to chip, hold, print, eject.
    for (std::size_t movement = 1; movement <= 5; ++movement) {
        CAPTURE(movement);
        SimulatedPrinter printer(supplies({"A", "A"}, {movement}));
        CHECK(print(printer, "A").outcome == Outcome::Stuck);
        CHECK(printer.place() == CardPlace::Stuck);
        checkReconciled(printer);
        CHECK_THROWS_AS(static_cast<void>(print(printer, "A")), PrinterTrouble);
        CHECK_THROWS_AS(printer.ejectReject(), StepOutOfOrder);
        printer.cardWasRemoved();
        CHECK(print(printer, "A").outcome == Outcome::Good);
        CHECK(printer.counters().removed == 1);
        CHECK(printer.counters().good == 1);
        checkReconciled(printer);
    }
    SimulatedPrinter printer(supplies({"B"}, {3}));
    const auto result = print(printer, "A"); // jams on its way to the reject bin
    CHECK(result.outcome == Outcome::Stuck);
    CHECK(result.reason.find("another chip") != std::string::npos);
    CHECK(result.reason.find("jams") != std::string::npos);
}

TEST_CASE("a card for a reject bin that has filled stays inside until it is emptied") {
    SimulatedPrinter printer(supplies({"B"}));
    const auto check = [&printer] {
        printer.supplies().rejectBin = 0;
        throw Error("it does not answer.");
    };
    CHECK_THROWS_AS(static_cast<void>(printCard(printer, pagesOf("A"), check)), PrinterTrouble);
    CHECK(printer.place() == CardPlace::AtChip);
    printer.supplies().rejectBin = 1;
    printer.ejectReject();
    CHECK(printer.counters().rejected == 1);
    checkReconciled(printer);
}

TEST_CASE("files: a good card leaves a PDF, a rejected one none") {
    const test::TemporaryDirectory folder;
    PdfPrinter printer(folder.path() / "cards");
    CHECK(printCard(printer, pagesOf("A"), [] {}).outcome == Outcome::Good);
    CHECK(toText(readFile(folder.path() / "cards/A.pdf", 100)) == "%PDF A");
    CHECK(printCard(printer, pagesOf("B"), [] { throw Error("no answer."); }).outcome == Outcome::Rejected);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "cards/B.pdf"));
    CHECK(printCard(printer, pagesOf("A"), [] {}).reason.find("a card is printed once") != std::string::npos);
    CHECK(std::filesystem::exists(folder.path() / "cards/A.pdf"));
    CHECK(printCard(printer, pagesOf("../A"), [] {}).outcome == Outcome::Rejected);
    checkReconciled(printer);
}

TEST_CASE("a printer that is not there is offline") {
    CHECK_THROWS_AS(IppPrinter("http://127.0.0.1/"), BadConfiguration);
    IppPrinter printer("ipp://127.0.0.1:1/ipp/print");
    CHECK(printer.status().troubles == std::vector{Trouble::Offline});
    CHECK_THROWS_WITH_AS(static_cast<void>(printCard(printer, pagesOf("A"), [] {})),
                         "The printer needs a hand: offline.", PrinterTrouble);
}
