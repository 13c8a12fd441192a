// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_profile.hpp"

#include "host/lds/asn1.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <array>

namespace cancuoc::trust {

namespace {

using Defects = std::vector<CertificateDefect>;

constexpr std::size_t longestSerialNumber = 20; // octets
constexpr int smallestRsaKey = 2048;            // bits
constexpr int smallestEllipticCurve = 224;      // bits

void note(Defects& defects, std::string_view component, std::string_view problem) {
    defects.push_back({component, problem});
}

// --- table 5: the body

void checkSerialNumber(const X509& certificate, Defects& defects) {
    const ASN1_INTEGER* number = X509_get0_serialNumber(&certificate);
    // The content octets have a leading zero where the first bit is set.
    const BytesView magnitude = bytesOf(*number);
    const bool padded = !magnitude.empty() && (magnitude[0] & 0x80) != 0;
    if (magnitude.size() + (padded ? 1 : 0) > longestSerialNumber) {
        note(defects, "serialNumber", "has more than 20 octets");
    }
    if (ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER ||
        std::all_of(magnitude.begin(), magnitude.end(), [](auto byte) { return byte == 0; })) {
        note(defects, "serialNumber", "is not positive");
    }
}

bool isTwoCapitals(std::string_view country) {
    return country.size() == 2 &&
           std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void checkCountry(const X509_NAME& name, std::string_view component, Defects& defects) {
    const int index = X509_NAME_get_index_by_NID(&name, NID_countryName, -1);
    if (index < 0) {
        note(defects, component, "names no country");
        return;
    }
    const std::string country = countryOf(name);
    if (!isTwoCapitals(toUpper(country))) {
        note(defects, component, "names a country that is not two letters");
    } else if (!isTwoCapitals(country)) {
        note(defects, component, "names its country in lower case");
    }
}

bool mayHaveType(int attribute, int type) {
    switch (attribute) {
    case NID_countryName:
    case NID_serialNumber:
        return type == V_ASN1_PRINTABLESTRING;
    case NID_pkcs9_emailAddress:
    case NID_domainComponent:
        return true; // no DirectoryString
    default:
        return type == V_ASN1_PRINTABLESTRING || type == V_ASN1_UTF8STRING;
    }
}

std::string_view problemOfType(int attribute) {
    switch (attribute) {
    case NID_countryName:
        return "has a country that is no PrintableString";
    case NID_serialNumber:
        return "has a serial number that is no PrintableString";
    default:
        return "has an attribute in a string type that is not allowed";
    }
}

void checkName(const X509_NAME& name, std::string_view component, Defects& defects) {
    checkCountry(name, component, defects);
    if (X509_NAME_get_index_by_NID(&name, NID_commonName, -1) < 0) {
        note(defects, component, "has no common name");
    }
    for (int index = 0; index < X509_NAME_entry_count(&name); ++index) {
        const X509_NAME_ENTRY* entry = X509_NAME_get_entry(&name, index);
        const int attribute = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        if (!mayHaveType(attribute, ASN1_STRING_type(X509_NAME_ENTRY_get_data(entry)))) {
            note(defects, component, problemOfType(attribute));
        }
    }
}

void checkTime(const ASN1_TIME& time, Defects& defects) {
    constexpr std::size_t utcTimeLength = 13;         // YYMMDDHHMMSSZ
    constexpr std::size_t generalizedTimeLength = 15; // YYYYMMDDHHMMSSZ
    constexpr std::chrono::year firstGeneralizedYear{2050};
    const bool generalized = ASN1_STRING_type(&time) == V_ASN1_GENERALIZEDTIME;
    const BytesView text = bytesOf(time);
    if (text.size() != (generalized ? generalizedTimeLength : utcTimeLength) || text.back() != 'Z') {
        note(defects, "validity", "has a time that is not written to the second and in UTC");
    }
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(timeOf(time))).year();
    if (generalized != (year >= firstGeneralizedYear)) {
        note(defects, "validity", "has a time in the wrong form for its year");
    }
}

void checkValidity(const X509& certificate, Defects& defects) {
    const ASN1_TIME* notBefore = X509_get0_notBefore(&certificate);
    const ASN1_TIME* notAfter = X509_get0_notAfter(&certificate);
    checkTime(*notBefore, defects);
    checkTime(*notAfter, defects);
    if (timeOf(*notAfter) <= timeOf(*notBefore)) {
        note(defects, "validity", "ends before it begins");
    }
}

void checkBody(const X509& certificate, Defects& defects) {
    if (X509_get_version(&certificate) != X509_VERSION_3) {
        note(defects, "version", "is not 3");
    }
    checkSerialNumber(certificate, defects);
    const X509_ALGOR* outer = nullptr;
    X509_get0_signature(nullptr, &outer, &certificate);
    if (X509_ALGOR_cmp(X509_get0_tbs_sigalg(&certificate), outer) != 0) {
        note(defects, "signature", "names another algorithm than signatureAlgorithm");
    }
    checkName(*X509_get_issuer_name(&certificate), "issuer", defects);
    checkName(*X509_get_subject_name(&certificate), "subject", defects);
    if (toUpper(countryOf(*X509_get_issuer_name(&certificate))) !=
        toUpper(countryOf(*X509_get_subject_name(&certificate)))) {
        note(defects, "subject", "names another country than the issuer");
    }
    checkValidity(certificate, defects);
    const ASN1_BIT_STRING* issuerIdentifier = nullptr;
    const ASN1_BIT_STRING* subjectIdentifier = nullptr;
    X509_get0_uids(&certificate, &issuerIdentifier, &subjectIdentifier);
    if (issuerIdentifier != nullptr || subjectIdentifier != nullptr) {
        note(defects, "uniqueID", "is not allowed");
    }
}

// --- 4.1.6: keys and algorithms

// ECParameters ::= SEQUENCE { version, fieldID, curve, base, order, cofactor OPTIONAL, ... }
bool hasCofactor(BytesView parameters) {
    constexpr int fieldsBeforeCofactor = 5;
    try {
        TlvReader reader = readTlv(parameters, lds::asn1::sequence, "The parameters").children();
        for (int field = 0; field < fieldsBeforeCofactor; ++field) {
            (void)reader.next();
        }
        return reader.find(lds::asn1::integer).has_value();
    } catch (const MalformedData&) {
        return false;
    }
}

// 4.1.6.3
void checkCurveEncoding(const X509& certificate, Defects& defects) {
    const unsigned char* point = nullptr;
    int pointLength = 0;
    X509_ALGOR* algorithm = nullptr;
    X509_PUBKEY_get0_param(nullptr, &point, &pointLength, &algorithm, X509_get_X509_PUBKEY(&certificate));
    const ASN1_OBJECT* identifier = nullptr;
    int parametersType = 0;
    const void* parameters = nullptr;
    X509_ALGOR_get0(&identifier, &parametersType, &parameters, algorithm);
    if (OBJ_obj2nid(identifier) != NID_X9_62_id_ecPublicKey) {
        return;
    }
    if (parametersType != V_ASN1_SEQUENCE) {
        note(defects, "subjectPublicKeyInfo", "names its curve instead of writing the parameters out");
    } else if (!hasCofactor(bytesOf(*static_cast<const ASN1_STRING*>(parameters)))) {
        note(defects, "subjectPublicKeyInfo", "leaves the cofactor of its curve out");
    }
    if (pointLength == 0 || *point != POINT_CONVERSION_UNCOMPRESSED) {
        note(defects, "subjectPublicKeyInfo", "has a point that is not uncompressed");
    }
}

// OpenSSL has decoded the key with the certificate. Whether one on parameters that it knows no name for can
// be used, publicKeyOf() finds out, which decodes it again.
bool isKnownKey(const EVP_PKEY& key) {
    char curve[64];
    return EVP_PKEY_get_base_id(&key) != EVP_PKEY_EC ||
           EVP_PKEY_get_group_name(&key, curve, sizeof curve, nullptr) == 1;
}

void checkStrength(const EVP_PKEY& key, Defects& defects) {
    const int bits = EVP_PKEY_get_bits(&key);
    if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_RSA && bits < smallestRsaKey) {
        note(defects, "subjectPublicKeyInfo", "has an RSA key of fewer than 2048 bits");
    }
    if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_EC && bits < smallestEllipticCurve) {
        note(defects, "subjectPublicKeyInfo", "has a curve of fewer than 224 bits");
    }
}

