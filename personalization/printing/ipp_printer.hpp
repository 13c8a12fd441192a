// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/printing/card_printer.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace cancuoc::printing {

/// A printer that speaks IPP, such as a queue of CUPS. Each card is one job of two pages on media of exactly
/// 85.60 x 53.98 mm without margins and without scaling, which a printer must promise to keep to or refuse
/// the job: as PWG raster, pixel by pixel, where the printer takes it, else as PDF. IPP has no command to
/// move a card: the printer feeds and ejects by itself, and there is no way to a chip in it; a check of the
/// chip happens on a reader beside it, before the print.
class IppPrinter : public CardPrinter {
public:
    /// @param uri ipp://host:port/ipp/print, or ipps
    /// @param dotsPerInch of the rasters, 300 or 600
    /// @param patience how long a card may take to print
    /// @throws BadConfiguration when `uri` is none of IPP
    explicit IppPrinter(const std::string& uri, int dotsPerInch = 300,
                        std::chrono::seconds patience = std::chrono::seconds(120));
    ~IppPrinter() override;

private:
    struct Connection;

    void doFeed() override {}
    void doToChip() override {}
    void doHold() override {}
    void doPrint(const CardPages& pages) override;
    void doEject(bool) override {}
    /// Asks the printer for its state; one that does not answer is offline.
    [[nodiscard]] std::vector<Trouble> troubles() const override;
    [[nodiscard]] bool takesRaster() const;
    void waitFor(int job) const;

    std::unique_ptr<Connection> connection_;
    int dotsPerInch_;
    std::chrono::seconds patience_;
};

} // namespace cancuoc::printing
