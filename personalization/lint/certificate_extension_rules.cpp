// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "host/lds/asn1.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/lint/certificate_field_rules.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

namespace extension {
constexpr std::string_view subjectKeyIdentifier = "2.5.29.14";
constexpr std::string_view keyUsage = "2.5.29.15";
constexpr std::string_view privateKeyUsagePeriod = "2.5.29.16";
constexpr std::string_view subjectAltName = "2.5.29.17";
constexpr std::string_view issuerAltName = "2.5.29.18";
constexpr std::string_view basicConstraints = "2.5.29.19";
constexpr std::string_view crlDistributionPoints = "2.5.29.31";
constexpr std::string_view certificatePolicies = "2.5.29.32";
constexpr std::string_view authorityInfoAccess = "1.3.6.1.5.5.7.1.1";
constexpr std::string_view subjectInfoAccess = "1.3.6.1.5.5.7.1.11";
} // namespace extension

/// Whether `read` refuses the value of that extension; false where the certificate does not have it.
template <class Read>
bool isRefused(const CertificateParts& parts, std::string_view identifier, Read read) {
    const auto* const found = parts.find(identifier);
    if (found == nullptr) {
        return false;
    }
    try {
        read(found->value);
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool writesFalseCriticality(const CertificateParts& parts) {
    return std::any_of(parts.extensions.begin(), parts.extensions.end(), [](const ExtensionPart& one) {
        return one.criticality && one.criticality->value.size() == 1 && one.criticality->value[0] == 0;
    });
}

bool writesFalseAuthority(const CertificateParts& parts) {
    const auto* const constraints = parts.find(extension::basicConstraints);
    if (constraints == nullptr) {
        return false;
    }
    const auto authority =
        readTlv(constraints->value, asn1::sequence, "BasicConstraints").children().find(der::boolean);
    return authority && authority->value.size() == 1 && authority->value[0] == 0;
}

bool writesDefaults(const CertificateParts& parts) {
    return writesFalseCriticality(parts) || writesFalseAuthority(parts);
}

bool hasValueThatIsNotDer(const CertificateParts& parts) {
    return std::any_of(parts.extensions.begin(), parts.extensions.end(),
                       [](const ExtensionPart& one) { return !isDer(one.value); });
}

bool hasMalformedKeyIdentifier(const CertificateParts& parts) {
    return isRefused(parts, extension::subjectKeyIdentifier, [](BytesView value) {
        if (readTlv(value, asn1::octetString, "SubjectKeyIdentifier").value.empty()) {
            throw MalformedData("The key identifier is empty.");
        }
    });
}

// X.690, 11.2.2: bits that are zero at the end of a named bit list are left out.
bool hasTrailingZeroBits(const CertificateParts& parts) {
    const auto* const usage = parts.find(extension::keyUsage);
    if (usage == nullptr) {
        return false;
    }
    const BytesView bits = readTlv(usage->value, asn1::bitString, "KeyUsage").value;
    return bits.size() > 1 && bits[0] <= 7 && (bits.back() >> bits[0] & 1U) == 0;
}

// --- PrivateKeyUsagePeriod

bool hasUsagePeriodOfAnotherForm(const CertificateParts& parts) {
    const auto* const period = parts.find(extension::privateKeyUsagePeriod);
    if (period == nullptr) {
        return false;
    }
    for (TlvReader times = readTlv(period->value, asn1::sequence, "The period").children(); !times.atEnd();) {
        Tlv time = *times.next();
        time.tag = der::generalizedTime; // [0] and [1] stand for the tag
        if (!isToTheSecondInUtc(time)) {
            return true;
        }
    }
    return false;
}

std::optional<std::chrono::seconds> lengthOfUsage(const CertificateParts& parts) {
    const auto& period = parts.usagePeriod;
    if (!period || !period->notBefore || !period->notAfter) {
        return std::nullopt;
    }
    return *period->notAfter - *period->notBefore;
}

bool signsForMoreThanFiveYears(const CertificateParts& parts) {
    constexpr std::chrono::hours longest(24 * (5 * 365 + 2));
    const auto period = lengthOfUsage(parts);
    return parts.isCountrySigning() && period && *period > longest;
}

// Table 1, note 1: somewhat longer than the three months of use is allowed; a month is taken for that.
bool signsForMoreThanThreeMonths(const CertificateParts& parts) {
    constexpr std::chrono::hours longest(24 * (3 + 1) * 31);
    const auto period = lengthOfUsage(parts);
    return parts.role == CertificateRole::DocumentSigner && period && *period > longest;
}

// --- SubjectAltName and IssuerAltName, 7.1.1.2

template <const std::string_view& identifier>
bool hasMalformedAlternativeName(const CertificateParts& parts) {
    return isRefused(parts, identifier, [](BytesView value) { (void)readAlternativeName(value); });
}

using AlternativeName = std::optional<AlternativeNameParts> CertificateParts::*;

template <AlternativeName member>
bool hasNoContact(const CertificateParts& parts) {
    return parts.*member && !(parts.*member)->hasContact;
}

/// Whether a directory name of the alternative name is as `predicate` says.
template <AlternativeName member, class Predicate>
bool anyDirectoryName(const CertificateParts& parts, Predicate predicate) {
    const auto& names = parts.*member;
    return names && std::any_of(names->directoryNames.begin(), names->directoryNames.end(), predicate);
}

template <AlternativeName member>
bool hasNoLocality(const CertificateParts& parts) {
    return anyDirectoryName<member>(
        parts, [](const auto& attributes) { return !find(attributes, attribute::localityName); });
}

// As in the MRZ, where D stands with or without its fillers.
bool isCountryCode(std::string_view text) {
    return !text.empty() && text.size() <= 3 && text.front() != '<' &&
           std::all_of(text.begin(), text.end(),
                       [](char letter) { return (letter >= 'A' && letter <= 'Z') || letter == '<'; });
}

template <AlternativeName member>
bool hasOtherLocality(const CertificateParts& parts) {
    return anyDirectoryName<member>(parts, [](const auto& attributes) {
        const auto locality = find(attributes, attribute::localityName);
        return locality && !isCountryCode(locality->text);
    });
}

template <AlternativeName member>
bool hasOtherState(const CertificateParts& parts) {
    return anyDirectoryName<member>(parts, [](const auto& attributes) {
        const auto state = find(attributes, attribute::stateOrProvinceName);
        return state && (!isCountryCode(state->text) || state->text.size() != 3);
    });
}

template <AlternativeName member>
bool hasOtherNames(const CertificateParts& parts) {
    return anyDirectoryName<member>(parts, [](const auto& attributes) {
        return std::any_of(attributes.begin(), attributes.end(), [](const NameAttribute& one) {
            return !isOfType(one, attribute::localityName) && !isOfType(one, attribute::stateOrProvinceName);
        });
    });
}

bool isSpocServerWithoutDnsName(const CertificateParts& parts) {
    const auto& names = parts.subjectAltName;
    return parts.role == CertificateRole::SpocServer && names && !names->hasDnsName;
}

// --- ExtKeyUsage, CertificatePolicies, CRLDistributionPoints

bool hasMalformedPurposes(const CertificateParts& parts) {
    return parts.has(trust::extendedKeyUsageIdentifier) && parts.purposes.empty();
}

bool hasMalformedPolicies(const CertificateParts& parts) {
    return isRefused(parts, extension::certificatePolicies, [](BytesView value) {
        TlvReader policies = readTlv(value, asn1::sequence, "CertificatePolicies").children();
        do {
            TlvReader policy = policies.expect(asn1::sequence, "A policy").children();
            (void)readObjectIdentifier(policy, "Its identifier");
        } while (!policies.atEnd());
    });
}

bool hasMalformedPoints(const CertificateParts& parts) {
    return isRefused(parts, extension::crlDistributionPoints,
                     [](BytesView value) { (void)readDistributionPoints(value); });
}

bool hasNoAddress(const CertificateParts& parts) {
    const auto& points = parts.distributionPoints;
    return points && points->addresses.empty();
}

bool isAllowedAddress(std::string_view address) {
    const auto beginsWith = [&](std::string_view scheme) {
        return address.size() > scheme.size() &&
               std::equal(scheme.begin(), scheme.end(), address.begin(),
                          [](char small, char any) { return any == small || any == small - 'a' + 'A'; });
    };
    return beginsWith("http:") || beginsWith("https:") || beginsWith("ldap:");
}

bool hasOtherAddress(const CertificateParts& parts) {
    const auto& points = parts.distributionPoints;
    return points && !std::all_of(points->addresses.begin(), points->addresses.end(), isAllowedAddress);
}

bool hasReasons(const CertificateParts& parts) {
    const auto& points = parts.distributionPoints;
    return points && points->hasReasons;
}

bool namesListIssuer(const CertificateParts& parts) {
    const auto& points = parts.distributionPoints;
    return points && points->namesIssuer;
}

// --- NameChange, DocumentType

bool hasMalformedNameChange(const CertificateParts& parts) {
    return isRefused(parts, trust::nameChangeIdentifier, [](BytesView value) {
        if (!readTlv(value, asn1::null, "NameChange").value.empty()) {
            throw MalformedData("NULL has a content.");
        }
    });
}

bool hasDocumentTypeOfAnotherLength(const CertificateParts& parts) {
    const auto types = trust::documentTypesOf(*parts.certificate->x509());
    return types && std::any_of(types->begin(), types->end(),
                                [](const std::string& type) { return type.empty() || type.size() > 2; });
}

// --- what the checks of uploads forbid to CSCAs, and later editions do not

template <const std::string_view& identifier>
bool isAuthorityWith(const CertificateParts& parts) {
    return parts.isCountrySigning() && parts.has(identifier);
}

constexpr std::string_view extensionsClause = "Doc 9303-12, table 6";
constexpr std::string_view namesClause = "Doc 9303-12, 7.1.1.2";
constexpr std::string_view uploadClause = "Checks against Doc 9303 applied to PKD uploads, 1.11";

constexpr RuleRow<CertificateParts> extensionTable[] = {
    {"certificate.extensions.write-a-default-value", "Doc 9303-12, table 5", Severity::Error,
     "extensions write a value out that is the default: FALSE", writesDefaults, inBothEditions},
    {"certificate.extensions.hold-one-that-is-not-der", "Doc 9303-12, 7.1", Severity::Error,
     "extensions hold one whose value is not in DER", hasValueThatIsNotDer, inBothEditions},
    {"certificate.subject-key-identifier.is-malformed", extensionsClause, Severity::Error,
     "SubjectKeyIdentifier is malformed", hasMalformedKeyIdentifier},
    {"certificate.key-usage.has-zero-bits-at-its-end", "Doc 9303-12, 7.1", Severity::Error,
     "KeyUsage writes zero bits at its end, which DER leaves out", hasTrailingZeroBits, inBothEditions},
    {"certificate.private-key-usage-period.has-a-time-of-another-form", extensionsClause, Severity::Error,
     "PrivateKeyUsagePeriod has a time that is not a GeneralizedTime to the second and in UTC",
     hasUsagePeriodOfAnotherForm, inBothEditions},
    {"certificate.private-key-usage-period.of-a-csca-lasts-long", "Doc 9303-12, 4.1.4.2", Severity::Warning,
     "PrivateKeyUsagePeriod of a CSCA is longer than five years", signsForMoreThanFiveYears, inBothEditions},
    {"certificate.private-key-usage-period.of-a-document-signer-lasts-long", "Doc 9303-12, 4.1.1.2",
     Severity::Warning, "PrivateKeyUsagePeriod of a Document Signer is longer than three months and a month",
     signsForMoreThanThreeMonths, inBothEditions},
    {"certificate.certificate-policies.is-malformed", extensionsClause, Severity::Error,
     "CertificatePolicies is malformed, or a policy has no identifier", hasMalformedPolicies},
    {"certificate.subject-alt-name.is-malformed", extensionsClause, Severity::Error,
     "SubjectAltName is malformed", hasMalformedAlternativeName<extension::subjectAltName>},
    {"certificate.subject-alt-name.has-no-contact", namesClause, Severity::Warning,
     "SubjectAltName has no rfc822Name, dNSName or uniformResourceIdentifier",
     hasNoContact<&CertificateParts::subjectAltName>, inBothEditions},
    {"certificate.subject-alt-name.has-a-directory-name-without-locality", namesClause, Severity::Error,
     "SubjectAltName has a directory name without localityName",
     hasNoLocality<&CertificateParts::subjectAltName>, inBothEditions},
    {"certificate.subject-alt-name.has-another-locality", namesClause, Severity::Error,
     "SubjectAltName has a localityName that is no country code as in the MRZ",
     hasOtherLocality<&CertificateParts::subjectAltName>, inBothEditions},
    {"certificate.subject-alt-name.has-another-state", namesClause, Severity::Error,
     "SubjectAltName has a stateOrProvinceName that is no code of three letters",
     hasOtherState<&CertificateParts::subjectAltName>, inBothEditions},
    {"certificate.subject-alt-name.has-other-attributes", namesClause, Severity::Error,
     "SubjectAltName has a directory name with other attributes",
     hasOtherNames<&CertificateParts::subjectAltName>, inBothEditions},
    {"certificate.subject-alt-name.of-a-spoc-server-has-no-dns-name", "Doc 9303-12, 7.2.1", Severity::Error,
     "SubjectAltName of a SPOC's server has no dNSName", isSpocServerWithoutDnsName, inEighthEdition},
    {"certificate.issuer-alt-name.is-malformed", extensionsClause, Severity::Error,
     "IssuerAltName is malformed", hasMalformedAlternativeName<extension::issuerAltName>},
    {"certificate.issuer-alt-name.has-no-contact", namesClause, Severity::Warning,
     "IssuerAltName has no rfc822Name, dNSName or uniformResourceIdentifier",
     hasNoContact<&CertificateParts::issuerAltName>, inBothEditions},
    {"certificate.issuer-alt-name.has-a-directory-name-without-locality", namesClause, Severity::Error,
     "IssuerAltName has a directory name without localityName",
     hasNoLocality<&CertificateParts::issuerAltName>, inBothEditions},
    {"certificate.issuer-alt-name.has-another-locality", namesClause, Severity::Error,
     "IssuerAltName has a localityName that is no country code as in the MRZ",
     hasOtherLocality<&CertificateParts::issuerAltName>, inBothEditions},
    {"certificate.issuer-alt-name.has-another-state", namesClause, Severity::Error,
     "IssuerAltName has a stateOrProvinceName that is no code of three letters",
     hasOtherState<&CertificateParts::issuerAltName>, inBothEditions},
    {"certificate.issuer-alt-name.has-other-attributes", namesClause, Severity::Error,
     "IssuerAltName has a directory name with other attributes",
     hasOtherNames<&CertificateParts::issuerAltName>, inBothEditions},
    {"certificate.ext-key-usage.is-malformed", "Doc 9303-12, 7.1.1.3", Severity::Error,
     "ExtKeyUsage is malformed or empty", hasMalformedPurposes},
    {"certificate.crl-distribution-points.is-malformed", extensionsClause, Severity::Error,
     "CRLDistributionPoints is malformed", hasMalformedPoints, inBothEditions},
    {"certificate.crl-distribution-points.has-no-address", "Doc 9303-12, 7.1.1.4", Severity::Error,
     "CRLDistributionPoints has no address", hasNoAddress, inBothEditions},
    {"certificate.crl-distribution-points.has-another-address", extensionsClause, Severity::Error,
     "CRLDistributionPoints has an address that is not ldap, http or https", hasOtherAddress, inBothEditions},
    {"certificate.crl-distribution-points.has-reasons", extensionsClause, Severity::Error,
     "CRLDistributionPoints has reasons", hasReasons, inBothEditions},
    {"certificate.crl-distribution-points.names-a-crl-issuer", extensionsClause, Severity::Error,
     "CRLDistributionPoints has a cRLIssuer", namesListIssuer, inBothEditions},
    {"certificate.name-change.is-malformed", "Doc 9303-12, 7.1.1.5", Severity::Error,
     "NameChange is not NULL", hasMalformedNameChange, inBothEditions},
    {"certificate.document-type-list.has-a-type-of-another-length", "Doc 9303-12, 7.1.1.6", Severity::Error,
     "DocumentTypeList has a type that is not one or two characters", hasDocumentTypeOfAnotherLength,
     inBothEditions},
    {"certificate.subject-alt-name.is-not-allowed", uploadClause, Severity::Error,
     "SubjectAltName is not allowed", isAuthorityWith<extension::subjectAltName>, inPkdUpload},
    {"certificate.issuer-alt-name.is-not-allowed", uploadClause, Severity::Error,
     "IssuerAltName is not allowed", isAuthorityWith<extension::issuerAltName>, inPkdUpload},
    {"certificate.authority-info-access.is-not-allowed", uploadClause, Severity::Error,
     "AuthorityInfoAccess is not allowed", isAuthorityWith<extension::authorityInfoAccess>, inPkdUpload},
    {"certificate.subject-info-access.is-not-allowed", uploadClause, Severity::Error,
     "SubjectInfoAccess is not allowed", isAuthorityWith<extension::subjectInfoAccess>, inPkdUpload},
};

} // namespace

std::span<const RuleRow<CertificateParts>> certificateExtensionTable() {
    return extensionTable;
}

} // namespace cancuoc::personalization::lint
