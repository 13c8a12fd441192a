// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/digest.hpp"

#include <openssl/rsa.h>

#include <stdexcept>
#include <utility>

namespace cancuoc::test {

/// The signer's side of ISO/IEC 9796-2, digital signature scheme 1, written for the tests with OpenSSL.
class DigitalSignatureScheme1Signer {
public:
    explicit DigitalSignatureScheme1Signer(std::size_t modulusBits)
        : key_(EVP_RSA_gen(static_cast<unsigned>(modulusBits))) {}
    explicit DigitalSignatureScheme1Signer(EvpKey key) : key_(std::move(key)) {}

    [[nodiscard]] EVP_PKEY& key() const { return *key_; }
    [[nodiscard]] std::size_t modulusSize() const {
        return static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
    }

    /// header || M1 || H(M1 || `message`) || trailer, with an M1 that fills it up.
    [[nodiscard]] Bytes representative(BytesView message, HashAlgorithm hash, BytesView trailer,
                                       BytesView header = Bytes{0x6A}) const {
        const Bytes recoverable(modulusSize() - header.size() - sizeOf(hash) - trailer.size(), 0x5C);
        return concat(header, recoverable, digest(hash, concat(recoverable, message)), trailer);
    }

    /// `number`^d mod n; `number` is as long as the modulus.
    [[nodiscard]] Bytes raiseToPrivateExponent(BytesView number) const {
        const EvpKeyContextPtr context(EVP_PKEY_CTX_new(key_.get(), nullptr));
        Bytes result(number.size());
        std::size_t size = result.size();
        if (EVP_PKEY_decrypt_init(context.get()) != 1 ||
            EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1 ||
            EVP_PKEY_decrypt(context.get(), result.data(), &size, number.data(), number.size()) != 1) {
            throw std::runtime_error("raising to the private exponent failed");
        }
        return result;
    }

    /// n - `number`: the other signature of a signer that gives the smaller one.
    [[nodiscard]] Bytes subtractFromModulus(BytesView number) const {
        BIGNUM* modulus = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), "n", &modulus);
        const BignumPtr owned(modulus);
        const BignumPtr value(BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
        BN_sub(value.get(), modulus, value.get());
        Bytes difference(number.size());
        BN_bn2binpad(value.get(), difference.data(), static_cast<int>(difference.size()));
        return difference;
    }

private:
    EvpKey key_;
};

} // namespace cancuoc::test
