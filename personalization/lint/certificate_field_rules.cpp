// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/certificate_field_rules.hpp"

#include <algorithm>

#include "host/lds/asn1.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/x509.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

bool isNotDer(const BytesView& certificate) {
    return !isDer(certificate);
}

bool hasLongSerialNumber(const BytesView& certificate) {
    const auto number = serialNumberOf(certificate);
    return number && !hasFewestOctets(number->value);
}

constexpr std::string_view encodingClause = "Doc 9303-12, 7.1";
constexpr std::string_view bodyClause = "Doc 9303-12, table 5";

constexpr RuleRow<BytesView> encodingTable[] = {
    {"certificate.encoding.is-not-der", encodingClause, Severity::Error, "it is not in DER", isNotDer,
     inBothEditions},
    {"certificate.serial-number.is-not-in-the-fewest-octets", bodyClause, Severity::Error,
     "serialNumber is not written in the fewest octets", hasLongSerialNumber},
};

// --- 4.1.6: algorithms and keys

bool hasOtherSignatureParameters(const CertificateParts& parts) {
    return !hasItsParameters(parts.signatureAlgorithm);
}

bool isSignedWithPkcs1Padding(const CertificateParts& parts) {
    return isRsaWithPkcs1Padding(parts.signatureAlgorithm);
}

bool hasKeyOfAnotherAlgorithm(const CertificateParts& parts) {
    const auto& identifier = parts.keyAlgorithm.identifier;
    return identifier != algorithm::rsaEncryption && identifier != algorithm::rsassaPss &&
           identifier != algorithm::ecPublicKey && identifier != algorithm::dsa;
}

bool hasOtherRsaParameters(const CertificateParts& parts) {
    const auto& algorithm = parts.keyAlgorithm;
    return algorithm.identifier == algorithm::rsaEncryption && !algorithm.hasNullParameters();
}

// ECParameters ::= SEQUENCE { version, fieldID, curve, base OCTET STRING, ... }
bool hasCompressedBasePoint(const CertificateParts& parts) {
    const auto& algorithm = parts.keyAlgorithm;
    if (algorithm.identifier != algorithm::ecPublicKey || !algorithm.parameters ||
        algorithm.parameters->tag != asn1::sequence) {
        return false;
    }
    const Tlv base = algorithm.parameters->children().require(asn1::octetString, "The base point");
    constexpr std::uint8_t uncompressed = 0x04;
    return base.value.empty() || base.value.front() != uncompressed;
}

bool isLds2SignerWithoutEllipticCurve(const CertificateParts& parts) {
    return parts.role == CertificateRole::Lds2Signer &&
           parts.keyAlgorithm.identifier != algorithm::ecPublicKey;
}

bool isBarCodeSignerWithoutEllipticCurve(const CertificateParts& parts) {
    return parts.role == CertificateRole::BarCodeSigner &&
           parts.keyAlgorithm.identifier != algorithm::ecPublicKey;
}

// --- 4.1.1 to 4.1.4: periods

bool endsBeforeTheUsagePeriod(const CertificateParts& parts) {
    const auto& period = parts.usagePeriod;
    return period && period->notAfter && *period->notAfter > parts.certificate->notAfter();
}

// --- 7.1.2 and 7.1.3: names of LDS2 and bar code signers

bool isOfSmallSigner(const CertificateParts& parts) {
    return parts.role == CertificateRole::Lds2Signer || parts.role == CertificateRole::BarCodeSigner;
}

bool hasOtherAttributes(const CertificateParts& parts) {
    const auto attributes = attributesOf(parts.subject);
    return std::any_of(attributes.begin(), attributes.end(), [](const NameAttribute& one) {
        return !isOfType(one, attribute::countryName) && !isOfType(one, attribute::commonName);
    });
}

bool isLds2SignerWithOtherAttributes(const CertificateParts& parts) {
    return parts.role == CertificateRole::Lds2Signer && hasOtherAttributes(parts);
}

bool isBarCodeSignerWithOtherAttributes(const CertificateParts& parts) {
    return parts.role == CertificateRole::BarCodeSigner && hasOtherAttributes(parts);
}

bool hasLongCommonName(const CertificateParts& parts) {
    constexpr std::size_t longest = 9;
    const auto name = find(attributesOf(parts.subject), attribute::commonName);
    return parts.role == CertificateRole::Lds2Signer && name && name->text.size() > longest;
}

bool hasCommonNameOtherThanTwoCapitals(const CertificateParts& parts) {
    const auto name = find(attributesOf(parts.subject), attribute::commonName);
    return parts.role == CertificateRole::BarCodeSigner && name &&
           (name->stringTag != asn1::printableString || name->text.size() != 2 ||
            !std::all_of(name->text.begin(), name->text.end(),
                         [](char letter) { return letter >= 'A' && letter <= 'Z'; }));
}

bool isNamedUnlikeASpoc(const CertificateParts& parts) {
    if (parts.role != CertificateRole::SpocClient && parts.role != CertificateRole::SpocServer) {
        return false;
    }
    const auto name = find(attributesOf(parts.subject), attribute::commonName);
    return name &&
           name->text != (parts.role == CertificateRole::SpocClient ? "SPOC TLS client" : "SPOC TLS server");
}