void checkKeyStrength(const X509& certificate, Defects& defects) {
    const EVP_PKEY* const decoded = X509_get0_pubkey(&certificate);
    ERR_clear_error();
    if (decoded != nullptr && isKnownKey(*decoded)) {
        return checkStrength(*decoded, defects);
    }
    try {
        checkStrength(*publicKeyOf(certificate), defects);
    } catch (const MalformedData&) {
        note(defects, "subjectPublicKeyInfo", "has a key that cannot be used");
    }
}

// 4.1.6.4
void checkHashAlgorithm(const X509& certificate, Defects& defects) {
    int hash = NID_undef;
    X509_get_signature_info(const_cast<X509*>(&certificate), // fills a cache
                            &hash, nullptr, nullptr, nullptr);
    ERR_clear_error();
    switch (hash) {
    case NID_sha224:
    case NID_sha256:
    case NID_sha384:
    case NID_sha512:
        return;
    case NID_sha1:
        note(defects, "signatureAlgorithm", "uses SHA-1");
        return;
    default:
        note(defects, "signatureAlgorithm", "uses a hash algorithm that is not allowed");
    }
}

// --- table 6: the extensions

enum class Presence { Mandatory, Optional, Forbidden };
enum class Criticality { Critical, NotCritical };

struct ExtensionRule {
    std::string_view name;
    std::string_view identifier;      ///< dotted
    std::array<Presence, 4> presence; ///< root, link, Document Signer, list signers
    Criticality criticality;
};

