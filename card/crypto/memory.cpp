// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/memory.hpp"

#include <mbedtls/constant_time.h>
#include <mbedtls/platform_util.h>

namespace cancuoc::card::crypto {

void wipe(std::span<std::uint8_t> bytes) {
    mbedtls_platform_zeroize(bytes.data(), bytes.size());
}

bool equalConstantTime(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right) {
    return left.size() == right.size() && mbedtls_ct_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace cancuoc::card::crypto
