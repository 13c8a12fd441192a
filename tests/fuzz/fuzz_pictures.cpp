// SPDX-License-Identifier: Apache-2.0
// Any bytes as a portrait and as a finger picture.
#include "personalization/intake/image_inspection.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto inspect :
         {cancuoc::personalization::inspectJpeg, cancuoc::personalization::inspectGreyPng}) {
        const auto inspected = inspect({data, size});
        const bool whole = inspected.state == cancuoc::personalization::ImageState::Whole;
        if (inspected.image.pixels.size() != (whole ? inspected.size.width * inspected.size.height : 0)) {
            std::abort(); // statistics are taken over them
        }
    }
    return 0;
}
