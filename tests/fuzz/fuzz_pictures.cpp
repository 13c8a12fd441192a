// SPDX-License-Identifier: Apache-2.0
// Any bytes as a portrait and as a finger picture.
#include "host/base/error.hpp"
#include "personalization/intake/image_inspection.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto inspect :
         {cancuoc::personalization::inspectJpeg, cancuoc::personalization::inspectGreyPng}) {
        try {
            static_cast<void>(inspect({data, size}));
        } catch (const cancuoc::MalformedData&) {
            continue;
        }
    }
    return 0;
}
