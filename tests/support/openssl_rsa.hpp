// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <memory>

#include <openssl/evp.h>

namespace cancuoc::test {

/// An RSA key pair of OpenSSL: the oracle of the chip's.
class OpensslRsa {
public:
    /// A fresh key pair of `bits` bits with the public exponent 65537.
    explicit OpensslRsa(int bits);

    [[nodiscard]] Bytes modulus() const;
    [[nodiscard]] Bytes publicExponent() const;
    [[nodiscard]] Bytes firstPrime() const;
    [[nodiscard]] Bytes secondPrime() const;
    /// The DER SubjectPublicKeyInfo.
    [[nodiscard]] Bytes subjectPublicKeyInfo() const;
    /// signature^e modulo the modulus, at its full width.
    [[nodiscard]] Bytes encrypt(const Bytes& signature) const;
    /// The signature of `message` with `digest` ("SHA256"), by PKCS #1 version 1.5 or by PSS.
    [[nodiscard]] Bytes sign(const char* digest, bool pss, const Bytes& message) const;

private:
    [[nodiscard]] Bytes parameter(const char* name) const;

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

} // namespace cancuoc::test