bool isSmallSignerWithOtherExtensions(const CertificateParts& parts) {
    constexpr std::string_view authorityKeyIdentifier = "2.5.29.35";
    return isOfSmallSigner(parts) &&
           std::any_of(parts.extensions.begin(), parts.extensions.end(), [&](const ExtensionPart& extension) {
               const bool isDocumentType = extension.identifier == trust::documentTypeListIdentifier;
               return extension.identifier != authorityKeyIdentifier &&
                      extension.identifier != trust::extendedKeyUsageIdentifier &&
                      !(isDocumentType && parts.role == CertificateRole::BarCodeSigner);
           });
}

constexpr RuleRow<CertificateParts> fieldTable[] = {
    {"certificate.signature-algorithm.has-other-parameters", "Doc 9303-12, 4.1.6", Severity::Error,
     "signatureAlgorithm has not the parameters of RFC 4055 (RSA) or RFC 5758 (ECDSA)",
     hasOtherSignatureParameters, inBothEditions},
    {"certificate.signature-algorithm.is-not-pss", "Doc 9303-12, 4.1.6.1", Severity::Warning,
     "signatureAlgorithm is RSASSA-PKCS1-v1_5, and RSASSA-PSS is recommended", isSignedWithPkcs1Padding,
     inBothEditions},
    {"certificate.subject-public-key-info.has-a-key-of-another-algorithm", "Doc 9303-12, 4.1.6",
     Severity::Error, "subjectPublicKeyInfo has a key that is not for RSA, DSA or ECDSA",
     hasKeyOfAnotherAlgorithm, inBothEditions},
    {"certificate.subject-public-key-info.has-rsa-parameters-other-than-null", "Doc 9303-12, 4.1.6.1",
     Severity::Error, "subjectPublicKeyInfo has an RSA key with parameters other than NULL",
     hasOtherRsaParameters, inBothEditions},
    {"certificate.subject-public-key-info.has-a-base-point-that-is-not-uncompressed", "Doc 9303-12, 4.1.6.3",
     Severity::Error, "subjectPublicKeyInfo has a base point that is not uncompressed",
     hasCompressedBasePoint, inBothEditions},
    {"certificate.subject-public-key-info.of-an-lds2-signer-is-not-for-ecdsa", "Doc 9303-12, 4.1.7",
     Severity::Error, "subjectPublicKeyInfo of an LDS2 signer has a key that is not for ECDSA",
     isLds2SignerWithoutEllipticCurve, inEighthEdition},
    {"certificate.subject-public-key-info.of-a-bar-code-signer-is-not-for-ecdsa", "Doc 9303-12, 4.1.8",
     Severity::Error, "subjectPublicKeyInfo of a bar code signer has a key that is not for ECDSA",
     isBarCodeSignerWithoutEllipticCurve, inEighthEdition},
    {"certificate.validity.ends-before-the-private-key-usage-period", "Doc 9303-12, 4.1.1.1", Severity::Error,
     "validity ends before PrivateKeyUsagePeriod does", endsBeforeTheUsagePeriod, inBothEditions},
    {"certificate.subject.of-an-lds2-signer-has-other-attributes", "Doc 9303-12, 7.1.2", Severity::Error,
     "subject of an LDS2 signer has attributes other than countryName and commonName",
     isLds2SignerWithOtherAttributes, inEighthEdition},
    {"certificate.subject.of-an-lds2-signer-has-a-long-common-name", "Doc 9303-12, 7.1.2", Severity::Error,
     "subject of an LDS2 signer has a common name of more than nine characters", hasLongCommonName,
     inEighthEdition},
    {"certificate.subject.of-a-bar-code-signer-has-other-attributes", "Doc 9303-12, 7.1.3", Severity::Error,
     "subject of a bar code signer has attributes other than countryName and commonName",
     isBarCodeSignerWithOtherAttributes, inEighthEdition},
    {"certificate.subject.of-a-bar-code-signer-has-a-common-name-of-another-form", "Doc 9303-12, 7.1.3",
     Severity::Error, "subject of a bar code signer has a common name that is not two capitals",
     hasCommonNameOtherThanTwoCapitals, inEighthEdition},
    {"certificate.subject.of-a-spoc-has-another-common-name", "Doc 9303-12, 7.2.1", Severity::Warning,
     "subject of a SPOC has another common name than SPOC TLS client or SPOC TLS server", isNamedUnlikeASpoc,
     inEighthEdition},
    {"certificate.extensions.of-an-lds2-or-bar-code-signer-hold-others", "Doc 9303-12, tables 7 and 8",
     Severity::Error, "extensions of an LDS2 or bar code signer hold one that its table does not have",
     isSmallSignerWithOtherExtensions, inEighthEdition},
};

} // namespace

std::span<const RuleRow<BytesView>> certificateEncodingTable() {
    return encodingTable;
}

std::span<const RuleRow<CertificateParts>> certificateFieldTable() {
    return fieldTable;
}

} // namespace cancuoc::personalization::lint
