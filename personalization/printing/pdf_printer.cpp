// SPDX-License-Identifier: Apache-2.0
#include "personalization/printing/pdf_printer.hpp"

#include "host/base/file.hpp"

namespace cancuoc::printing {

PdfPrinter::PdfPrinter(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) {
        throw BadConfiguration("\"" + folder_.string() + "\" cannot be made: " + error.message() + ".");
    }
}

void PdfPrinter::doPrint(const CardPages& pages) {
    const auto file = folder_ / (pages.job + ".pdf");
    if (pages.pdf.empty() || pages.job.empty() || pages.job.find('/') != std::string::npos) {
        throw BadConfiguration("A PDF is printed with its pages, and a job whose name is that of a file.");
    }
    if (std::filesystem::exists(file)) {
        throw BadConfiguration("\"" + file.string() + "\" is there already; a card is printed once.");
    }
    writeFile(file, pages.pdf);
    printed_ = file;
}

void PdfPrinter::doEject(bool isGood) {
    if (!isGood && !printed_.empty()) {
        std::filesystem::remove(printed_);
    }
    printed_.clear();
}

} // namespace cancuoc::printing