namespace table6 {

constexpr auto m = Presence::Mandatory;
constexpr auto o = Presence::Optional;
constexpr auto x = Presence::Forbidden;
constexpr auto c = Criticality::Critical;
constexpr auto nc = Criticality::NotCritical;

constexpr ExtensionRule rules[] = {
    {"AuthorityKeyIdentifier", "2.5.29.35", {o, m, m, m}, nc},
    {"SubjectKeyIdentifier", "2.5.29.14", {m, m, o, o}, nc},
    {"KeyUsage", "2.5.29.15", {m, m, m, m}, c},
    {"PrivateKeyUsagePeriod", "2.5.29.16", {m, m, m, o}, nc},
    {"CertificatePolicies", "2.5.29.32", {o, o, o, o}, nc},
    {"PolicyMappings", "2.5.29.33", {x, x, x, x}, nc},
    {"SubjectAltName", "2.5.29.17", {m, m, m, m}, nc},
    {"IssuerAltName", "2.5.29.18", {m, m, m, m}, nc},
    {"SubjectDirectoryAttributes", "2.5.29.9", {x, x, x, x}, nc},
    {"BasicConstraints", "2.5.29.19", {m, m, x, x}, c},
    {"NameConstraints", "2.5.29.30", {x, x, x, x}, c},
    {"PolicyConstraints", "2.5.29.36", {x, x, x, x}, c},
    {"ExtKeyUsage", extendedKeyUsageIdentifier, {x, x, x, m}, c},
    {"CRLDistributionPoints", "2.5.29.31", {m, m, m, m}, nc},
    {"InhibitAnyPolicy", "2.5.29.54", {x, x, x, x}, c},
    {"FreshestCRL", "2.5.29.46", {x, x, x, x}, nc},
    {"NameChange", nameChangeIdentifier, {o, o, x, x}, nc},
    {"DocumentTypeList", documentTypeListIdentifier, {x, x, m, x}, nc},
    {"NetscapeCertificateType", "2.16.840.1.113730.1.1", {x, x, x, x}, nc},
};

} // namespace table6

std::size_t columnOf(CertificateKind kind) {
    return std::min<std::size_t>(static_cast<std::size_t>(kind), 3);
}

