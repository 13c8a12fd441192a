// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "host/base/error.hpp"
#include "qr/image.hpp"
#include "qr/picture_filter.hpp"
#include "qr/symbol_region.hpp"

// A picture file is refused as malformed, or it decompresses to exactly the pixels it promised, and the parts
// that are looked at lie inside it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    try {
        const auto image = qr::decodeImage(BytesView(data, size));
        if (image.pixels.size() != image.width * image.height ||
            image.pixels.size() > qr::maximumImagePixels) {
            std::abort();
        }
        for (const auto& region : qr::likelyRegions(image)) {
            const auto part = qr::crop(image, region);
            if (qr::evenLight(part, 3, 8).pixels.size() != region.width * region.height) {
                std::abort();
            }
        }
    } catch (const MalformedData&) {
    }
    return 0;
}
