// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/digest.hpp"

namespace cancuoc {

/// How a message is signed where a protocol fixes everything but the key (BSI TR-03110-3, A.7.3 and A.7.4).
struct SignatureScheme {
    enum class Kind {
        RsaPkcs1,   ///< RSASSA-PKCS1-v1_5
        RsaPss,     ///< RSASSA-PSS: MGF1 with the same hash, salt as long as the hash
        EcdsaPlain, ///< ECDSA, r || s (BSI TR-03111, 5.2.1)
    };

    Kind kind;
    HashAlgorithm hash;

    /// Whether `key` is of the scheme's kind: RSA or elliptic curve.
    [[nodiscard]] bool fits(const EVP_PKEY& key) const;

    friend bool operator==(const SignatureScheme&, const SignatureScheme&) = default;
};

/// The signature over `message`. Throws BadConfiguration when the key does not fit the scheme,
/// CryptographyError when it is too short for the hash.
[[nodiscard]] Bytes sign(const SignatureScheme& scheme, EVP_PKEY& privateKey, BytesView message);

/// Whether `signature` is the key's over `message`. A malformed signature, and a key that does not fit the
/// scheme, is false. With RSASSA-PSS a salt of any length passes: OpenPACE writes the longest.
[[nodiscard]] bool verify(const SignatureScheme& scheme, EVP_PKEY& publicKey, BytesView message,
                          BytesView signature);

} // namespace cancuoc
