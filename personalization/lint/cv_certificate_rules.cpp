// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/cv_certificate_rules.hpp"

#include <algorithm>
#include <array>

#include "host/base/ascii.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/certificate_reference.hpp"
#include "personalization/lint/cv_certificate_parts.hpp"
#include "personalization/lint/der.hpp"
#include "personalization/lint/rule_table.hpp"

namespace cancuoc::personalization::lint {

namespace {

using trust::CertificateHolderAuthorization;
using trust::CertificateHolderRole;
using trust::CvPublicKey;

// --- how it is written: also where it cannot be read

bool isCvNotDer(const CvCertificateParts& parts) {
    return !isDer(parts.encoded);
}

bool areThese(const std::vector<Tlv>& objects, std::initializer_list<std::uint32_t> tags) {
    return std::equal(objects.begin(), objects.end(), tags.begin(), tags.end(),
                      [](const Tlv& object, std::uint32_t tag) { return object.tag == tag; });
}

bool hasOtherObjects(const CvCertificateParts& parts) {
    auto mandatory = parts.body;
    if (!mandatory.empty() && mandatory.back().tag == cv::extensions) {
        mandatory.pop_back();
    }
    return !areThese(parts.outer, {cv::body, cv::signature}) ||
           !areThese(mandatory,
                     {cv::profileIdentifier, cv::authorityReference, cv::publicKey, cv::holderReference,
                      cv::authorization, cv::effectiveDate, cv::expirationDate});
}

bool isOfAnotherProfile(const CvCertificateParts& parts) {
    return parts.find(cv::profileIdentifier) && !equal(parts.valueOf(cv::profileIdentifier), Bytes{0});
}

bool isBadReference(const CvCertificateParts& parts, std::uint32_t tag) {
    return parts.find(tag) && !lds::isCertificateReference(toText(parts.valueOf(tag)));
}

bool hasBadHolderReference(const CvCertificateParts& parts) {
    return isBadReference(parts, cv::holderReference);
}

bool hasBadAuthorityReference(const CvCertificateParts& parts) {
    return isBadReference(parts, cv::authorityReference);
}

bool hasUnassignedCharacters(const CvCertificateParts& parts) {
    const auto isUnassigned = [](std::uint8_t code) { return code < 0x20 || (code >= 0x7F && code <= 0x9F); };
    return std::any_of(parts.body.begin(), parts.body.end(), [&](const Tlv& object) {
        return (object.tag == cv::holderReference || object.tag == cv::authorityReference) &&
               std::any_of(object.value.begin(), object.value.end(), isUnassigned);
    });
}

constexpr std::size_t sequenceLength = 5;

std::string sequenceNumberOf(const CvCertificateParts& parts) {
    const std::string reference = toText(parts.valueOf(cv::holderReference));
    return lds::isCertificateReference(reference) ? reference.substr(reference.size() - sequenceLength)
                                                  : std::string();
}

bool hasSmallLettersInSequence(const CvCertificateParts& parts) {
    const auto sequence = sequenceNumberOf(parts);
    return std::any_of(sequence.begin(), sequence.end(),
                       [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

// --- extensions, table 13

std::vector<Tlv> templatesOf(const CvCertificateParts& parts) {
    std::vector<Tlv> templates;
    if (const auto extensions = parts.find(cv::extensions)) {
        for (TlvReader reader = extensions->children(); !reader.atEnd();) {
            templates.push_back(*reader.next());
        }
    }
    return templates;
}

bool isContextSpecific(std::uint32_t tag) {
    return tag <= 0xFF && (tag & 0xC0U) == 0x80;
}

bool isExtension(const Tlv& object) {
    if (object.tag != cv::discretionaryDataTemplate) {
        return false;
    }
    TlvReader reader = object.children();
    const auto identifier = reader.next();
    if (!identifier || identifier->tag != lds::asn1::objectIdentifier || reader.atEnd()) {
        return false;
    }
    while (!reader.atEnd()) {
        if (!isContextSpecific(reader.next()->tag)) {
            return false;
        }
    }
    return true;
}

bool hasOtherExtensions(const CvCertificateParts& parts) {
    const auto templates = templatesOf(parts);
    return !std::all_of(templates.begin(), templates.end(), isExtension);
}

// The authorization PKI of Doc 9303-12 is that of LDS2, whose rights are in extensions (Doc 9303-10).
bool isOfLds2(const CvCertificateParts& parts) {
    constexpr std::string_view lds2 = "2.23.136.1.1.9.";
    const auto templates = templatesOf(parts);
    return std::any_of(templates.begin(), templates.end(), [&](const Tlv& object) {
        TlvReader reader = object.children();
        return lds::readObjectIdentifier(reader, "An extension").toText().starts_with(lds2);
    });
}

bool hasSequenceWithoutCountry(const CvCertificateParts& parts) {
    const auto sequence = sequenceNumberOf(parts);
    const auto authority = toText(parts.valueOf(cv::authorityReference));
    return isOfLds2(parts) && !sequence.empty() && sequence.substr(0, 2) != authority.substr(0, 2);
}

// --- the public key, tables 15 and 16

constexpr std::uint32_t publicPoint = 0x86;
constexpr std::uint32_t cofactor = 0x87;
constexpr std::uint32_t basePoint = 0x84;

std::string keyAlgorithmOf(const CvCertificateParts& parts) {
    if (parts.publicKey.empty() || parts.publicKey.front().tag != lds::asn1::objectIdentifier) {
        return {};
    }
    return ObjectIdentifier::fromContent(parts.publicKey.front().value).toText();
}

bool isForRsa(const CvCertificateParts& parts) {
    return keyAlgorithmOf(parts).starts_with("0.4.0.127.0.7.2.2.2.1.");
}

bool isForEcdsa(const CvCertificateParts& parts) {
    return keyAlgorithmOf(parts).starts_with("0.4.0.127.0.7.2.2.2.2.");
}

bool hasOtherAlgorithm(const CvCertificateParts& parts) {
    return !parts.publicKey.empty() &&
           (keyAlgorithmOf(parts).empty() ||
            !trust::terminalAuthenticationScheme(ObjectIdentifier::fromText(keyAlgorithmOf(parts))));
}

constexpr std::uint32_t identifierTag = lds::asn1::objectIdentifier;

bool hasOtherRsaObjects(const CvCertificateParts& parts) {
    return isForRsa(parts) && !areThese(parts.publicKey, {identifierTag, 0x81, 0x82});
}

bool hasOtherPointObjects(const CvCertificateParts& parts) {
    auto objects = parts.publicKey;
    if (!objects.empty() && objects.back().tag == cofactor) {
        objects.pop_back();
    }
    const bool isInherited =
        objects.size() == parts.publicKey.size() && areThese(objects, {identifierTag, publicPoint});
    return isForEcdsa(parts) && !isInherited &&
           !areThese(objects, {identifierTag, 0x81, 0x82, 0x83, basePoint, 0x85, publicPoint});
}

bool hasZerosBeforeNumber(const CvCertificateParts& parts) {
    return std::any_of(parts.publicKey.begin(), parts.publicKey.end(), [](const Tlv& object) {
        const bool isPoint = object.tag == basePoint || object.tag == publicPoint;
        return isContextSpecific(object.tag) && !isPoint && object.value.size() > 1 &&
               object.value.front() == 0;
    });
}

bool hasPointOfAnotherFormat(const CvCertificateParts& parts) {
    constexpr std::uint8_t uncompressed = 0x04;
    return isForEcdsa(parts) &&
           std::any_of(parts.publicKey.begin(), parts.publicKey.end(), [](const Tlv& object) {
               const bool isPoint = object.tag == basePoint || object.tag == publicPoint;
               return isPoint && (object.value.empty() || object.value.front() != uncompressed);
           });
}

// --- authorization and dates

bool hasOtherAuthorizationObjects(const CvCertificateParts& parts) {
    return parts.find(cv::authorization) &&
           !areThese(parts.authorization, {identifierTag, cv::discretionaryData});
}

bool isDateOfAnotherForm(const CvCertificateParts& parts, std::uint32_t tag) {
    const BytesView digits = parts.valueOf(tag);
    if (!parts.find(tag)) {
        return false;
    }
    if (digits.size() != 6 || std::any_of(digits.begin(), digits.end(), [](auto one) { return one > 9; })) {
        return true;
    }
    const auto number = [&](std::size_t first) { return digits[first] * 10U + digits[first + 1]; };
    using namespace std::chrono;
    return !year_month_day(year(2000 + static_cast<int>(number(0))), month(number(2)), day(number(4))).ok();
}

bool hasOtherEffectiveDate(const CvCertificateParts& parts) {
    return isDateOfAnotherForm(parts, cv::effectiveDate);
}

bool hasOtherExpirationDate(const CvCertificateParts& parts) {
    return isDateOfAnotherForm(parts, cv::expirationDate);
}

// --- what it says: where it can be read

CertificateHolderRole roleOf(const trust::CvCertificate& certificate) {
    return certificate.body().authorization.role();
}

bool isOfAuthority(const trust::CvCertificate& certificate) {
    return roleOf(certificate) == CertificateHolderRole::Cvca;
}

/// A rule about a certificate that can be read; of any other it is not asked.
template <bool (*isBroken)(const trust::CvCertificate&)>
bool ofReadable(const CvCertificateParts& parts) {
    return parts.certificate && isBroken(*parts.certificate);
}

bool leavesOutDomainParameters(const trust::CvCertificate& certificate) {
    return isOfAuthority(certificate) && certificate.isSelfSigned() &&
           std::holds_alternative<CvPublicKey::EllipticCurvePoint>(certificate.body().publicKey.key) &&
           !certificate.body().publicKey.curve();
}

bool repeatsDomainParameters(const trust::CvCertificate& certificate) {
    return !isOfAuthority(certificate) && certificate.body().publicKey.curve().has_value();
}

bool expiresBeforeItIsEffective(const trust::CvCertificate& certificate) {
    return certificate.body().expirationDate < certificate.body().effectiveDate;
}

std::chrono::days validityOf(const trust::CvCertificate& certificate) {
    return std::chrono::sys_days(certificate.body().expirationDate) -
           std::chrono::sys_days(certificate.body().effectiveDate);
}

// Table 2, months and years at their longest.
std::chrono::days longestValidity(CertificateHolderRole role) {
    switch (role) {
    case CertificateHolderRole::Cvca:
        return std::chrono::days(3 * 366);
    case CertificateHolderRole::Terminal:
        return std::chrono::days(31);
    default:
        return std::chrono::days(92);
    }
}

// Table 2, months at their shortest; a terminal's ends the day after it begins.
std::chrono::days shortestValidity(CertificateHolderRole role) {
    switch (role) {
    case CertificateHolderRole::Cvca:
        return std::chrono::days(181);
    case CertificateHolderRole::Terminal:
        return std::chrono::days(1);
    default:
        return std::chrono::days(14);
    }
}

bool isValidForTooLong(const trust::CvCertificate& certificate) {
    return validityOf(certificate) > longestValidity(roleOf(certificate));
}

bool isValidForTooShort(const trust::CvCertificate& certificate) {
    return !expiresBeforeItIsEffective(certificate) &&
           validityOf(certificate) < shortestValidity(roleOf(certificate));
}

bool isForOtherTerminals(const trust::CvCertificate& certificate) {
    return certificate.body().authorization.terminalType !=
           ObjectIdentifier::fromText(CertificateHolderAuthorization::inspectionSystem);
}

// The role in the two highest bits, DG4 and DG3 in the two lowest.
bool usesReservedRights(const trust::CvCertificate& certificate) {
    constexpr std::uint8_t reserved = 0x3C;
    const auto& rights = certificate.body().authorization.relativeAuthorization;
    return !isForOtherTerminals(certificate) && (rights.size() != 1 || (rights.front() & reserved) != 0);
}

bool usesSha1(const trust::CvCertificate& certificate) {
    return certificate.body().publicKey.scheme().hash == HashAlgorithm::Sha1;
}

bool hasBadOwnSignature(const trust::CvCertificate& certificate) {
    const auto& body = certificate.body();
    return isOfAuthority(certificate) && certificate.isSelfSigned() &&
           !certificate.isSignedBy(body.publicKey, body.publicKey.curve());
}

constexpr std::string_view profileClause = "Doc 9303-12, table 11";
constexpr std::string_view referenceClause = "Doc 9303-12, table 12";
constexpr std::string_view keyClause = "Doc 9303-12, 7.2.2.3";
constexpr std::string_view periodClause = "Doc 9303-12, table 2";

constexpr RuleRow<CvCertificateParts> cvTable[] = {
    {"cv-certificate.encoding", "BSI TR-03110-3, D", Severity::Error, "it is not in DER", isCvNotDer},
    {"cv-certificate.data-objects", profileClause, Severity::Error,
     "a data object is missing, superfluous or out of order", hasOtherObjects},
    {"cv-certificate.profile-identifier", "Doc 9303-12, 7.2.2.1", Severity::Error,
     "the profile identifier is not 0", isOfAnotherProfile},
    {"cv-certificate.holder-reference", referenceClause, Severity::Error,
     "the holder reference is not country, mnemonic and sequence number", hasBadHolderReference},
    {"cv-certificate.authority-reference", referenceClause, Severity::Error,
     "the authority reference is not country, mnemonic and sequence number", hasBadAuthorityReference},
    {"cv-certificate.reference-characters", "Doc 9303-12, 7.2.3.1.4", Severity::Error,
     "a reference has characters that ISO/IEC 8859-1 does not assign", hasUnassignedCharacters},
    {"cv-certificate.sequence-number", "Doc 9303-12, 7.2.2.2", Severity::Error,
     "the sequence number of the holder reference has small letters", hasSmallLettersInSequence},
    {"cv-certificate.sequence-number-country", "Doc 9303-12, 7.2.2.2", Severity::Error,
     "the sequence number of a certificate for LDS2 does not begin with the authority's country",
     hasSequenceWithoutCountry, inEighthEdition},
    {"cv-certificate.public-key-algorithm", "BSI TR-03110-3, A.1.1.3", Severity::Error,
     "the public key is of an algorithm that is not for Terminal Authentication", hasOtherAlgorithm},
    {"cv-certificate.rsa-key-objects", "Doc 9303-12, table 15", Severity::Error,
     "the RSA key is not modulus and exponent", hasOtherRsaObjects},
    {"cv-certificate.elliptic-curve-key-objects", "Doc 9303-12, table 16", Severity::Error,
     "the elliptic curve key is not a point, alone or with all domain parameters in their order",
     hasOtherPointObjects},
    {"cv-certificate.integer-octets", "Doc 9303-12, 7.2.3.1.1", Severity::Error,
     "a number of the public key has zeros in front", hasZerosBeforeNumber},
    {"cv-certificate.point-format", "Doc 9303-12, 7.2.3.1.2", Severity::Error, "a point is not uncompressed",
     hasPointOfAnotherFormat},
    {"cv-certificate.domain-parameters-missing", keyClause, Severity::Error,
     "a CVCA's certificate of itself leaves the domain parameters out",
     ofReadable<leavesOutDomainParameters>},
    {"cv-certificate.domain-parameters-repeated", keyClause, Severity::Error,
     "a certificate below the CVCA has domain parameters", ofReadable<repeatsDomainParameters>},
    {"cv-certificate.authorization-objects", "Doc 9303-12, 7.2.2.4", Severity::Error,
     "the authorization template is not object identifier and discretionary data",
     hasOtherAuthorizationObjects},
    {"cv-certificate.terminal-type", "BSI TR-03110-4, table 2", Severity::Error,
     "it is not for inspection systems", ofReadable<isForOtherTerminals>},
    {"cv-certificate.reserved-rights", "BSI TR-03110-4, table 2", Severity::Error,
     "the authorization sets bits that are reserved", ofReadable<usesReservedRights>},
    {"cv-certificate.effective-date", "Doc 9303-12, 7.2.3.1.3", Severity::Error,
     "the effective date is not six digits of a day", hasOtherEffectiveDate},
    {"cv-certificate.expiration-date", "Doc 9303-12, 7.2.3.1.3", Severity::Error,
     "the expiration date is not six digits of a day", hasOtherExpirationDate},
    {"cv-certificate.order-of-dates", "Doc 9303-12, 7.2.2.5", Severity::Error,
     "it expires before it is effective", ofReadable<expiresBeforeItIsEffective>},
    {"cv-certificate.longest-validity", periodClause, Severity::Error,
     "it is valid for longer than three years (CVCA), three months (document verifier), a month (terminal)",
     ofReadable<isValidForTooLong>},
    {"cv-certificate.shortest-validity", periodClause, Severity::Warning,
     "it is valid for less than six months (CVCA), two weeks (document verifier), a day (terminal)",
     ofReadable<isValidForTooShort>},
    {"cv-certificate.extensions", "Doc 9303-12, table 13", Severity::Error,
     "an extension is not a template of object identifier and context specific data", hasOtherExtensions},
    {"cv-certificate.sha-1", "BSI TR-03110-3, A.1.1.3", Severity::Warning, "the algorithm uses SHA-1",
     ofReadable<usesSha1>},
    {"cv-certificate.own-signature", "Doc 9303-12, 7.2.2.7", Severity::Error,
     "its own key does not verify the signature of a self-signed certificate",
     ofReadable<hasBadOwnSignature>},
};

} // namespace

const std::vector<Rule>& cvCertificateRules() {
    static const auto rules = rulesOf<CvCertificateParts>(cvTable);
    return rules;
}

std::vector<const Rule*> checkCvCertificate(BytesView file, Profile profile) {
    std::vector<const Rule*> broken;
    check<CvCertificateParts>(cvTable, cvCertificateRules(), readCvCertificateParts(file), profile, broken);
    return broken;
}

} // namespace cancuoc::personalization::lint