void checkPresence(const X509& certificate, const ExtensionRule& rule, CertificateKind kind,
                   Defects& defects) {
    X509_EXTENSION* extension = findExtension(certificate, rule.identifier);
    const Presence presence = rule.presence[columnOf(kind)];
    if (extension == nullptr) {
        if (presence == Presence::Mandatory) {
            note(defects, rule.name, "is missing");
        }
        return;
    }
    if (presence == Presence::Forbidden) {
        note(defects, rule.name, "is not allowed");
        return;
    }
    const bool critical = X509_EXTENSION_get_critical(extension) != 0;
    if (critical && rule.criticality == Criticality::NotCritical) {
        note(defects, rule.name, "is critical");
    } else if (!critical && rule.criticality == Criticality::Critical) {
        note(defects, rule.name, "is not critical");
    }
}

bool isKnown(X509_EXTENSION& extension) {
    const ASN1_OBJECT* object = X509_EXTENSION_get_object(&extension);
    const BytesView content(OBJ_get0_data(object), OBJ_length(object));
    return std::any_of(std::begin(table6::rules), std::end(table6::rules), [&](const ExtensionRule& rule) {
        return equal(content, ObjectIdentifier::fromText(rule.identifier).content());
    });
}

void checkOthers(const X509& certificate, Defects& defects) {
    for (int index = 0; index < X509_get_ext_count(&certificate); ++index) {
        X509_EXTENSION* extension = X509_get_ext(&certificate, index);
        const ASN1_OBJECT* object = X509_EXTENSION_get_object(extension);
        if (X509_get_ext_by_OBJ(&certificate, object, index) >= 0) {
            note(defects, "extensions", "hold the same one twice");
        }
        if (X509_EXTENSION_get_critical(extension) != 0 && !isKnown(*extension)) {
            note(defects, "extensions", "hold a critical one that is not known");
        }
    }
}

void checkKeyUsage(const X509& certificate, CertificateKind kind, Defects& defects) {
    if (findExtension(certificate, "2.5.29.15") == nullptr) {
        return;
    }
    const std::uint32_t wanted =
        isCountrySigning(kind) ? KU_KEY_CERT_SIGN | KU_CRL_SIGN : KU_DIGITAL_SIGNATURE;
    const std::uint32_t stated = keyUsageOf(certificate).value_or(0);
    if ((stated & wanted) != wanted) {
        note(defects, "KeyUsage",
             isCountrySigning(kind) ? "is not for signing certificates and CRLs"
                                    : "is not for digital signatures");
    }
    if ((stated & ~wanted) != 0) {
        note(defects, "KeyUsage", "allows more than it may");
    }
}

void checkKeyIdentifiers(const X509& certificate, Defects& defects) {
    if (X509_get_ext_by_NID(&certificate, NID_authority_key_identifier, -1) >= 0 &&
        !authorityKeyIdentifierOf(certificate)) {
        note(defects, "AuthorityKeyIdentifier", "has no key identifier");
    }
}

void checkUsagePeriod(const X509& certificate, Defects& defects) {
    try {
        const auto period = privateKeyUsagePeriodOf(certificate);
        if (period && !period->notBefore && !period->notAfter) {
            note(defects, "PrivateKeyUsagePeriod", "has neither beginning nor end");
        } else if (period && period->notBefore && period->notAfter &&
                   *period->notAfter < *period->notBefore) {
            note(defects, "PrivateKeyUsagePeriod", "ends before it begins");
        }
    } catch (const MalformedData&) {
        note(defects, "PrivateKeyUsagePeriod", "is malformed");
    }
}

// 7.1.1.2
void checkAlternativeNames(const X509& certificate, CertificateKind kind, Defects& defects) {
    const struct {
        int nid;
        std::string_view name;
    } alternativeNames[] = {{NID_subject_alt_name, "SubjectAltName"}, {NID_issuer_alt_name, "IssuerAltName"}};
    for (const auto& [nid, name] : alternativeNames) {
        if (X509_get_ext_by_NID(&certificate, nid, -1) >= 0 &&
            alternativeCountriesOf(certificate, nid).empty()) {
            note(defects, name, "has no country code as in the MRZ");
        }
    }
    X509_EXTENSION* subject = findExtension(certificate, "2.5.29.17");
    X509_EXTENSION* issuer = findExtension(certificate, "2.5.29.18");
    if (kind == CertificateKind::CountrySigningRoot && subject != nullptr && issuer != nullptr &&
        ASN1_OCTET_STRING_cmp(X509_EXTENSION_get_data(subject), X509_EXTENSION_get_data(issuer)) != 0) {
        note(defects, "IssuerAltName", "differs from SubjectAltName in a root certificate");
    }
}

