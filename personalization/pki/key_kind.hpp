// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/signature_scheme.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// A kind of key that authorities have: on a curve (ECDSA), or RSA (RSASSA-PSS).
struct KeyKind {
    std::optional<EllipticCurve> curve; ///< none: RSA
    unsigned rsaBits = 0;

    /// @param name of a curve ("P-256", "brainpoolP256r1", ...), or "RSA-2048", "RSA-3072" or "RSA-4096"
    /// @throws BadConfiguration for any other name
    [[nodiscard]] static KeyKind named(std::string_view name);

    /// One that CSCA and document signers may have: a curve of 224 bits or more, RSA of 3072 or 4096 bits.
    /// Doc 9303-12, 4.1.6 asks for key lengths that catalogues call appropriate, and names none itself.
    /// @throws BadConfiguration for any other name
    [[nodiscard]] static KeyKind strong(std::string_view name);

    /// The name of the kind of `key`. Throws BadConfiguration when it has none, because its curve is not
    /// known.
    [[nodiscard]] static std::string nameOf(const EVP_PKEY& key);

    /// A fresh key. Those of RSA are drawn by OpenSSL itself.
    [[nodiscard]] EvpKey generate(RandomSource& random) const;
};

/// The algorithms with which authorities sign (Doc 9303-12, 4.1.6; RFC 4055).
/// @returns ECDSA with a hash as long as the order, SHA-256 at least; RSASSA-PSS with SHA-256
[[nodiscard]] SignatureScheme schemeOf(const EVP_PKEY& key);

/// What OpenSSL signs a certificate, a CRL or a CMS with by schemeOf(key).
[[nodiscard]] DigestContextPtr signingContext(EVP_PKEY& key);

/// Chooses the padding of schemeOf(key) where RSA needs one. Throws CryptographyError when OpenSSL refuses.
void choosePadding(const EVP_PKEY& key, EVP_PKEY_CTX& context);

} // namespace cancuoc::personalization
