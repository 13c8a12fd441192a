// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/cv_certificate_rules.hpp"

#include "host/lds/certificate_reference.hpp"

namespace cancuoc::personalization::lint {

namespace {

using trust::CertificateHolderAuthorization;
using trust::CertificateHolderRole;
using trust::CvCertificate;
using trust::CvPublicKey;

CertificateHolderRole roleOf(const CvCertificate& certificate) {
    return certificate.body().authorization.role();
}

bool isOfAuthority(const CvCertificate& certificate) {
    return roleOf(certificate) == CertificateHolderRole::Cvca;
}

bool isElliptic(const CvCertificate& certificate) {
    return std::holds_alternative<CvPublicKey::EllipticCurvePoint>(certificate.body().publicKey.key);
}

bool hasBadHolderReference(const CvCertificate& certificate) {
    return !lds::isCertificateReference(certificate.body().holderReference);
}

bool hasBadAuthorityReference(const CvCertificate& certificate) {
    return !lds::isCertificateReference(certificate.body().authorityReference);
}

bool leavesOutDomainParameters(const CvCertificate& certificate) {
    return isOfAuthority(certificate) && isElliptic(certificate) && !certificate.body().publicKey.curve();
}

bool repeatsDomainParameters(const CvCertificate& certificate) {
    return !isOfAuthority(certificate) && certificate.body().publicKey.curve().has_value();
}

bool endsBeforeItBegins(const CvCertificate& certificate) {
    return certificate.body().expirationDate < certificate.body().effectiveDate;
}

std::chrono::days validityOf(const CvCertificate& certificate) {
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

bool lastsTooLong(const CvCertificate& certificate) {
    return validityOf(certificate) > longestValidity(roleOf(certificate));
}

bool lastsTooShort(const CvCertificate& certificate) {
    return !endsBeforeItBegins(certificate) &&
           validityOf(certificate) < shortestValidity(roleOf(certificate));
}

bool isForOtherTerminals(const CvCertificate& certificate) {
    return certificate.body().authorization.terminalType !=
           ObjectIdentifier::fromText(CertificateHolderAuthorization::inspectionSystem);
}

// The role in the two highest bits, DG4 and DG3 in the two lowest.
bool usesReservedRights(const CvCertificate& certificate) {
    constexpr std::uint8_t reserved = 0x3C;
    const auto& rights = certificate.body().authorization.relativeAuthorization;
    return !isForOtherTerminals(certificate) && (rights.size() != 1 || (rights.front() & reserved) != 0);
}

bool usesSha1(const CvCertificate& certificate) {
    return certificate.body().publicKey.scheme().hash == HashAlgorithm::Sha1;
}

bool hasBadOwnSignature(const CvCertificate& certificate) {
    const auto& body = certificate.body();
    return isOfAuthority(certificate) && body.authorityReference == body.holderReference &&
           !certificate.isSignedBy(body.publicKey, body.publicKey.curve());
}

struct CvCertificateRule {
    std::string_view id;
    std::string_view clause;
    Severity severity;
    std::string_view broken;
    bool (*isBroken)(const CvCertificate&);
};

constexpr std::string_view profile = "Doc 9303-12, table 11";
constexpr std::string_view periods = "Doc 9303-12, table 2";
constexpr std::string_view authorization = "BSI TR-03110-3, C.4.1";

constexpr CvCertificateRule table[] = {
    {"cv-certificate.holder-reference", profile, Severity::Error,
     "the holder reference is not country, mnemonic and sequence number", hasBadHolderReference},
    {"cv-certificate.authority-reference", profile, Severity::Error,
     "the authority reference is not country, mnemonic and sequence number", hasBadAuthorityReference},
    {"cv-certificate.domain-parameters-missing", profile, Severity::Error,
     "a CVCA's certificate leaves the domain parameters out", leavesOutDomainParameters},
    {"cv-certificate.domain-parameters-repeated", profile, Severity::Error,
     "a certificate below the CVCA has domain parameters", repeatsDomainParameters},
    {"cv-certificate.order-of-dates", profile, Severity::Error, "it expires before it is effective",
     endsBeforeItBegins},
    {"cv-certificate.longest-validity", periods, Severity::Error,
     "it is valid for longer than three years (CVCA), three months (document verifier), a month (terminal)",
     lastsTooLong},
    {"cv-certificate.shortest-validity", periods, Severity::Warning,
     "it is valid for less than six months (CVCA), two weeks (document verifier), a day (terminal)",
     lastsTooShort},
    {"cv-certificate.terminal-type", profile, Severity::Error, "it is not for inspection systems",
     isForOtherTerminals},
    {"cv-certificate.reserved-rights", authorization, Severity::Error,
     "the authorization sets bits that are reserved", usesReservedRights},
    {"cv-certificate.sha-1", profile, Severity::Warning, "the algorithm uses SHA-1", usesSha1},
    {"cv-certificate.own-signature", profile, Severity::Error,
     "its own key does not verify the signature of a self-signed certificate", hasBadOwnSignature},
};

} // namespace

const std::vector<Rule>& cvCertificateRules() {
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> made;
        for (const auto& row : table) {
            made.push_back(
                {std::string(row.id), std::string(row.clause), row.severity, std::string(row.broken)});
        }
        return made;
    }();
    return rules;
}

std::vector<const Rule*> checkCvCertificate(const CvCertificate& certificate) {
    std::vector<const Rule*> broken;
    for (std::size_t index = 0; index < std::size(table); ++index) {
        if (table[index].isBroken(certificate)) {
            broken.push_back(&cvCertificateRules()[index]);
        }
    }
    return broken;
}

} // namespace cancuoc::personalization::lint
