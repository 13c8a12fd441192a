// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/digest.hpp"

#include <mbedtls/md.h>

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

bool hashParts(mbedtls_md_context_t& context, const mbedtls_md_info_t* info,
               std::initializer_list<std::span<const std::uint8_t>> parts, std::span<std::uint8_t> output) {
    constexpr int withoutHmac = 0;
    if (mbedtls_md_setup(&context, info, withoutHmac) != 0 || mbedtls_md_starts(&context) != 0) {
        return false;
    }
    for (const auto part : parts) {
        if (mbedtls_md_update(&context, part.data(), part.size()) != 0) {
            return false;
        }
    }
    return mbedtls_md_finish(&context, output.data()) == 0;
}

} // namespace

bool digest(HashAlgorithm algorithm, std::initializer_list<std::span<const std::uint8_t>> parts,
            std::span<std::uint8_t> output) {
    const auto* info = mbedtls_md_info_from_type(typeOf(algorithm));
    if (info == nullptr || output.size() != digestSize(algorithm)) {
        return false;
    }
    mbedtls_md_context_t context;
    mbedtls_md_init(&context);
    const bool done = hashParts(context, info, parts, output);
    mbedtls_md_free(&context);
    return done;
}

} // namespace cancuoc::card::crypto
