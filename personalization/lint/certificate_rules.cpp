// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/certificate_rules.hpp"

#include <algorithm>
#include <stdexcept>

#include <openssl/err.h>

#include "host/base/ascii.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/lint/certificate_field_rules.hpp"

namespace cancuoc::personalization::lint {

namespace {

using trust::CertificateDefect;

bool isCapital(char character) {
    return character >= 'A' && character <= 'Z';
}

bool isSmall(char character) {
    return character >= 'a' && character <= 'z';
}

// CRLDistributionPoints has three words, CRL one.
bool beginsWord(std::string_view words, std::size_t at) {
    if (at == 0 || !isCapital(words[at])) {
        return false;
    }
    return isSmall(words[at - 1]) ||
           (isCapital(words[at - 1]) && at + 1 < words.size() && isSmall(words[at + 1]));
}

// key-usage.is-not-critical: the words in small letters, with hyphens between them.
std::string hyphenated(std::string_view words) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool isLetter = isCapital(words[at]) || isSmall(words[at]) || isDigit(words[at]);
        if ((!isLetter || beginsWord(words, at)) && !text.empty() && text.back() != '-') {
            text += '-';
        }
        if (isLetter) {
            text += isCapital(words[at]) ? static_cast<char>(words[at] - 'A' + 'a') : words[at];
        }
    }
    return text;
}

std::string idOf(const CertificateDefect& defect) {
    return "certificate." + hyphenated(defect.component) + "." + hyphenated(defect.problem);
}

struct DefectClause {
    std::string_view component;
    std::string_view problem; // what it begins with
    std::string_view clause;  // of Doc 9303-12
};

// The first that fits; extensions that are not here are those of table 6.
constexpr DefectClause clauses[] = {
    {"issuer", "names no country", "7.1.1.1.1"},
    {"issuer", "names a country that", "7.1.1.1.1"},
    {"issuer", "has no common name", "7.1.1.1.1"},
    {"subject", "names no country", "7.1.1.1.1"},
    {"subject", "names a country that", "7.1.1.1.1"},
    {"subject", "has no common name", "7.1.1.1.1"},
    {"version", "", "table 5"},
    {"serialNumber", "", "table 5"},
    {"signature", "", "table 5"},
    {"issuer", "", "table 5"},
    {"subject", "", "table 5"},
    {"validity", "", "table 5"},
    {"uniqueID", "", "table 5"},
    {"subjectPublicKeyInfo", "names its curve", "4.1.6.3"},
    {"subjectPublicKeyInfo", "leaves the cofactor", "4.1.6.3"},
    {"subjectPublicKeyInfo", "has a point", "4.1.6.3"},
    {"subjectPublicKeyInfo", "", "4.1.6"},
    {"signatureAlgorithm", "", "4.1.6.4"},
    {"SubjectAltName", "has", "7.1.1.2"},
    {"IssuerAltName", "has", "7.1.1.2"},
    {"IssuerAltName", "differs", "7.1.1.2"},
    {"NameChange", "is missing", "7.1.1.5"},
    {"DocumentTypeList", "is critical", "7.1.1.6"},
    {"DocumentTypeList", "is malformed", "7.1.1.6"},
    {"DocumentTypeList", "is empty", "7.1.1.6"},
};

std::string clauseOf(const CertificateDefect& defect) {
    const auto* const found = std::find_if(std::begin(clauses), std::end(clauses), [&](const auto& entry) {
        return entry.component == defect.component && defect.problem.starts_with(entry.problem);
    });
    return "Doc 9303-12, " + std::string(found != std::end(clauses) ? found->clause : "table 6");
}

// --- the checks of uploads, as far as they ask for the same (their numbers 1.1 to 1.11 and 2)

