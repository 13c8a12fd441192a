// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/memory.hpp"

#include <mbedtls/platform_util.h>
extern "C" {
#include <mbedtls/constant_time.h> // declares no language linkage of its own in mbedTLS 2.28.3
}

namespace cancuoc::card::crypto {

void wipe(std::span<std::uint8_t> bytes) {
    mbedtls_platform_zeroize(bytes.data(), bytes.size());
}

bool equalConstantTime(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right) {
    return left.size() == right.size() && mbedtls_ct_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace cancuoc::card::crypto
