// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/pki/public_key_infrastructure.hpp"

#include <optional>

namespace cancuoc::personalization {

/// Makes the next document signer of the PKI in `directory` ahead of time, as the present one is:
/// `next-document-signer.pem` and its key, so that it can be published before it signs. Nothing when there is
/// one that will do. Opens its key, so that going over to it takes no time.
/// @returns its number
/// @throws as renewDocumentSigner()
int prepareDocumentSigner(const std::filesystem::path& directory, const Clock& clock, RandomSource& random,
                          const KeyStore& keys = KeyStore::unencrypted());

/// Goes over to the next document signer of the PKI in `directory` when it has been prepared, without signing
/// or making anything; otherwise makes it, which waits until somebody else's work there is finished. The
/// former one's key ends with it, and is destroyed by who calls endUsedUpKeys() next.
/// @returns the number of the new document signer
/// @throws as renewDocumentSigner()
int succeedDocumentSigner(const std::filesystem::path& directory, const Clock& clock, RandomSource& random,
                          const KeyStore& keys = KeyStore::unencrypted());

/// Destroys the keys that have ended and are not destroyed yet. Throws BadConfiguration for a directory
/// without a PKI, and as KeyLedger::settle().
void endUsedUpKeys(const std::filesystem::path& directory, const Clock& clock, RandomSource& random,
                   const KeyStore& keys = KeyStore::unencrypted());

/// The next document signer of the PKI in `directory` takes the place of the former one, whose certificate is
/// kept beside it as `document-signer-NNN.pem` and whose private key is destroyed. Cards that it has signed
/// stay as they are. Curves are named or written out as in the CSCA's certificate.
/// @param options the document type and the kind of key
/// @returns the number of the new document signer
/// @throws BadConfiguration for a directory without a PKI, options that cannot serve, and outside the usage
/// period of the CSCA's key
int renewDocumentSigner(const std::filesystem::path& directory, const PkiOptions& options, const Clock& clock,
                        RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());

/// What a new key of the CSCA brought with it.
struct RenewedAuthority {
    int csca = 0;           ///< number of the CSCA's key, the first is 1
    int documentSigner = 0; ///< number of the first document signer by it
};

/// The next key of the CSCA of the PKI in `directory` takes the place of the former one, whose certificate is
/// kept as `csca-NNN.pem` and whose private key is destroyed once it has signed the link certificate
/// `csca-link-NNN.pem` (Doc 9303-12, 4.1.4.3). The next document signer and the next CRL are signed with the
/// new key (4.1.5). All of it, or nothing.
/// @param options the document type and the kinds of keys
/// @param name the CSCA's commonName from now on; none: as before
/// @throws BadConfiguration for a directory without a PKI, options that cannot serve, and outside the usage
/// period of the former key
RenewedAuthority renewCountrySigningAuthority(const std::filesystem::path& directory, PkiOptions options,
                                              const std::optional<std::string>& name, const Clock& clock,
                                              RandomSource& random,
                                              const KeyStore& keys = KeyStore::unencrypted());

} // namespace cancuoc::personalization