void checkBasicConstraints(const X509& certificate, CertificateKind kind, Defects& defects) {
    if (!isCountrySigning(kind) || X509_get_ext_by_NID(&certificate, NID_basic_constraints, -1) < 0) {
        return;
    }
    const auto constraints =
        decodeExtension<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>(certificate, NID_basic_constraints);
    ERR_clear_error();
    if (!constraints) {
        note(defects, "BasicConstraints", "is malformed");
        return;
    }
    if (constraints->ca == 0) {
        note(defects, "BasicConstraints", "does not say that this is a certification authority");
    }
    if (constraints->pathlen == nullptr) {
        note(defects, "BasicConstraints", "has no path length");
    } else if (ASN1_INTEGER_get(constraints->pathlen) != 0) {
        note(defects, "BasicConstraints", "has a path length other than 0");
    }
}

void checkDocumentTypes(const X509& certificate, Defects& defects) {
    try {
        const auto types = documentTypesOf(certificate);
        if (types && types->empty()) {
            note(defects, "DocumentTypeList", "is empty");
        }
    } catch (const MalformedData&) {
        note(defects, "DocumentTypeList", "is malformed");
    }
}

// 7.1.1.5
void checkNameChange(const X509& certificate, CertificateKind kind, Defects& defects) {
    const bool changed =
        X509_NAME_cmp(X509_get_subject_name(&certificate), X509_get_issuer_name(&certificate)) != 0;
    if (kind == CertificateKind::CountrySigningLink && changed &&
        findExtension(certificate, nameChangeIdentifier) == nullptr) {
        note(defects, "NameChange", "is missing although the name changes");
    }
}

// What the functions above note, but for the presence and criticality of extensions.
constexpr CertificateDefect bodyDefects[] = {
    {"version", "is not 3"},
    {"serialNumber", "has more than 20 octets"},
    {"serialNumber", "is not positive"},
    {"signature", "names another algorithm than signatureAlgorithm"},
    {"issuer", "names no country"},
    {"issuer", "names a country that is not two letters"},
    {"issuer", "names its country in lower case"},
    {"issuer", "has no common name"},
    {"issuer", "has a country that is no PrintableString"},
    {"issuer", "has a serial number that is no PrintableString"},
    {"issuer", "has an attribute in a string type that is not allowed"},
    {"subject", "names no country"},
    {"subject", "names a country that is not two letters"},
    {"subject", "names its country in lower case"},
    {"subject", "has no common name"},
    {"subject", "has a country that is no PrintableString"},
    {"subject", "has a serial number that is no PrintableString"},
    {"subject", "has an attribute in a string type that is not allowed"},
    {"subject", "names another country than the issuer"},
    {"validity", "has a time that is not written to the second and in UTC"},
    {"validity", "has a time in the wrong form for its year"},
    {"validity", "ends before it begins"},
    {"uniqueID", "is not allowed"},
    {"subjectPublicKeyInfo", "names its curve instead of writing the parameters out"},
    {"subjectPublicKeyInfo", "leaves the cofactor of its curve out"},
    {"subjectPublicKeyInfo", "has a point that is not uncompressed"},
    {"subjectPublicKeyInfo", "has an RSA key of fewer than 2048 bits"},
    {"subjectPublicKeyInfo", "has a curve of fewer than 224 bits"},
    {"subjectPublicKeyInfo", "has a key that cannot be used"},
    {"signatureAlgorithm", "uses SHA-1"},
    {"signatureAlgorithm", "uses a hash algorithm that is not allowed"},
};
constexpr CertificateDefect extensionDefects[] = {
    {"extensions", "hold the same one twice"},
    {"extensions", "hold a critical one that is not known"},
    {"KeyUsage", "is not for signing certificates and CRLs"},
    {"KeyUsage", "is not for digital signatures"},
    {"KeyUsage", "allows more than it may"},
    {"AuthorityKeyIdentifier", "has no key identifier"},
    {"PrivateKeyUsagePeriod", "has neither beginning nor end"},
    {"PrivateKeyUsagePeriod", "ends before it begins"},
    {"PrivateKeyUsagePeriod", "is malformed"},
    {"SubjectAltName", "has no country code as in the MRZ"},
    {"IssuerAltName", "has no country code as in the MRZ"},
    {"IssuerAltName", "differs from SubjectAltName in a root certificate"},
    {"BasicConstraints", "is malformed"},
    {"BasicConstraints", "does not say that this is a certification authority"},
    {"BasicConstraints", "has no path length"},
    {"BasicConstraints", "has a path length other than 0"},
    {"DocumentTypeList", "is empty"},
    {"DocumentTypeList", "is malformed"},
    {"NameChange", "is missing although the name changes"},
};

