// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

namespace cancuoc::personalization {

/// Where and with what the next signers of a PKI are made; what it refers to outlives it.
struct IssuingWork {
    const CountrySigningAuthority& authority;
    const PkiFiles& files; ///< of the PKI
    const PkiFiles& made;  ///< of its workshop
    std::chrono::sys_seconds now;
    RandomSource& random;
    const KeyStore& keys;
    KeyLedger& ledger; ///< of the PKI
};

/// The number of the next signer of `name`: one more than that of the present one, a document signer that is
/// ready included, or than that of every seal
/// signer of the PKI, whatever its name; 1 for the first. Throws BadConfiguration when the present one has no
/// number, and for a sixth seal signer within a year (Doc 9303-12, 4.1.3).
[[nodiscard]] int nextSignerNumber(const PkiFiles& files, const SignerName& name,
                                   std::chrono::sys_seconds now);

/// Makes the next signer of `name`, as the CSCA names its curve and by the policy of the PKI, in the
/// workshop: its key, its certificate, and the certificate of the present one under its number.
/// @param keyKind as SignerKeyOptions; empty: as the present one's
/// @param documentType of a document signer
/// @returns the number of the new one
/// @throws BadConfiguration as nextSignerNumber() and CountrySigningAuthority::issue
int makeNextSigner(const IssuingWork& work, const SignerName& name, const std::string& keyKind,
                   const std::string& documentType);

/// Writes a fresh key and its certificate to these files of the workshop; otherwise as makeNextSigner().
void makeSigner(const IssuingWork& work, const SignerGrant& grant, const SignerKeyOptions& options,
                const std::filesystem::path& certificateFile, const std::filesystem::path& keyFile);

/// The kind and the place of the present signer's key, for the next one; for the first, the CSCA's place.
/// @param keyKind another kind; empty: as the present one's
[[nodiscard]] SignerKeyOptions likePresentSigner(const IssuingWork& work, const SignerName& name,
                                                 std::string keyKind);

/// Keeps the certificate of the present signer of `files`, if there is one, under its number in the workshop
/// `made`, and notes that its key ends.
void keepFormerSigner(const PkiFiles& files, const PkiFiles& made, const SignerName& name, KeyLedger& ledger);

/// The list signer of `name` by today's CSCA key: the one that is there, or the next, made in the workshop.
[[nodiscard]] CertifiedKey presentOrNextSigner(const IssuingWork& work, const SignerName& name);

} // namespace cancuoc::personalization
