// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include <chrono>
#include <string>

namespace cancuoc::personalization {

/// A span of time, both ends included.
struct Period {
    std::chrono::sys_seconds from;
    std::chrono::sys_seconds to;
};

/// The extensions of eMRTD certificates, one function each, as Doc 9303-12, Table 6 wants them. Each adds its
/// extension behind those that `certificate` already has, and throws CryptographyError when OpenSSL refuses.

/// Not critical; the SHA-1 hash of the public key (RFC 5280, 4.2.1.2, method 1). The key must be set.
void addSubjectKeyIdentifier(X509& certificate);

/// Not critical; the key identifier of `issuer`, which must have one.
void addAuthorityKeyIdentifier(X509& certificate, const X509& issuer);

/// Critical. CSCA: keyCertSign and cRLSign, nothing else; document signer: digitalSignature, nothing else.
void addCertificateSigningUsage(X509& certificate);
void addDigitalSignatureUsage(X509& certificate);

/// Not critical; in GeneralizedTime (RFC 3280, 4.2.1.4).
void addPrivateKeyUsagePeriod(X509& certificate, const Period& usage);

/// Not critical, both with the same value: `email` to reach the authority, and a directory name whose only
/// attribute is the country as the MRZ writes it (Doc 9303-12, 7.1.1.2).
void addAlternativeNames(X509& certificate, const std::string& email, const std::string& countryInMrz);

/// Critical: a CA that certifies end entities only.
void addBasicConstraints(X509& certificate);

/// Not critical; an http, https or ldap address of the CRL.
void addCrlDistributionPoint(X509& certificate, const std::string& address);

/// Critical: the one purpose of the key, a dotted object identifier.
void addExtendedKeyUsage(X509& certificate, const std::string& purpose);

/// Not critical: the CSCA has another name than under its former key (Doc 9303-12, 7.1.1.5).
void addNameChange(X509& certificate);

/// Not critical; the document code for which a document signer may sign (Doc 9303-12, 7.1.1.6).
void addDocumentTypeList(X509& certificate, const std::string& documentType);

} // namespace cancuoc::personalization
