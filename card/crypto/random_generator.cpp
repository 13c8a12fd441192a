// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/random_generator.hpp"

#include <algorithm>

namespace cancuoc::card::crypto {
namespace {

int takeEntropy(void* source, unsigned char* output, std::size_t size) {
    return static_cast<RandomSource*>(source)->fill({output, size})
               ? 0
               : MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED;
}

} // namespace

RandomGenerator::RandomGenerator(RandomSource& entropy) : entropy_(&entropy), context_() {
    mbedtls_ctr_drbg_init(&context_);
}

RandomGenerator::~RandomGenerator() {
    mbedtls_ctr_drbg_free(&context_);
}

bool RandomGenerator::seed() {
    mbedtls_ctr_drbg_free(&context_);
    mbedtls_ctr_drbg_init(&context_);
    mbedtls_ctr_drbg_set_entropy_len(&context_, seedSize);
    return mbedtls_ctr_drbg_seed(&context_, takeEntropy, entropy_, nullptr, 0) == 0;
}

bool RandomGenerator::fill(std::span<std::uint8_t> output) {
    seeded_ = seeded_ || seed();
    while (seeded_ && !output.empty()) {
        const std::span<std::uint8_t> part =
            output.first(std::min<std::size_t>(output.size(), MBEDTLS_CTR_DRBG_MAX_REQUEST));
        seeded_ = mbedtls_ctr_drbg_random(&context_, part.data(), part.size()) == 0;
        output = output.subspan(part.size());
    }
    return seeded_;
}

} // namespace cancuoc::card::crypto
