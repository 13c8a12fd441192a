// SPDX-License-Identifier: Apache-2.0
#include "qr/decoder.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

namespace cancuoc::qr {

namespace {

std::vector<std::string> decodeOnce(const GreyImage& image, ZXing::Binarizer binarizer) {
    const ZXing::ImageView view(image.pixels.data(), static_cast<int>(image.width),
                                static_cast<int>(image.height), ZXing::ImageFormat::Lum);
    const auto hints = ZXing::DecodeHints()
                           .setFormats(ZXing::BarcodeFormat::QRCode)
                           .setTryHarder(true)
                           .setTryRotate(true)
                           .setBinarizer(binarizer);
    std::vector<std::string> symbols;
    for (const auto& result : ZXing::ReadBarcodes(view, hints)) {
        if (result.isValid()) {
            // bytes() and not text(): the library takes short Vietnamese UTF-8 for Big5 or Shift-JIS.
            symbols.emplace_back(result.bytes().begin(), result.bytes().end());
        }
    }
    return symbols;
}

} // namespace

std::vector<std::string> decodeSymbols(const GreyImage& image) {
    for (const std::size_t factor : {1U, 2U, 3U}) {
        if (factor > 1 && image.pixels.size() * factor * factor > maximumImagePixels) {
            break;
        }
        const auto enlarged = factor > 1 ? enlarge(image, factor) : GreyImage{};
        const auto& attempt = factor > 1 ? enlarged : image;
        for (const auto binarizer : {ZXing::Binarizer::LocalAverage, ZXing::Binarizer::GlobalHistogram}) {
            auto symbols = decodeOnce(attempt, binarizer);
            if (!symbols.empty()) {
                return symbols;
            }
        }
    }
    return {};
}

} // namespace cancuoc::qr
