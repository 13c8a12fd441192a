// SPDX-License-Identifier: Apache-2.0
// Any bytes as a layout of a card's faces.
#include "host/base/error.hpp"
#include "personalization/cardface/layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        static_cast<void>(
            cancuoc::cardface::Layout::parse({reinterpret_cast<const char*>(data), size}, "any"));
    } catch (const cancuoc::BadConfiguration&) {
        // As it should for most of them.
    }
    return 0;
}
