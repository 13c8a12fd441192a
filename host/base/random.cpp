// SPDX-License-Identifier: Apache-2.0
#include "host/base/random.hpp"

#include "host/base/error.hpp"

#include <openssl/rand.h>

#include <algorithm>

namespace cancuoc {

Bytes RandomSource::bytes(std::size_t size) {
    Bytes output(size);
    fill(output);
    return output;
}

void SystemRandom::fill(std::span<std::uint8_t> output) {
    constexpr std::size_t largestRequest = 1U << 16U;
    while (!output.empty()) {
        const std::size_t size = std::min(output.size(), largestRequest);
        if (RAND_priv_bytes(output.data(), static_cast<int>(size)) != 1) {
            throw CryptographyError("The operating system gives no random bytes.");
        }
        output = output.subspan(size);
    }
}

} // namespace cancuoc
