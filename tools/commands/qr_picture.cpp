// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/qr_picture.hpp"

#include <chrono>
#include <cmath>
#include <filesystem>

#include "host/base/file.hpp"

namespace cancuoc::tools {

namespace {

std::string requireDrawingName(const std::string& file) {
    const auto extension = std::filesystem::path(file).extension();
    return extension == ".png" || extension == ".svg" || extension == ".pdf"
               ? std::string()
               : std::string("must end in .png, .svg or .pdf");
}

} // namespace

Interruption TimeBudget::begin() const {
    return Interruption{}.within(std::chrono::milliseconds(std::lround(seconds * 1000)));
}

void addTimeBudget(CLI::App& command, TimeBudget& budget) {
    command.add_option("--within", budget.seconds, "time budget for each picture in seconds")
        ->check(CLI::Range(0.1, 600.0))
        ->capture_default_str();
}

qr::GreyImage readPicture(const std::string& file) {
    return qr::decodeImage(readFile(file, qr::maximumImageFileSize));
}

void addDrawingFile(CLI::App& command, std::string& file) {
    command.add_option("--out", file, "picture to write, .png, .svg or .pdf (needs --dpi)")
        ->required()
        ->check(requireDrawingName);
}

void requirePaperSize(const std::string& file, std::size_t dotsPerInch) {
    if (std::filesystem::path(file).extension() == ".pdf" && dotsPerInch == 0) {
        throw CLI::ValidationError("A PDF has its size on paper: give --dpi",
                                   CLI::ExitCodes::ValidationError);
    }
}

void writeDrawing(const std::string& file, const qr::Symbol& symbol, const qr::Scale& scale,
                  BytesView content) {
    qr::requireReadable(qr::toRaster(symbol, scale), content, symbol.kind());
    const auto extension = std::filesystem::path(file).extension();
    if (extension == ".svg") {
        writeFile(file, viewOf(qr::toSvg(symbol, scale)));
    } else if (extension == ".pdf") {
        writeFile(file, qr::toPdf(symbol, scale));
    } else {
        writeFile(file, qr::toPng(symbol, scale));
    }
}

} // namespace cancuoc::tools
