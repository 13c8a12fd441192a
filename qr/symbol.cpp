// SPDX-License-Identifier: Apache-2.0
#include "qr/symbol.hpp"

#include <cerrno>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <png.h>
#include <qrencode.h>

#include "host/base/error.hpp"

namespace cancuoc::qr {

namespace {

constexpr std::size_t longestText = 2331;

void requireModulePixels(std::size_t modulePixels) {
    if (modulePixels < 1 || modulePixels > maximumModulePixels) {
        throw BadConfiguration(
            fmt::format("A module is 1 to {} pixels wide, not {}.", maximumModulePixels, modulePixels));
    }
}

} // namespace

Symbol::Symbol(std::size_t size, std::vector<bool> dark) : size_(size), dark_(std::move(dark)) {}

Symbol Symbol::encode(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos) {
        throw MalformedData("A QR symbol needs text, and text without NUL characters.");
    }
    if (text.size() > longestText) {
        throw MalformedData(
            fmt::format("The text has {} bytes; a QR symbol of error correction level M holds {}.",
                        text.size(), longestText));
    }
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()),
                          /*version: the smallest that fits*/ 0, QR_ECLEVEL_M),
        &QRcode_free);
    if (!code) {
        throw Error(fmt::format("The QR library refused to encode the text (error {}).", errno));
    }
    const auto size = static_cast<std::size_t>(code->width);
    std::vector<bool> dark(size * size);
    for (std::size_t index = 0; index < dark.size(); ++index) {
        dark[index] = (code->data[index] & 1U) != 0; // the other bits say which part of the symbol it is
    }
    return {size, std::move(dark)};
}

Bytes toPng(const Symbol& symbol, std::size_t modulePixels) {
    requireModulePixels(modulePixels);
    const auto side = (symbol.size() + 2 * quietZoneModules) * modulePixels;
    Bytes pixels(side * side, 0xFF);
    for (std::size_t y = 0; y < symbol.size() * modulePixels; ++y) {
        for (std::size_t x = 0; x < symbol.size() * modulePixels; ++x) {
            if (symbol.isDark(y / modulePixels, x / modulePixels)) {
                const auto offset = quietZoneModules * modulePixels;
                pixels[(y + offset) * side + x + offset] = 0x00;
            }
        }
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(side);
    image.height = static_cast<png_uint_32>(side);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t length = 0;
    if (png_image_write_get_memory_size(image, length, 0, pixels.data(), 0, nullptr) == 0) {
        throw Error(fmt::format("The PNG library cannot write the QR: {}.", image.message));
    }
    Bytes file(length);
    if (png_image_write_to_memory(&image, file.data(), &length, 0, pixels.data(), 0, nullptr) == 0) {
        throw Error(fmt::format("The PNG library cannot write the QR: {}.", image.message));
    }
    file.resize(length);
    return file;
}

std::string toSvg(const Symbol& symbol, std::size_t modulePixels) {
    requireModulePixels(modulePixels);
    const auto side = symbol.size() + 2 * quietZoneModules;
    std::string path;
    for (std::size_t row = 0; row < symbol.size(); ++row) {
        for (std::size_t column = 0; column < symbol.size();) {
            std::size_t run = 0;
            while (column + run < symbol.size() && symbol.isDark(row, column + run)) {
                ++run;
            }
            if (run > 0) {
                path += fmt::format("M{} {}h{}v1h-{}z", column + quietZoneModules, row + quietZoneModules,
                                    run, run);
            }
            column += run + 1;
        }
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{0}\" "
        "viewBox=\"0 0 {1} {1}\" shape-rendering=\"crispEdges\">\n"
        "<rect width=\"{1}\" height=\"{1}\" fill=\"#fff\"/>\n<path fill=\"#000\" d=\"{2}\"/>\n</svg>\n",
        side * modulePixels, side, path);
}

} // namespace cancuoc::qr
