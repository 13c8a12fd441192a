// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

#include <filesystem>
#include <string>

namespace cancuoc::personalization {

/// A CSCA that is kept offline (Doc 9303-12, 3.1.1) certifies signers by files. The online side has a
/// directory of its own, with the CSCA's public files: csca.pem, csca.crl and policy.json. There the signer's
/// key is made, and stays; a request goes to the offline side, and a response comes back.

/// What is to be requested.
struct SignerRequestOptions {
    SignerName name;
    std::string key;   ///< as SignerKeyOptions::kind; empty: as the present signer's, or P-256
    std::string token; ///< for the first signer, as PkiOptions::token; the next ones stay where that is
};

/// Makes the key of the next signer in the online `directory`, `requested-STEM.key`, in the place of one that
/// was requested before, and its request: PKCS #10 (RFC 2986) in PEM, as `openssl req` reads it, signed with
/// the new key. Its subject is the country and, as commonName, the name of the signer's files.
/// @throws BadConfiguration for a directory without a CSCA's certificate and options that cannot serve
[[nodiscard]] Bytes requestSigner(const std::filesystem::path& directory, const SignerRequestOptions& options,
                                  const Clock& clock, RandomSource& random,
                                  const KeyStore& keys = KeyStore::unencrypted());

/// A certificate that was issued on a request.
struct CertifiedRequest {
    SignerName name;
    int number = 0;
    Bytes response; ///< a CMS with no signature of its own: the certificate, the CSCA's, and the CRL (RFC
                    ///< 5652, 5), in PEM, as `openssl pkcs7 -print_certs` reads it
};

/// Certifies a request with the CSCA in the offline `directory`, which keeps the certificate.
/// @param documentType of a document signer, as in PkiOptions
/// @throws MalformedData for what is no request; BadConfiguration when it is not signed with its own key,
/// asks for no signer that there is, or has a key that is too weak or was certified before, and as
/// CountrySigningAuthority::certify
[[nodiscard]] CertifiedRequest certifySigner(const std::filesystem::path& directory, BytesView request,
                                             const std::string& documentType, const Clock& clock,
                                             RandomSource& random,
                                             const KeyStore& keys = KeyStore::unencrypted());

/// What was taken in.
struct AcceptedSigner {
    SignerName name;
    int number = 0;
    bool ahead = false; ///< a document signer that goes on when the present one ends
};

/// Takes the response into the online `directory`, and a newer CRL with it. A document signer goes on when
/// the present one ends, and at once when there is none; any other signer at once.
/// @throws MalformedData for what is no response; BadConfiguration when it is not for the key that was
/// requested, not by the CSCA of the directory, revoked, outside its time, or not as Doc 9303-12, 7.1 has it;
/// then nothing was changed
AcceptedSigner acceptSigner(const std::filesystem::path& directory, BytesView response, const Clock& clock,
                            RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());

} // namespace cancuoc::personalization
