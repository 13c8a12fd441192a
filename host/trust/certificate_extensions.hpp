// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::trust {

/// The extensions of Doc 9303-12, table 6 that say something about a document, as values.

/// The extension `nid` decoded as OpenSSL knows it; null when the certificate does not have it, has it twice,
/// or it is malformed.
template <class Value, auto Free>
[[nodiscard]] std::unique_ptr<Value, OpensslFree<Free>> decodeExtension(const X509& certificate, int nid) {
    return std::unique_ptr<Value, OpensslFree<Free>>(
        static_cast<Value*>(X509_get_ext_d2i(&certificate, nid, nullptr, nullptr)));
}

/// The extension of that dotted identifier; null when the certificate has none. Lives as long as the
/// certificate.
[[nodiscard]] X509_EXTENSION* findExtension(const X509& certificate, std::string_view identifier);

inline constexpr std::string_view extendedKeyUsageIdentifier = "2.5.29.37";
/// NameChange: the subject is the CSCA that the issuer was before (Doc 9303-12, 7.1.1.5).
inline constexpr std::string_view nameChangeIdentifier = "2.23.136.1.1.6.1";
/// DocumentTypeList (Doc 9303-12, 7.1.1.6).
inline constexpr std::string_view documentTypeListIdentifier = "2.23.136.1.1.6.2";

/// What the key may do, as OpenSSL's KU_ bits; nothing when the certificate does not say. OpenSSL's own
/// functions answer wrongly for a certificate with any broken extension.
[[nodiscard]] std::optional<std::uint32_t> keyUsageOf(const X509& certificate);

/// The key identifier of the subject; nothing when the certificate states none.
[[nodiscard]] std::optional<Bytes> subjectKeyIdentifierOf(const X509& certificate);

/// The key identifier of the issuer; nothing when the certificate states none.
[[nodiscard]] std::optional<Bytes> authorityKeyIdentifierOf(const X509& certificate);

/// Whether subject and issuer have the same name, and no key identifier says that their keys differ.
[[nodiscard]] bool isIssuedByItself(const X509& certificate);

/// Whether the certificate may sign certificates: basicConstraints or key usage say so, or it is one of
/// version 1 issued by itself. A few States' CSCA certificates deny in basicConstraints what their key usage
/// allows.
[[nodiscard]] bool maySignCertificates(const X509& certificate);

/// When the private key may sign (RFC 3280, 4.2.1.4). An end that is missing is open.
struct PrivateKeyUsagePeriod {
    std::optional<std::chrono::sys_seconds> notBefore;
    std::optional<std::chrono::sys_seconds> notAfter;

    [[nodiscard]] bool contains(std::chrono::sys_seconds time) const {
        return (!notBefore || *notBefore <= time) && (!notAfter || time <= *notAfter);
    }
};

/// Nothing when the certificate states none. Throws MalformedData.
[[nodiscard]] std::optional<PrivateKeyUsagePeriod> privateKeyUsagePeriodOf(const X509& certificate);

/// The document codes that a Document Signer may sign for, as they begin in the MRZ; nothing when the
/// certificate states none. Throws MalformedData.
[[nodiscard]] std::optional<std::vector<std::string>> documentTypesOf(const X509& certificate);

/// The country codes, as in the MRZ, that an alternative name states in the localityName and
/// stateOrProvinceName of its directory names, in capitals (Doc 9303-12, 7.1.1.2). Empty when it states none.
/// @param nid NID_subject_alt_name or NID_issuer_alt_name
[[nodiscard]] std::vector<std::string> alternativeCountriesOf(const X509& certificate, int nid);

/// Whether the extended key usage is `purpose` (dotted) and nothing else (Doc 9303-12, 7.1.1.3).
[[nodiscard]] bool hasOnlyPurpose(const X509& certificate, std::string_view purpose);

} // namespace cancuoc::trust
