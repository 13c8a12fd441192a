// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/face_check.hpp"

#include "personalization/cardface/machine_marks.hpp"
#include "qr/decoder.hpp"
#include "qr/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <set>

namespace cancuoc::cardface {

namespace {

constexpr std::string_view mrzCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
constexpr std::size_t lineLength = 30;
constexpr std::size_t lineCount = 3;

const Element* findMrz(const Layout& layout) {
    for (const Side side : {Side::Front, Side::Back}) {
        for (const Element& element : layout.elements(side)) {
            if (std::holds_alternative<MrzElement>(element.content)) {
                return &element;
            }
        }
    }
    return nullptr;
}

// The pixels around one character, row after row; the baseline is the caller's.
Bytes cellAt(const biometric::Pixels& raster, const MrzGrid& grid, std::size_t line, std::size_t column) {
    const auto width = static_cast<std::size_t>(grid.pitch);
    const auto height = static_cast<std::size_t>(grid.ascent) + static_cast<std::size_t>(grid.descent);
    const auto left = static_cast<std::size_t>(grid.left) + column * width;
    const auto top = static_cast<std::size_t>(grid.baselines.at(line) - grid.ascent);
    Bytes cell;
    cell.reserve(width * height);
    for (std::size_t row = 0; row < height; ++row) {
        const auto* from = raster.data.data() + (top + row) * raster.width + left;
        cell.insert(cell.end(), from, from + width);
    }
    return cell;
}

std::size_t distance(const Bytes& left, const Bytes& right) {
    std::size_t sum = 0;
    for (std::size_t index = 0; index < left.size(); ++index) {
        sum += static_cast<std::size_t>(std::abs(int{left[index]} - int{right[index]}));
    }
    return sum;
}

// The channel that a machine reads the element from.
Channel channelOf(const Element& element) {
    return element.isOn(Channel::Resin) ? Channel::Resin : element.channels.front();
}

} // namespace

biometric::Pixels cut(const biometric::Pixels& raster, const Box& box, double margin, int dotsPerInch) {
    const auto pixels = [dotsPerInch](double millimetres) {
        return std::lround(millimetres / millimetresPerInch * dotsPerInch);
    };
    const long left = pixels(box.x - margin);
    const long top = pixels(box.y - margin);
    const auto width = static_cast<std::uint32_t>(pixels(box.width + 2 * margin));
    const auto height = static_cast<std::uint32_t>(pixels(box.height + 2 * margin));
    biometric::Pixels part{width, height, raster.channels,
                           Bytes(std::size_t{width} * height * raster.channels, 0xFF)};
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            const long fromX = left + static_cast<long>(x);
            const long fromY = top + static_cast<long>(y);
            if (fromX < 0 || fromY < 0 || fromX >= long{raster.width} || fromY >= long{raster.height}) {
                continue;
            }
            const auto from =
                (static_cast<std::size_t>(fromY) * raster.width + static_cast<std::size_t>(fromX)) *
                raster.channels;
            std::copy_n(raster.data.begin() + static_cast<std::ptrdiff_t>(from), raster.channels,
                        part.data.begin() + static_cast<std::ptrdiff_t>((y * width + x) * raster.channels));
        }
    }
    return part;
}

FaceCheck::FaceCheck(const FaceRenderer& renderer) : renderer_(renderer) {
    const Element* const element = findMrz(renderer.layout());
    if (element == nullptr) {
        return;
    }
    const auto& mrz = std::get<MrzElement>(element->content);
    const MrzGrid grid(element->box, mrz, renderer.dotsPerInch());
    for (std::size_t first = 0; first < mrzCharacters.size(); first += lineLength) {
        const std::string line(mrzCharacters.substr(first, lineLength));
        Canvas canvas(channelOf(*element), renderer.width(), renderer.height(), renderer.dotsPerInch());
        drawMrz(canvas, element->box, mrz, renderer.fonts(), {line});
        const biometric::Pixels raster = canvas.pixels();
        for (std::size_t column = 0; column < line.size(); ++column) {
            glyphs_[line[column]] = cellAt(raster, grid, 0, column);
        }
    }
    // Whoever is nearer to a glyph than a third of what parts the two most alike is nearer to no other.
    tolerance_ = std::numeric_limits<std::size_t>::max();
    for (auto one = glyphs_.begin(); one != glyphs_.end(); ++one) {
        for (auto other = std::next(one); other != glyphs_.end(); ++other) {
            tolerance_ = std::min(tolerance_, distance(one->second, other->second) / 3);
        }
    }
}

std::vector<std::string> FaceCheck::check(const CardFaces& faces, const CardContent& content) const {
    std::vector<std::string> findings;
    for (const Side side : {Side::Front, Side::Back}) {
        for (const Element& element : renderer_.layout().elements(side)) {
            if (const auto* mrz = std::get_if<MrzElement>(&element.content)) {
                checkMrz(element, *mrz, faces.of(side).of(channelOf(element)), content, findings);
            } else if (std::holds_alternative<SymbolElement>(element.content)) {
                checkSymbol(element, faces.of(side).of(channelOf(element)), content, findings);
            }
        }
    }
    return findings;
}

void FaceCheck::checkSymbol(const Element& element, const biometric::Pixels& raster,
                            const CardContent& content, std::vector<std::string>& findings) const {
    const bool isQr = std::get<SymbolElement>(element.content).kind == SymbolElement::Kind::Qr;
    if (!isQr && content.seal.empty()) {
        return;
    }
    constexpr double around = 1.2; // a quiet zone
    const biometric::Pixels part = cut(raster, element.box, around, renderer_.dotsPerInch());
    const qr::GreyImage image{part.width, part.height, part.data};
    const auto found = isQr ? qr::decodeSymbols(image) : qr::decodeDataMatrixSymbols(image);
    const std::string expected = isQr ? content.qr : toText(content.seal);
    if (found != std::vector<std::string>{expected}) {
        findings.push_back(element.id + " is not read back as what it was made of.");
    }
}

void FaceCheck::checkMrz(const Element& element, const MrzElement& mrz, const biometric::Pixels& raster,
                         const CardContent& content, std::vector<std::string>& findings) const {
    const MrzGrid grid(element.box, mrz, renderer_.dotsPerInch());
    for (std::size_t line = 0; line < lineCount; ++line) {
        for (std::size_t column = 0; column < lineLength; ++column) {
            const auto glyph = glyphs_.find(content.mrz.at(line).at(column));
            const bool isGlyph = glyph != glyphs_.end() &&
                                 distance(cellAt(raster, grid, line, column), glyph->second) <= tolerance_;
            if (!isGlyph) {
                findings.push_back(fmt::format("{}: the character {} of line {} is not as the font draws it.",
                                               element.id, column + 1, line + 1));
            }
        }
    }
}

std::vector<std::string> missingLetters(const FaceRenderer& renderer) {
    std::set<std::string> used;
    for (const auto& [name, style] : renderer.layout().styles) {
        used.insert(style.font);
    }
    std::vector<std::string> findings;
    for (const std::string& font : used) {
        const std::string missing = renderer.fonts().missing(font, vietnameseLetters());
        if (!missing.empty()) {
            findings.push_back(fmt::format("{}: {}", font, missing));
        }
    }
    return findings;
}

} // namespace cancuoc::cardface
