// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/printing/card_printer.hpp"

#include <filesystem>

namespace cancuoc::printing {

/// Prints into files: JOB.pdf in a folder, which a good card leaves there and a rejected one does not.
class PdfPrinter : public CardPrinter {
public:
    /// Makes the folder when it is missing. Throws BadConfiguration when it cannot.
    explicit PdfPrinter(std::filesystem::path folder);

private:
    void doFeed() override {}
    void doToChip() override {}
    void doHold() override {}
    void doPrint(const CardPages& pages) override;
    void doEject(bool isGood) override;
    [[nodiscard]] std::vector<Trouble> troubles() const override { return {}; }

    std::filesystem::path folder_;
    std::filesystem::path printed_; ///< of the card inside
};

} // namespace cancuoc::printing
