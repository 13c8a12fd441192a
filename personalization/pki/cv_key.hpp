// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/trust/cv_public_key.hpp"
#include "personalization/pki/key_store.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// Where a key is made and stays.
struct KeyPlace {
    const KeyStore& keys = KeyStore::unencrypted();
    std::string token;           ///< as KeyStore::generate wants it; empty: no token
    std::string label;           ///< likewise
    KeyStore::Announce announce; ///< likewise
};

/// A private key of the authorization PKI, and how it signs (BSI TR-03110-3, A.7).
struct CvKey {
    SignatureScheme scheme;
    EvpKey key;

    /// A fresh key.
    /// @param kind a curve by its name ("P-256", "brainpoolP256r1", ...: ECDSA), or "RSA-2048", "RSA-3072" or
    /// "RSA-4096" (RSASSA-PSS); the hash algorithm is as strong as the key
    /// @throws BadConfiguration for any other kind, and as KeyStore::generate
    [[nodiscard]] static CvKey generate(std::string_view kind, RandomSource& random,
                                        const KeyPlace& place = {});

    /// The private key in `file`, as `keys` keeps it, which belongs to `publicKey`.
    /// @throws BadConfiguration naming the file when it holds another key, and what KeyStore::read throws
    [[nodiscard]] static CvKey load(const std::filesystem::path& file, const trust::CvPublicKey& publicKey,
                                    const KeyStore& keys);

    /// A fresh key of the kind of `model`, on `curve` where that has no domain parameters of its own.
    [[nodiscard]] static CvKey like(const trust::CvPublicKey& model,
                                    const std::optional<EllipticCurve>& curve, RandomSource& random,
                                    const KeyPlace& place = {});

    [[nodiscard]] Bytes sign(BytesView message) const { return cancuoc::sign(scheme, *key, message); }
    /// As certificates have it; `withDomainParameters` matters to elliptic curves only.
    [[nodiscard]] trust::CvPublicKey publicKey(bool withDomainParameters) const {
        return trust::CvPublicKey::of(scheme, *key, withDomainParameters);
    }
};

} // namespace cancuoc::personalization