void checkExtensions(const X509& certificate, CertificateKind kind, Defects& defects) {
    for (const ExtensionRule& rule : table6::rules) {
        checkPresence(certificate, rule, kind, defects);
    }
    checkOthers(certificate, defects);
    checkKeyUsage(certificate, kind, defects);
    checkKeyIdentifiers(certificate, defects);
    checkUsagePeriod(certificate, defects);
    checkAlternativeNames(certificate, kind, defects);
    checkBasicConstraints(certificate, kind, defects);
    checkDocumentTypes(certificate, defects);
    checkNameChange(certificate, kind, defects);
}

} // namespace

std::string CertificateDefect::text() const {
    return std::string(component).append(" ").append(problem);
}

CertificateKind kindOf(const X509& certificate) {
    if (maySignCertificates(certificate)) {
        return isIssuedByItself(certificate) ? CertificateKind::CountrySigningRoot
                                             : CertificateKind::CountrySigningLink;
    }
    if (hasOnlyPurpose(certificate, masterListSignerRole.purpose)) {
        return CertificateKind::MasterListSigner;
    }
    if (hasOnlyPurpose(certificate, deviationListSignerRole.purpose)) {
        return CertificateKind::DeviationListSigner;
    }
    return CertificateKind::DocumentSigner;
}

bool isCountrySigning(CertificateKind kind) {
    return kind == CertificateKind::CountrySigningRoot || kind == CertificateKind::CountrySigningLink;
}

std::vector<CertificateDefect> findDefects(const X509& certificate, CertificateKind kind) {
    Defects defects;
    checkBody(certificate, defects);
    checkCurveEncoding(certificate, defects);
    for (const CertificateDefect& weakness : findWeaknesses(certificate)) {
        defects.push_back(weakness);
    }
    checkExtensions(certificate, kind, defects);
    std::sort(defects.begin(), defects.end());
    defects.erase(std::unique(defects.begin(), defects.end()), defects.end());
    return defects;
}

std::vector<CertificateDefect> everyCertificateDefect() {
    Defects defects(std::begin(bodyDefects), std::end(bodyDefects));
    for (const ExtensionRule& rule : table6::rules) {
        const auto anywhere = [&rule](Presence presence) {
            return std::find(rule.presence.begin(), rule.presence.end(), presence) != rule.presence.end();
        };
        if (anywhere(Presence::Mandatory)) {
            note(defects, rule.name, "is missing");
        }
        if (anywhere(Presence::Forbidden)) {
            note(defects, rule.name, "is not allowed");
        }
        if (anywhere(Presence::Mandatory) || anywhere(Presence::Optional)) {
            note(defects, rule.name,
                 rule.criticality == Criticality::Critical ? "is not critical" : "is critical");
        }
    }
    defects.insert(defects.end(), std::begin(extensionDefects), std::end(extensionDefects));
    return defects;
}

std::vector<CertificateDefect> findWeaknesses(const X509& certificate) {
    Defects defects;
    checkHashAlgorithm(certificate, defects);
    checkKeyStrength(certificate, defects);
    return defects;
}

} // namespace cancuoc::trust
