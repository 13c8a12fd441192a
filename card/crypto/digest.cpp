// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/digest.hpp"

namespace cancuoc::card::crypto {
namespace {

mbedtls_md_type_t typeOf(HashAlgorithm algorithm) {
    switch (algorithm) {
    case HashAlgorithm::Sha1:
        return MBEDTLS_MD_SHA1;
    case HashAlgorithm::Sha224:
        return MBEDTLS_MD_SHA224;
    case HashAlgorithm::Sha256:
        return MBEDTLS_MD_SHA256;
    case HashAlgorithm::Sha384:
        return MBEDTLS_MD_SHA384;
    case HashAlgorithm::Sha512:
        return MBEDTLS_MD_SHA512;
    }
    return MBEDTLS_MD_NONE;
}

} // namespace

Hash::Hash(HashAlgorithm algorithm) : size_(digestSize(algorithm)) {
    constexpr int withoutHmac = 0;
    mbedtls_md_init(&context_);
    const auto* info = mbedtls_md_info_from_type(typeOf(algorithm));
    usable_ = info != nullptr && mbedtls_md_setup(&context_, info, withoutHmac) == 0 &&
              mbedtls_md_starts(&context_) == 0;
}

Hash::~Hash() {
    mbedtls_md_free(&context_);
}

void Hash::update(std::span<const std::uint8_t> message) {
    usable_ = usable_ && mbedtls_md_update(&context_, message.data(), message.size()) == 0;
}

bool Hash::finish(std::span<std::uint8_t> output) {
    const bool done = usable_ && output.size() == size_ && mbedtls_md_finish(&context_, output.data()) == 0;
    usable_ = false;
    return done;
}

bool digest(HashAlgorithm algorithm, std::initializer_list<std::span<const std::uint8_t>> parts,
            std::span<std::uint8_t> output) {
    Hash hash(algorithm);
    for (const auto part : parts) {
        hash.update(part);
    }
    return hash.finish(output);
}

} // namespace cancuoc::card::crypto
