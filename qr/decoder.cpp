// SPDX-License-Identifier: Apache-2.0
#include "qr/decoder.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include "host/base/error.hpp"
#include "qr/picture_filter.hpp"
#include "qr/symbol_region.hpp"

namespace cancuoc::qr {

namespace {

using Found = std::optional<std::string>;

ZXing::ImageView viewOfImage(const GreyImage& image) {
    return {image.pixels.data(), static_cast<int>(image.width), static_cast<int>(image.height),
            ZXing::ImageFormat::Lum};
}

ZXing::DecodeHints hintsFor(ZXing::BarcodeFormat format, ZXing::Binarizer binarizer) {
    return ZXing::DecodeHints().setFormats(format).setTryHarder(true).setTryRotate(true).setBinarizer(
        binarizer);
}

// bytes() and not text(): the library takes short Vietnamese UTF-8 for Big5 or Shift-JIS.
std::string bytesOf(const ZXing::Result& result) {
    return {result.bytes().begin(), result.bytes().end()};
}

Found read(const GreyImage& image, ZXing::BarcodeFormat format, ZXing::Binarizer binarizer,
           bool alsoSmaller = false) {
    const auto result =
        ZXing::ReadBarcode(viewOfImage(image), hintsFor(format, binarizer).setTryDownscale(alsoSmaller));
    return result.isValid() ? Found(bytesOf(result)) : std::nullopt;
}

std::vector<std::string> readAll(const GreyImage& image, ZXing::BarcodeFormat format,
                                 bool alsoSmaller = true) {
    std::vector<std::string> symbols;
    const auto hints = hintsFor(format, ZXing::Binarizer::LocalAverage).setTryDownscale(alsoSmaller);
    for (const auto& result : ZXing::ReadBarcodes(viewOfImage(image), hints)) {
        auto bytes = bytesOf(result);
        // A picture is searched at two sizes, and a symbol found in both.
        if (result.isValid() && std::find(symbols.begin(), symbols.end(), bytes) == symbols.end()) {
            symbols.push_back(std::move(bytes));
        }
    }
    return symbols;
}

/// One way to look at a part of the picture.
struct Attempt {
    std::size_t enlargement; ///< 1 to 4
    enum Filter { None, Sharpen, EvenLight, Smooth } filter;
    std::size_t radius; ///< of the filter, in pixels of the part before it is enlarged
    int amount;         ///< of the filter, in quarters
    ZXing::Binarizer binarizer;
};

GreyImage filtered(const GreyImage& part, const Attempt& attempt) {
    const auto radius = attempt.radius * attempt.enlargement;
    switch (attempt.filter) {
    case Attempt::Sharpen:
        return sharpen(part, radius, attempt.amount);
    case Attempt::EvenLight:
        return evenLight(part, radius, attempt.amount);
    case Attempt::Smooth:
        return smooth(part, radius);
    case Attempt::None:
        break;
    }
    return part;
}

using ZXing::Binarizer;

// In the order that pays on the pictures of tests/bench/qr.
constexpr Attempt attempts[] = {
    {1, Attempt::None, 0, 0, Binarizer::GlobalHistogram},
    {1, Attempt::Smooth, 1, 0, Binarizer::GlobalHistogram},
    {2, Attempt::None, 0, 0, Binarizer::LocalAverage},
    {2, Attempt::Sharpen, 2, 16, Binarizer::LocalAverage},
    {2, Attempt::EvenLight, 8, 8, Binarizer::FixedThreshold},
    {2, Attempt::EvenLight, 2, 16, Binarizer::FixedThreshold},
    {2, Attempt::Smooth, 1, 0, Binarizer::LocalAverage},
    {3, Attempt::Sharpen, 2, 24, Binarizer::LocalAverage},
    {3, Attempt::EvenLight, 3, 16, Binarizer::FixedThreshold},
    {4, Attempt::Sharpen, 3, 32, Binarizer::LocalAverage},
};

// The largest part that is looked at in other ways: all of them together take about a second for it.
constexpr std::size_t maximumPartPixels = 4'000'000;

Found readPart(const GreyImage& part, ZXing::BarcodeFormat format, const Attempt& attempt) {
    const auto factor = attempt.enlargement;
    if (part.pixels.size() * factor * factor > maximumPartPixels) {
        return std::nullopt;
    }
    const auto& enlarged = factor > 1 ? enlarge(part, factor) : part;
    return attempt.filter == Attempt::None ? read(enlarged, format, attempt.binarizer)
                                           : read(filtered(enlarged, attempt), format, attempt.binarizer);
}

bool isOver(const Interruption& interruption) {
    try {
        requireUninterrupted(interruption);
        return false;
    } catch (const DeadlineExceeded&) {
        return true;
    }
}

// The first of the pictures' parts that look(part) reads something in, if that is before the deadline.
template <class Look>
Found firstOf(const GreyImage& image, const std::vector<Region>& regions, const Interruption& interruption,
              Look&& look) {
    for (const auto& region : regions) {
        if (isOver(interruption)) {
            return std::nullopt;
        }
        if (auto found = look(crop(image, region))) {
            return found;
        }
    }
    return std::nullopt;
}

// All attempts at one part after the other.
Found tryParts(const GreyImage& image, const std::vector<Region>& regions, ZXing::BarcodeFormat format,
               const Interruption& interruption) {
    return firstOf(image, regions, interruption, [&](const GreyImage& part) -> Found {
        for (const auto& attempt : attempts) {
            if (isOver(interruption)) {
                return std::nullopt;
            }
            if (auto found = readPart(part, format, attempt)) {
                return found;
            }
        }
        return std::nullopt;
    });
}

// All attempts at the whole, made smaller if that is what lets it be looked at.
Found tryWhole(const GreyImage& image, ZXing::BarcodeFormat format, const Interruption& interruption) {
    if (isOver(interruption)) {
        return std::nullopt;
    }
    auto reduced = image;
    for (std::size_t factor = 2; reduced.pixels.size() > maximumPartPixels; ++factor) {
        reduced = shrink(image, factor);
    }
    return tryParts(reduced, {{0, 0, reduced.width, reduced.height}}, format, interruption);
}

// One attempt at all tiles after the other: the first few find most of what is found at all.
Found tryTiles(const GreyImage& image, const std::vector<Region>& tiles, const Interruption& interruption) {
    for (const auto& attempt : attempts) {
        if (auto found = firstOf(image, tiles, interruption, [&](const GreyImage& tile) {
                return readPart(tile, ZXing::BarcodeFormat::QRCode, attempt);
            })) {
            return found;
        }
    }
    return std::nullopt;
}

// The library looks for a Data Matrix from the middle of a picture outwards, so that each part is one whose
// middle can be in the symbol.
Found findDataMatrixAsItIs(const GreyImage& image, const Interruption& interruption) {
    return firstOf(image, likelyRegions(image), interruption, [](const GreyImage& part) {
        return read(part, ZXing::BarcodeFormat::DataMatrix, Binarizer::LocalAverage);
    });
}

Found findDataMatrix(const GreyImage& image, const Interruption& interruption) {
    constexpr std::size_t smallest = 48;
    constexpr Attempt plain{1, Attempt::None, 0, 0, Binarizer::LocalAverage};
    constexpr Attempt enlarged{2, Attempt::None, 0, 0, Binarizer::LocalAverage};
    for (const auto regionsOf : {likelyRegions, likelySmallRegions}) {
        if (auto found = tryParts(image, regionsOf(image), ZXing::BarcodeFormat::DataMatrix, interruption)) {
            return found;
        }
    }
    for (const auto& attempt : {plain, enlarged}) {
        for (auto side = std::min(image.width, image.height); side >= smallest; side /= 2) {
            if (auto found =
                    firstOf(image, tilesOf(image, side, side / 3), interruption, [&](const GreyImage& tile) {
                        return readPart(tile, ZXing::BarcodeFormat::DataMatrix, attempt);
                    })) {
                return found;
            }
        }
    }
    return std::nullopt;
}

void add(std::vector<std::string>& symbols, Found&& found) {
    if (found) {
        symbols.push_back(*std::move(found));
    }
}

Interruption halfOf(const Interruption& interruption) {
    auto half = interruption;
    if (half.deadline) {
        const auto now = std::chrono::steady_clock::now();
        half.deadline = now + (*half.deadline - now) / 2;
    }
    return half;
}

Found readLikeliest(const GreyImage& image, const std::vector<Region>& likely,
                    const Interruption& interruption) {
    return likely.empty() || isOver(interruption)
               ? std::nullopt
               : read(crop(image, likely.front()), ZXing::BarcodeFormat::QRCode, Binarizer::LocalAverage);
}

// What is not read as it is.
Found findHidden(const GreyImage& image, std::vector<Region> parts, const Interruption& interruption) {
    // Above the largest symbol that is not read as it is: 69 modules of four pixels with the quiet zone.
    constexpr std::size_t overlap = 300;
    constexpr std::size_t tileSide = 1000;
    const auto tiles = tilesOf(image, tileSide, tileSide - overlap);
    const bool isLarge = tiles.size() > 1;
    if (isLarge) {
        const auto small = likelySmallRegions(image);
        parts.insert(parts.end(), small.begin(), small.end());
    }
    if (auto found = tryParts(image, parts, ZXing::BarcodeFormat::QRCode, interruption)) {
        return found;
    }
    // A symbol that fills a large picture lies in no tile.
    if (auto found = tryWhole(image, ZXing::BarcodeFormat::QRCode, interruption)) {
        return found;
    }
    return isLarge ? tryTiles(image, tiles, interruption) : std::nullopt;
}

} // namespace

Found findSymbol(const GreyImage& image, const Interruption& interruption) {
    auto likely = likelyRegions(image);
    if (auto found = readLikeliest(image, likely, interruption)) {
        return found;
    }
    if (isOver(interruption)) {
        return std::nullopt;
    }
    if (auto found =
            read(image, ZXing::BarcodeFormat::QRCode, Binarizer::LocalAverage, /*alsoSmaller*/ true)) {
        return found;
    }
    return findHidden(image, std::move(likely), interruption);
}

std::vector<std::string> decodeSymbols(const GreyImage& image, const Interruption& interruption) {
    if (isOver(interruption)) {
        return {};
    }
    // To look at the picture made smaller costs a third more, and nearly always shows the same symbols.
    constexpr std::size_t factor = 3;
    auto symbols = readAll(image, ZXing::BarcodeFormat::QRCode, /*alsoSmaller*/ false);
    if (symbols.empty() && !isOver(interruption)) {
        symbols = readAll(shrink(image, factor), ZXing::BarcodeFormat::QRCode);
    }
    if (!symbols.empty()) {
        return symbols;
    }
    auto likely = likelyRegions(image);
    auto found = readLikeliest(image, likely, interruption);
    if (!found) {
        found = findHidden(image, std::move(likely), interruption);
    }
    add(symbols, std::move(found));
    return symbols;
}

std::vector<std::string> decodeDataMatrixSymbols(const GreyImage& image, const Interruption& interruption) {
    if (isOver(interruption)) {
        return {};
    }
    auto symbols = readAll(image, ZXing::BarcodeFormat::DataMatrix);
    if (symbols.empty()) {
        add(symbols, findDataMatrixAsItIs(image, interruption));
    }
    if (symbols.empty()) {
        add(symbols, findDataMatrix(image, interruption));
    }
    return symbols;
}

std::vector<std::string> decodeBothKinds(const GreyImage& image,
                                         const std::function<bool(std::string_view bytes)>& isWanted,
                                         const Interruption& interruption) {
    if (isOver(interruption)) {
        return {};
    }
    auto symbols = readAll(image, ZXing::BarcodeFormat::QRCode);
    auto dataMatrices = readAll(image, ZXing::BarcodeFormat::DataMatrix);
    if (dataMatrices.empty()) {
        add(dataMatrices, findDataMatrixAsItIs(image, interruption));
    }
    const bool hasQr = !symbols.empty();
    const bool hasDataMatrix = !dataMatrices.empty();
    std::move(dataMatrices.begin(), dataMatrices.end(), std::back_inserter(symbols));
    const auto isFound = [&] { return std::any_of(symbols.begin(), symbols.end(), isWanted); };
    if (!isFound() && !hasQr) {
        add(symbols, findSymbol(image, halfOf(interruption)));
    }
    if (!isFound() && !hasDataMatrix) {
        add(symbols, findDataMatrix(image, interruption));
    }
    return symbols;
}

} // namespace cancuoc::qr
