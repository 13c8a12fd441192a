// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/pnm_image.hpp"

#include "tests/fuzz/host/image_property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    cancuoc::fuzz::decodeWithinLimits({data, size}, cancuoc::biometric::decodePnm);
    return 0;
}
