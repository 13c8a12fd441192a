// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/apdu/tlv.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/lint/der.hpp"

namespace cancuoc::personalization::lint {

/// What a certificate is, as far as rules differ: the columns of Doc 9303-12, table 6, and those that have
/// tables of their own.
enum class CertificateRole {
    CountrySigningRoot,
    CountrySigningLink,
    DocumentSigner,
    ListSigner,    ///< of master lists or deviation lists
    Communication, ///< TLS and the like
    SpocClient,    ///< 7.2.1
    SpocServer,    ///< 7.2.1
    Lds2Signer,    ///< 7.1.2
    BarCodeSigner  ///< 7.1.3
};

/// Extended key usages of Doc 9303-12, 7.1 and 7.2, dotted.
namespace purpose {
inline constexpr std::string_view masterListSigner = "2.23.136.1.1.3";
inline constexpr std::string_view deviationListSigner = "2.23.136.1.1.8";
inline constexpr std::string_view lds2Signer = "2.23.136.1.1.9.8."; ///< what its three begin with
inline constexpr std::string_view spocClient = "2.23.136.1.1.10.1";
inline constexpr std::string_view spocServer = "2.23.136.1.1.10.2";
inline constexpr std::string_view barCodeSigner = "2.23.136.1.1.11.1";
} // namespace purpose

/// One extension as it is written.
struct ExtensionPart {
    std::string identifier;         ///< dotted
    std::optional<Tlv> criticality; ///< the BOOLEAN; nothing where the default stands
    BytesView value;                ///< inside the OCTET STRING
};

/// The addresses (uniformResourceIdentifier) and whatever else distribution points hold (RFC 5280, 4.2.1.13).
struct DistributionPointParts {
    std::vector<std::string_view> addresses;
    bool hasReasons = false;
    bool namesIssuer = false;
};
/// Throws MalformedData.
[[nodiscard]] DistributionPointParts readDistributionPoints(BytesView extension);

/// Names of one alternative name (RFC 5280, 4.2.1.6), as far as Doc 9303-12, 7.1.1.2, asks for them.
struct AlternativeNameParts {
    bool hasContact = false; ///< rfc822Name, dNSName or uniformResourceIdentifier
    bool hasDnsName = false;
    std::vector<std::vector<NameAttribute>> directoryNames;
};
/// Throws MalformedData.
[[nodiscard]] AlternativeNameParts readAlternativeName(BytesView extension);

/// A certificate as it is written: what OpenSSL's structures no longer tell. Everything views into the
/// certificate, which must live longer.
struct CertificateParts {
    const trust::Certificate* certificate = nullptr;
    CertificateRole role = CertificateRole::DocumentSigner;
    bool isWhole = true; ///< false: it is not in DER, and not all that follows could be read
    BytesView issuer;    ///< Name
    BytesView subject;   ///< Name
    std::vector<ExtensionPart> extensions;
    std::vector<std::string> purposes; ///< extended key usages, dotted
    AlgorithmIdentifier signatureAlgorithm;
    AlgorithmIdentifier keyAlgorithm;
    std::optional<trust::PrivateKeyUsagePeriod> usagePeriod;  ///< nothing also where it is malformed
    std::optional<AlternativeNameParts> subjectAltName;       ///< likewise
    std::optional<AlternativeNameParts> issuerAltName;        ///< likewise
    std::optional<DistributionPointParts> distributionPoints; ///< likewise

    [[nodiscard]] const ExtensionPart* find(std::string_view identifier) const;
    [[nodiscard]] bool has(std::string_view identifier) const { return find(identifier) != nullptr; }
    [[nodiscard]] bool isCountrySigning() const {
        return role == CertificateRole::CountrySigningRoot || role == CertificateRole::CountrySigningLink;
    }
};

/// Takes a certificate apart, as far as that goes.
[[nodiscard]] CertificateParts readParts(const trust::Certificate& certificate);

/// The serialNumber of a certificate that may be malformed otherwise; nothing where there is none to find.
[[nodiscard]] std::optional<Tlv> serialNumberOf(BytesView certificate);

} // namespace cancuoc::personalization::lint
