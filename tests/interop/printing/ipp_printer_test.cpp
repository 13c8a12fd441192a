// SPDX-License-Identifier: Apache-2.0
// Cards sent to printers of CUPS's ippeveprinter, which with_ipp_printers.sh starts.
#include "personalization/printing/ipp_printer.hpp"

#include "host/base/file.hpp"
#include "personalization/printing/card_printing.hpp"
#include "tests/unit/personalization/cardface/fictional_card.hpp"

#include <cups/raster.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

using namespace cancuoc;
using namespace cancuoc::printing;
using cardface::Channel;

namespace {

using Outcome = PrintResult::Outcome;

std::string uriOf(int port) {
    return "ipp://localhost:" + std::to_string(port) + "/ipp/print";
}

/// The printer on that port, once it answers.
std::unique_ptr<IppPrinter> printerOn(int port) {
    auto printer = std::make_unique<IppPrinter>(uriOf(port), 300, std::chrono::seconds(30));
    for (int attempt = 0; attempt < 100 && !printer->status().troubles.empty(); ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return printer;
}

/// The only document that the printer on that port kept.
std::filesystem::path documentOf(int port) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(std::getenv("CANCUOC_SPOOL")) +
                                                                 "/" + std::to_string(port))) {
        files.push_back(entry.path());
    }
    REQUIRE(files.size() == 1);
    return files.front();
}

CardPages cardOf(unsigned serial) {
    cardface::FaceRenderer renderer(cardface::Layout::find("cccd-2021"), 300);
    const auto content = test::contentOf(test::citizen(serial).record, qr::Profile::Cccd2021);
    return {"card-" + std::to_string(serial), renderer.render(content), renderer.toPdf(content)};
}

} // namespace

TEST_CASE("a printer of cards gets the very pixels, on media of the card's size") {
    const auto printer = printerOn(8631);
    REQUIRE(printer->status().troubles.empty());
    const CardPages card = cardOf(1);
    const auto result = printCard(*printer, card, [] {});
    REQUIRE_MESSAGE(result.outcome == Outcome::Good, result.reason);

    const int file = open(documentOf(8631).c_str(), O_RDONLY);
    cups_raster_t* const raster = cupsRasterOpen(file, CUPS_RASTER_READ);
    REQUIRE(raster != nullptr);
    for (const auto* face : {&card.faces.front, &card.faces.back}) {
        cups_page_header2_t header;
        REQUIRE(cupsRasterReadHeader2(raster, &header) != 0);
        CHECK(header.HWResolution[0] == 300);
        CHECK(header.Duplex == CUPS_TRUE);
        CHECK(header.cupsWidth == 1011);
        CHECK(header.cupsHeight == 638);
        CHECK(header.PageSize[0] == 243); // 85.60 x 53.98 mm in whole points, as the format has them
        CHECK(header.PageSize[1] == 153);
        const auto& colour = face->of(Channel::Colour).data;
        const auto& resin = face->of(Channel::Resin).data;
        std::size_t wrong = 0;
        Bytes line(header.cupsBytesPerLine);
        for (std::size_t row = 0; row < header.cupsHeight; ++row) {
            REQUIRE(cupsRasterReadPixels(raster, line.data(), header.cupsBytesPerLine) == line.size());
            for (std::size_t at = 0; at < line.size(); ++at) {
                const bool isBlack = resin[row * header.cupsWidth + at / 3] == 0;
                wrong += line[at] == (isBlack ? 0 : colour[row * line.size() + at]) ? 0 : 1;
            }
        }
        CHECK(wrong == 0);
    }
    cupsRasterClose(raster);
    close(file);
    CHECK(printer->counters().good == 1);
}

TEST_CASE("a printer that takes no raster gets the PDF as it is") {
    const auto printer = printerOn(8632);
    const CardPages card = cardOf(2);
    const auto result = printCard(*printer, card, [] {});
    REQUIRE_MESSAGE(result.outcome == Outcome::Good, result.reason);
    CHECK(readFile(documentOf(8632), card.pdf.size()) == card.pdf);
}

TEST_CASE("a printer without media of the card's size gets no card") {
    const auto printer = printerOn(8633);
    REQUIRE(printer->status().troubles.empty());
    const auto result = printCard(*printer, cardOf(3), [] {});
    CHECK(result.outcome == Outcome::Rejected);
    CHECK_MESSAGE(result.reason.find("The printer refuses the card") == 0, result.reason);
    CHECK(printer->counters().good == 0);
}

TEST_CASE("a card whose chip is another's is not sent") {
    const auto printer = printerOn(8631);
    const auto before = printer->counters().printed;
    const auto result = printCard(*printer, cardOf(4), [] { throw Error("it is another chip."); });
    CHECK(result.outcome == Outcome::Rejected);
    CHECK(printer->counters().printed == before);
    CHECK_NOTHROW(static_cast<void>(documentOf(8631)));
}