constexpr CertificateDefect uploadDefects[] = {
    {"version", "is not 3"},
    {"serialNumber", "has more than 20 octets"},
    {"serialNumber", "is not positive"},
    {"signature", "names another algorithm than signatureAlgorithm"},
    {"issuer", "names no country"},
    {"subject", "names no country"},
    {"subject", "names another country than the issuer"},
    {"validity", "has a time that is not written to the second and in UTC"},
    {"validity", "has a time in the wrong form for its year"},
    {"uniqueID", "is not allowed"},
    {"AuthorityKeyIdentifier", "is missing"},
    {"AuthorityKeyIdentifier", "is critical"},
    {"AuthorityKeyIdentifier", "has no key identifier"},
    {"SubjectKeyIdentifier", "is missing"},
    {"SubjectKeyIdentifier", "is critical"},
    {"KeyUsage", "is missing"},
    {"KeyUsage", "is not critical"},
    {"KeyUsage", "is not for signing certificates and CRLs"},
    {"KeyUsage", "is not for digital signatures"},
    {"KeyUsage", "allows more than it may"},
    {"PrivateKeyUsagePeriod", "is critical"},
    {"CertificatePolicies", "is critical"},
    {"PolicyMappings", "is not allowed"},
    {"SubjectAltName", "is critical"},
    {"IssuerAltName", "is critical"},
    {"SubjectDirectoryAttributes", "is not allowed"},
    {"BasicConstraints", "is missing"},
    {"BasicConstraints", "is not critical"},
    {"BasicConstraints", "is malformed"},
    {"BasicConstraints", "does not say that this is a certification authority"},
    {"BasicConstraints", "has no path length"},
    {"BasicConstraints", "has a path length other than 0"},
    {"NameConstraints", "is not allowed"},
    {"PolicyConstraints", "is not allowed"},
    {"ExtKeyUsage", "is missing"},
    {"ExtKeyUsage", "is not allowed"},
    {"ExtKeyUsage", "is not critical"},
    {"CRLDistributionPoints", "is critical"},
    {"InhibitAnyPolicy", "is not allowed"},
    {"FreshestCRL", "is not allowed"},
    {"NameChange", "is critical"},
    {"DocumentTypeList", "is critical"},
    {"NetscapeCertificateType", "is not allowed"},
    {"extensions", "hold a critical one that is not known"},
};

// Asked of CSCAs alone.
constexpr std::string_view uploadComponentsOfAuthorities[] = {
    "PolicyMappings",    "SubjectDirectoryAttributes", "BasicConstraints", "NameConstraints",
    "PolicyConstraints", "InhibitAnyPolicy",           "FreshestCRL"};

template <class Range, class Value>
bool holds(const Range& range, const Value& value) {
    return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

bool isAskedOfUploads(const CertificateDefect& defect, const CertificateParts& parts) {
    if (!holds(uploadDefects, defect)) {
        return false;
    }
    if (defect == CertificateDefect{"subject", "names another country than the issuer"} ||
        holds(uploadComponentsOfAuthorities, defect.component)) {
        return parts.isCountrySigning() == (defect.component != "subject");
    }
    const bool isOfIssuer = defect == CertificateDefect{"AuthorityKeyIdentifier", "is missing"};
    return !isOfIssuer || !equal(parts.issuer, parts.subject);
}

// --- roles that table 6 does not have in the columns of trust::CertificateKind

constexpr std::string_view componentsOfTheBody[] = {
    "version",  "serialNumber",         "signature",          "issuer",    "subject", "validity",
    "uniqueID", "subjectPublicKeyInfo", "signatureAlgorithm", "extensions"};

// Tables 7 and 8; that nothing else is there has a rule of its own.
bool isAskedOfSmallSigner(const CertificateDefect& defect) {
    return holds(componentsOfTheBody, defect.component) || defect.component == "AuthorityKeyIdentifier" ||
           defect.component == "ExtKeyUsage" ||
           (defect.component == "DocumentTypeList" && defect.problem != "is not allowed");
}

// The last column of table 6, and 7.2.1.
bool isAskedOfCommunication(const CertificateDefect& defect, const CertificateParts& parts) {
    if (defect == CertificateDefect{"KeyUsage", "allows more than it may"}) {
        constexpr std::uint32_t allowed = KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT | KU_KEY_AGREEMENT;
        return (trust::keyUsageOf(*parts.certificate->x509()).value_or(0) & ~allowed) != 0;
    }
    return defect != CertificateDefect{"KeyUsage", "is not for digital signatures"} &&
           (defect != CertificateDefect{"CRLDistributionPoints", "is missing"} ||
            parts.role != CertificateRole::Communication);
}

bool isAsked(const CertificateDefect& defect, const CertificateParts& parts, Profile profile) {
    if (profile == Profile::PkdUpload && !isAskedOfUploads(defect, parts)) {
        return false;
    }
    switch (parts.role) {
    case CertificateRole::Lds2Signer:
    case CertificateRole::BarCodeSigner:
        return isAskedOfSmallSigner(defect);
    case CertificateRole::Communication:
    case CertificateRole::SpocClient:
    case CertificateRole::SpocServer:
        return isAskedOfCommunication(defect, parts);
    default:
        return true;
    }
}

// Whoever has a purpose of its own is asked for it as a list signer is.
trust::CertificateKind columnOf(const CertificateParts& parts) {
    if (parts.isCountrySigning()) {
        return parts.certificate->kind();
    }
    return parts.role == CertificateRole::DocumentSigner ? trust::CertificateKind::DocumentSigner
                                                         : trust::CertificateKind::MasterListSigner;
}

// --- the rules in their order: those of defects, then those of the three tables, then the signature's

const std::vector<CertificateDefect>& knownDefects() {
    static const auto defects = trust::everyCertificateDefect();
    return defects;
}

const std::vector<Rule>& defectRules() {
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> made;
        for (const auto& defect : knownDefects()) {
            made.push_back({idOf(defect), clauseOf(defect), Severity::Error, defect.text(),
                            holds(uploadDefects, defect) ? inEveryProfile : inBothEditions});
        }
        return made;
    }();
    return rules;
}

