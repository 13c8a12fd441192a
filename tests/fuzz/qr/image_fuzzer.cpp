// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "host/base/error.hpp"
#include "qr/image.hpp"

// A picture file is refused as malformed, or it decompresses to exactly the pixels it promised.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    try {
        const auto image = qr::decodeImage(BytesView(data, size));
        if (image.pixels.size() != image.width * image.height ||
            image.pixels.size() > qr::maximumImagePixels) {
            std::abort();
        }
    } catch (const MalformedData&) {
    }
    return 0;
}
