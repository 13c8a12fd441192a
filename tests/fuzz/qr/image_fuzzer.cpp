// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "host/base/error.hpp"
#include "host/base/interruption.hpp"
#include "qr/decoder.hpp"
#include "qr/image.hpp"
#include "qr/picture_filter.hpp"
#include "qr/qr_json.hpp"
#include "qr/symbol_region.hpp"

namespace {

using namespace cancuoc;

void requireInside(const qr::GreyImage& image, const std::vector<qr::Region>& regions) {
    for (const auto& region : regions) {
        const auto part = qr::crop(image, region);
        if (qr::evenLight(part, 3, 8).pixels.size() != region.width * region.height) {
            std::abort();
        }
    }
}

// What is found is described, whatever it says.
void decode(const qr::GreyImage& image) {
    constexpr std::size_t largest = 256 * 256;
    if (image.pixels.size() > largest) {
        return;
    }
    const auto shortly = [] { return Interruption{}.within(std::chrono::milliseconds(20)); };
    for (const auto& bytes : qr::decodeSymbols(image, shortly())) {
        static_cast<void>(qr::describeSymbol(bytes));
    }
    static_cast<void>(qr::decodeDataMatrixSymbols(image, shortly()));
}

} // namespace

// A picture file is refused as malformed, or it decompresses to exactly the pixels it promised, the parts
// that are looked at lie inside it, and a small one is searched for symbols.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto image = qr::decodeImage(BytesView(data, size));
        if (image.pixels.size() != image.width * image.height ||
            image.pixels.size() > qr::maximumImagePixels) {
            std::abort();
        }
        requireInside(image, qr::likelyRegions(image));
        requireInside(image, qr::likelySmallRegions(image));
        decode(image);
    } catch (const MalformedData&) {
    }
    return 0;
}
