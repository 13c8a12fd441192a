// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "personalization/pki/key_store.hpp"

#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// What a certificate directly below the CSCA is for (Doc 9303-12, 3.1).
enum class SignerKind { DocumentSigner, MasterListSigner, DeviationListSigner, SealSigner };

/// Which of the signers of a PKI.
struct SignerName {
    SignerKind kind = SignerKind::DocumentSigner;
    std::string identifier; ///< a seal signer's: the two capitals of its commonName; otherwise empty

    /// What the names of its files begin with: "document-signer", "seal-signer-SS".
    [[nodiscard]] std::string fileStem() const;

    /// What fileStem() writes. Throws BadConfiguration for any other text.
    [[nodiscard]] static SignerName fromStem(std::string_view stem);

    friend bool operator==(const SignerName&, const SignerName&) = default;
};

/// What a signer gets a certificate for.
struct SignerGrant {
    SignerName name;
    int number = 1;           ///< counts the signers of the kind, from 1 on: the serialNumber of its name, or
                              ///< the serial number of a seal signer's certificate, 5 hexadecimal digits
    std::string documentType; ///< of a document signer, as in PkiOptions
};

/// What kind of key a signer has, and where.
struct SignerKeyOptions {
    std::string kind;         ///< as KeyKind::strong wants it; empty: P-256
    bool namedCurves = false; ///< as in PkiOptions
    std::string token;        ///< likewise
    KeyStore::Announce announce;
};

/// A fresh key for a signer. Throws BadConfiguration for a kind that it cannot have, and what
/// KeyStore::generate throws.
[[nodiscard]] EvpKey makeSignerKey(const SignerName& name, const SignerKeyOptions& options,
                                   RandomSource& random, const KeyStore& keys);

/// Throws BadConfiguration for a name, a number or a kind of key that a signer cannot have (Doc 9303-12,
/// 4.1.6, 4.1.8 and 7.1.3).
void checkGrant(const SignerGrant& grant, const EVP_PKEY& key);

} // namespace cancuoc::personalization
