// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/revocation_list_rules.hpp"

#include <algorithm>
#include <array>

#include <openssl/x509v3.h>

#include "host/lds/asn1.hpp"
#include "host/trust/x509.hpp"

namespace cancuoc::personalization::lint {

namespace {

using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;
using KeyIdentifierPtr = std::unique_ptr<AUTHORITY_KEYID, OpensslFree<AUTHORITY_KEYID_free>>;

constexpr std::chrono::hours longestPeriod{24 * 90};
constexpr std::size_t longestNumber = 20; // octets

const X509_NAME& issuerOf(const trust::CertificateRevocationList& list) {
    return *X509_CRL_get_issuer(list.x509());
}

bool isNotVersion2(const trust::CertificateRevocationList& list) {
    return X509_CRL_get_version(list.x509()) != X509_CRL_VERSION_2;
}

// CertificateList ::= SEQUENCE { tbsCertList { version OPTIONAL, signature, ... }, signatureAlgorithm, ... }
bool hasTwoAlgorithms(const trust::CertificateRevocationList& list) {
    TlvReader outer = readTlv(list.der(), lds::asn1::sequence, "The CRL").children();
    const TlvReader inner = outer.expect(lds::asn1::sequence, "The list").children();
    const auto outside = outer.expect(lds::asn1::sequence, "The algorithm");
    return !equal(inner.require(lds::asn1::sequence, "The algorithm").encoded, outside.encoded);
}

bool usesForbiddenHash(const trust::CertificateRevocationList& list) {
    int hash = NID_undef;
    OBJ_find_sigid_algs(X509_CRL_get_signature_nid(list.x509()), &hash, nullptr);
    constexpr std::array<int, 5> allowed{NID_sha224, NID_sha256, NID_sha384, NID_sha512, NID_undef};
    return std::find(allowed.begin(), allowed.end(), hash) == allowed.end();
}

bool namesNoCountry(const trust::CertificateRevocationList& list) {
    return X509_NAME_get_index_by_NID(&issuerOf(list), NID_countryName, -1) < 0;
}

bool namesCountryInLowerCase(const trust::CertificateRevocationList& list) {
    const std::string country = trust::countryOf(issuerOf(list));
    return country != trust::toUpper(country);
}

bool hasNoNextUpdate(const trust::CertificateRevocationList& list) {
    return !list.nextUpdate();
}

bool lastsTooLong(const trust::CertificateRevocationList& list) {
    return list.nextUpdate() && *list.nextUpdate() - list.thisUpdate() > longestPeriod;
}

bool endsBeforeItBegins(const trust::CertificateRevocationList& list) {
    return list.nextUpdate() && *list.nextUpdate() < list.thisUpdate();
}

bool hasEmptyList(const trust::CertificateRevocationList& list) {
    const auto* const entries = X509_CRL_get_REVOKED(list.x509());
    return entries != nullptr && sk_X509_REVOKED_num(entries) == 0;
}

bool has(const trust::CertificateRevocationList& list, int extension) {
    return X509_CRL_get_ext_by_NID(list.x509(), extension, -1) >= 0;
}

bool hasNoKeyIdentifier(const trust::CertificateRevocationList& list) {
    const KeyIdentifierPtr identifier(static_cast<AUTHORITY_KEYID*>(
        X509_CRL_get_ext_d2i(list.x509(), NID_authority_key_identifier, nullptr, nullptr)));
    return !identifier || identifier->keyid == nullptr;
}

IntegerPtr numberOf(const trust::CertificateRevocationList& list) {
    return IntegerPtr(
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(list.x509(), NID_crl_number, nullptr, nullptr)));
}

bool hasNoNumber(const trust::CertificateRevocationList& list) {
    return !numberOf(list);
}

bool hasBadNumber(const trust::CertificateRevocationList& list) {
    const auto number = numberOf(list);
    return number && (ASN1_STRING_type(number.get()) == V_ASN1_NEG_INTEGER ||
                      trust::bytesOf(*number).size() > longestNumber);
}

bool isDelta(const trust::CertificateRevocationList& list) {
    return has(list, NID_delta_crl);
}

bool isPartial(const trust::CertificateRevocationList& list) {
    return has(list, NID_issuing_distribution_point);
}

bool namesFreshest(const trust::CertificateRevocationList& list) {
    return has(list, NID_freshest_crl);
}

bool hasEntryExtensions(const trust::CertificateRevocationList& list) {
    auto* const entries = X509_CRL_get_REVOKED(list.x509());
    for (int index = 0; entries != nullptr && index < sk_X509_REVOKED_num(entries); ++index) {
        if (X509_REVOKED_get_ext_count(sk_X509_REVOKED_value(entries, index)) > 0) {
            return true;
        }
    }
    return false;
}

struct RevocationListRule {
    std::string_view id;
    std::string_view clause;
    std::string_view broken;
    bool (*isBroken)(const trust::CertificateRevocationList&);
};

constexpr RevocationListRule table[] = {
    {"crl.version", "table 9", "the version is not 2", isNotVersion2},
    {"crl.signature-algorithm", "table 9", "signature names another algorithm than signatureAlgorithm",
     hasTwoAlgorithms},
    {"crl.hash-algorithm", "4.1.6.4", "the signature uses a hash algorithm that is not allowed",
     usesForbiddenHash},
    {"crl.issuer-country", "table 9", "issuer names no country", namesNoCountry},
    {"crl.issuer-country-case", "table 9", "issuer names its country in lower case", namesCountryInLowerCase},
    {"crl.next-update", "table 9", "nextUpdate is missing", hasNoNextUpdate},
    {"crl.period", "4.1.5", "more than 90 days lie between thisUpdate and nextUpdate", lastsTooLong},
    {"crl.order-of-updates", "table 9", "nextUpdate lies before thisUpdate", endsBeforeItBegins},
    {"crl.empty-list", "table 9", "revokedCertificates is there and empty", hasEmptyList},
    {"crl.authority-key-identifier", "table 9", "AuthorityKeyIdentifier is missing or has no key identifier",
     hasNoKeyIdentifier},
    {"crl.number", "table 9", "CRLNumber is missing", hasNoNumber},
    {"crl.number-range", "table 9", "CRLNumber is negative or has more than 20 octets", hasBadNumber},
    {"crl.delta", "table 9", "DeltaCRLIndicator is not allowed", isDelta},
    {"crl.distribution-point", "table 9", "IssuingDistributionPoint is not allowed", isPartial},
    {"crl.freshest", "table 9", "FreshestCRL is not allowed", namesFreshest},
    {"crl.entry-extensions", "table 10", "an entry has an extension", hasEntryExtensions},
};

} // namespace

const std::vector<Rule>& revocationListRules() {
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> made;
        for (const auto& row : table) {
            made.push_back({std::string(row.id), "Doc 9303-12, " + std::string(row.clause), Severity::Error,
                            std::string(row.broken)});
        }
        return made;
    }();
    return rules;
}

std::vector<const Rule*> checkRevocationList(const trust::CertificateRevocationList& list) {
    std::vector<const Rule*> broken;
    for (std::size_t index = 0; index < std::size(table); ++index) {
        if (table[index].isBroken(list)) {
            broken.push_back(&revocationListRules()[index]);
        }
    }
    return broken;
}

} // namespace cancuoc::personalization::lint
