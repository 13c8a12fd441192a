// SPDX-License-Identifier: Apache-2.0
#include "qr/decoder.hpp"

#include <algorithm>

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

ZXing::DecodeHints hintsFor(ZXing::Binarizer binarizer) {
    return ZXing::DecodeHints()
        .setFormats(ZXing::BarcodeFormat::QRCode)
        .setTryHarder(true)
        .setTryRotate(true)
        .setBinarizer(binarizer);
}

// bytes() and not text(): the library takes short Vietnamese UTF-8 for Big5 or Shift-JIS.
std::string bytesOf(const ZXing::Result& result) {
    return {result.bytes().begin(), result.bytes().end()};
}

Found read(const GreyImage& image, ZXing::Binarizer binarizer, bool alsoSmaller) {
    const auto result =
        ZXing::ReadBarcode(viewOfImage(image), hintsFor(binarizer).setTryDownscale(alsoSmaller));
    return result.isValid() ? Found(bytesOf(result)) : std::nullopt;
}

std::vector<std::string> readAll(const GreyImage& image, ZXing::BarcodeFormat format) {
    std::vector<std::string> symbols;
    const auto hints = hintsFor(ZXing::Binarizer::LocalAverage).setFormats(format);
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

Found readPart(const GreyImage& part, const Attempt& attempt) {
    const auto factor = attempt.enlargement;
    if (part.pixels.size() * factor * factor > maximumPartPixels) {
        return std::nullopt;
    }
    const auto& enlarged = factor > 1 ? enlarge(part, factor) : part;
    return attempt.filter == Attempt::None ? read(enlarged, attempt.binarizer, false)
                                           : read(filtered(enlarged, attempt), attempt.binarizer, false);
}

bool isOver(const Interruption& interruption) {
    try {
        requireUninterrupted(interruption);
        return false;
    } catch (const DeadlineExceeded&) {
        return true;
    }
}

} // namespace

Found findSymbol(const GreyImage& image, const Interruption& interruption) {
    std::vector<GreyImage> parts;
    for (const auto& region : likelyRegions(image)) {
        parts.push_back(crop(image, region));
    }
    if (!parts.empty() && !isOver(interruption)) {
        if (auto found = read(parts.front(), Binarizer::LocalAverage, false)) {
            return found;
        }
    }
    if (isOver(interruption)) {
        return std::nullopt;
    }
    if (auto found = read(image, Binarizer::LocalAverage, true)) {
        return found;
    }
    parts.push_back(image);
    for (const auto& part : parts) {
        for (const auto& attempt : attempts) {
            if (isOver(interruption)) {
                return std::nullopt;
            }
            if (auto found = readPart(part, attempt)) {
                return found;
            }
        }
    }
    return std::nullopt;
}

std::vector<std::string> decodeSymbols(const GreyImage& image, const Interruption& interruption) {
    auto symbols = readAll(image, ZXing::BarcodeFormat::QRCode);
    if (symbols.empty()) {
        if (auto found = findSymbol(image, interruption)) {
            symbols.push_back(std::move(*found));
        }
    }
    return symbols;
}

std::vector<std::string> decodeDataMatrixSymbols(const GreyImage& image) {
    return readAll(image, ZXing::BarcodeFormat::DataMatrix);
}

} // namespace cancuoc::qr
