// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/rsa.hpp"

namespace cancuoc::card::crypto {
namespace {

int fillFromSource(void* source, unsigned char* output, std::size_t size) {
    return static_cast<RandomSource*>(source)->fill(std::span(output, size)) ? 0 : MBEDTLS_ERR_RSA_RNG_FAILED;
}

mbedtls_md_type_t messageDigestOf(HashAlgorithm algorithm) {
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

/// A public key of the library that frees itself.
class PublicKey {
public:
    PublicKey(std::span<const std::uint8_t> modulus, std::span<const std::uint8_t> exponent) {
        mbedtls_rsa_init(&context_, MBEDTLS_RSA_PKCS_V15, 0);
        usable_ = mbedtls_rsa_import_raw(&context_, modulus.data(), modulus.size(), nullptr, 0, nullptr, 0,
                                         nullptr, 0, exponent.data(), exponent.size()) == 0 &&
                  mbedtls_rsa_complete(&context_) == 0 && mbedtls_rsa_check_pubkey(&context_) == 0;
    }
    ~PublicKey() { mbedtls_rsa_free(&context_); }
    PublicKey(const PublicKey&) = delete;
    PublicKey& operator=(const PublicKey&) = delete;

    [[nodiscard]] bool usable() const { return usable_; }
    [[nodiscard]] mbedtls_rsa_context* get() { return &context_; }

private:
    mbedtls_rsa_context context_;
    bool usable_ = false;
};

} // namespace

RsaPrivateKey::RsaPrivateKey(std::span<const std::uint8_t> firstPrime,
                             std::span<const std::uint8_t> secondPrime,
                             std::span<const std::uint8_t> publicExponent) {
    mbedtls_rsa_init(&context_, MBEDTLS_RSA_PKCS_V15, 0);
    usable_ = mbedtls_rsa_import_raw(&context_, nullptr, 0, firstPrime.data(), firstPrime.size(),
                                     secondPrime.data(), secondPrime.size(), nullptr, 0,
                                     publicExponent.data(), publicExponent.size()) == 0 &&
              mbedtls_rsa_complete(&context_) == 0 && mbedtls_rsa_check_privkey(&context_) == 0 &&
              modulusSize() >= minimumRsaPrivateModulusSize &&
              modulusSize() <= maximumRsaPrivateModulusSize &&
              mbedtls_mpi_bitlen(&context_.N) == 8 * modulusSize();
}

RsaPrivateKey::~RsaPrivateKey() {
    mbedtls_rsa_free(&context_);
}

std::size_t RsaPrivateKey::modulusSize() const {
    return mbedtls_rsa_get_len(&context_);
}

bool RsaPrivateKey::modulus(std::span<std::uint8_t> output) const {
    return usable_ && output.size() == modulusSize() &&
           mbedtls_mpi_write_binary(&context_.N, output.data(), output.size()) == 0;
}

bool RsaPrivateKey::decrypt(std::span<const std::uint8_t> input, RandomSource& random,
                            std::span<std::uint8_t> output) {
    return usable_ && input.size() == modulusSize() && output.size() == modulusSize() &&
           mbedtls_rsa_private(&context_, fillFromSource, &random, input.data(), output.data()) == 0;
}

bool verifyRsa(std::span<const std::uint8_t> modulus, std::span<const std::uint8_t> publicExponent,
               RsaPadding padding, HashAlgorithm algorithm, std::span<const std::uint8_t> hash,
               std::span<const std::uint8_t> signature) {
    if (modulus.size() < minimumRsaPublicModulusSize || modulus.size() > maximumRsaPublicModulusSize ||
        publicExponent.empty() || publicExponent.size() > maximumRsaPublicExponentSize ||
        hash.size() != digestSize(algorithm)) {
        return false;
    }
    PublicKey key(modulus, publicExponent);
    if (!key.usable() || signature.size() != mbedtls_rsa_get_len(key.get())) {
        return false;
    }
    const auto messageDigest = messageDigestOf(algorithm);
    const auto hashSize = static_cast<unsigned>(hash.size());
    return padding == RsaPadding::Pss
               ? mbedtls_rsa_rsassa_pss_verify_ext(key.get(), nullptr, nullptr, MBEDTLS_RSA_PUBLIC,
                                                   messageDigest, hashSize, hash.data(), messageDigest,
                                                   static_cast<int>(hash.size()), signature.data()) == 0
               : mbedtls_rsa_rsassa_pkcs1_v15_verify(key.get(), nullptr, nullptr, MBEDTLS_RSA_PUBLIC,
                                                     messageDigest, hashSize, hash.data(),
                                                     signature.data()) == 0;
}

} // namespace cancuoc::card::crypto
