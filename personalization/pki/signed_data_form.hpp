// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"
#include "host/crypto/signature_scheme.hpp"

#include <chrono>
#include <string_view>

namespace cancuoc::personalization {

/// What is the same in everything that one signer signs, encoded once, so that a signature costs little more
/// than itself: a CMS SignedData of version 3 with one SignerInfo that names the certificate by issuer and
/// serial number, and with content type, message digest and signing time as signed attributes (Doc 9303-10,
/// 4.6.2). Values for any number of threads.
class SignedDataForm {
public:
    /// @param scheme as schemeOf() gives it for the signer's key
    /// @param contentType of what is signed, dotted
    SignedDataForm(const X509& signer, const SignatureScheme& scheme, std::string_view contentType);

    /// The attributes to be signed, as the elements of a SET in DER: what is signed is the SET OF them
    /// (RFC 5652, 5.4).
    [[nodiscard]] Bytes attributes(BytesView content, std::chrono::sys_seconds time) const;

    /// The ContentInfo.
    /// @param attributes as above
    /// @param signature in the form in which certificates have it
    [[nodiscard]] Bytes encode(BytesView content, BytesView attributes, BytesView signature) const;

private:
    HashAlgorithm hash_;
    Bytes contentType_;        ///< OBJECT IDENTIFIER
    Bytes digestAlgorithm_;    ///< AlgorithmIdentifier, without NULL
    Bytes signatureAlgorithm_; ///< AlgorithmIdentifier
    Bytes certificate_;
    Bytes signerIdentifier_; ///< IssuerAndSerialNumber
};

} // namespace cancuoc::personalization