const std::vector<Rule>& encodingRules() {
    static const auto rules = rulesOf(certificateEncodingTable());
    return rules;
}

const std::vector<Rule>& fieldRules() {
    static const auto rules = rulesOf(certificateFieldTable());
    return rules;
}

const std::vector<Rule>& extensionRules() {
    static const auto rules = rulesOf(certificateExtensionTable());
    return rules;
}

const Rule& ownSignatureRule() {
    static const Rule rule{
        "certificate.signature-value.is-not-of-its-own-key", "Doc 9303-12, 3.1", Severity::Error,
        "signatureValue is not what the key of a self-signed certificate makes", inEveryProfile};
    return rule;
}

void checkDefects(const CertificateParts& parts, Profile profile, std::vector<const Rule*>& broken) {
    const auto& known = knownDefects();
    for (const auto& defect : trust::findDefects(*parts.certificate->x509(), columnOf(parts))) {
        const auto found = std::find(known.begin(), known.end(), defect);
        if (found == known.end()) {
            throw std::logic_error("no rule says: " + defect.text());
        }
        if (isAsked(defect, parts, profile)) {
            broken.push_back(&defectRules()[static_cast<std::size_t>(found - known.begin())]);
        }
    }
}

} // namespace

std::vector<const Rule*> certificateRules() {
    std::vector<const Rule*> all;
    for (const auto* some : {&defectRules(), &encodingRules(), &fieldRules(), &extensionRules()}) {
        std::transform(some->begin(), some->end(), std::back_inserter(all),
                       [](const Rule& rule) { return &rule; });
    }
    all.push_back(&ownSignatureRule());
    return all;
}

std::vector<const Rule*> checkCertificate(const trust::Certificate& certificate, Profile profile,
                                          std::optional<CertificateRole> meant) {
    auto parts = readParts(certificate);
    parts.role = meant.value_or(parts.role);
    auto broken = checkCertificateEncoding(certificate.der(), profile);
    checkDefects(parts, profile, broken);
    if (parts.isWhole) {
        check(certificateFieldTable(), fieldRules(), parts, profile, broken);
        check(certificateExtensionTable(), extensionRules(), parts, profile, broken);
    }
    return broken;
}

std::vector<const Rule*> checkCertificateEncoding(BytesView certificate, Profile profile) {
    std::vector<const Rule*> broken;
    check(certificateEncodingTable(), encodingRules(), certificate, profile, broken);
    return broken;
}

std::vector<const Rule*> checkOwnSignature(const trust::Certificate& certificate) {
    if (certificate.kind() != trust::CertificateKind::CountrySigningRoot) {
        return {};
    }
    bool isVerified = false;
    try {
        isVerified = X509_verify(certificate.x509(), certificate.publicKey().get()) == 1;
    } catch (const MalformedData&) {
        return {}; // that the key cannot be used is said already
    }
    ERR_clear_error();
    return isVerified ? std::vector<const Rule*>() : std::vector<const Rule*>{&ownSignatureRule()};
}

} // namespace cancuoc::personalization::lint
