// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/certificate_extensions.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/bytes.hpp"
#include "host/trust/certificate_extensions.hpp"

#include <array>

namespace cancuoc::personalization {

namespace {

using AuthorityKeyIdPtr = std::unique_ptr<AUTHORITY_KEYID, OpensslFree<AUTHORITY_KEYID_free>>;
using BasicConstraintsPtr = std::unique_ptr<BASIC_CONSTRAINTS, OpensslFree<BASIC_CONSTRAINTS_free>>;
using BitStringPtr = std::unique_ptr<ASN1_BIT_STRING, OpensslFree<ASN1_BIT_STRING_free>>;
using CrlDistributionPointsPtr = std::unique_ptr<CRL_DIST_POINTS, OpensslFree<CRL_DIST_POINTS_free>>;
using DistributionPointPtr = std::unique_ptr<DIST_POINT, OpensslFree<DIST_POINT_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;
using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, OpensslFree<GENERAL_NAME_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, OpensslFree<GENERAL_NAMES_free>>;
using ExtendedKeyUsagePtr = std::unique_ptr<EXTENDED_KEY_USAGE, OpensslFree<EXTENDED_KEY_USAGE_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;
using OctetStringPtr = std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>>;
using UsagePeriodPtr = std::unique_ptr<PKEY_USAGE_PERIOD, OpensslFree<PKEY_USAGE_PERIOD_free>>;

// id-icao-mrtd-security-extensions-documentTypeList (Doc 9303-12, 7.1.1.6)
constexpr const char* documentTypeListOid = "2.23.136.1.1.6.2";

enum class Criticality { NotCritical, Critical };

void add(X509& certificate, int nid, void* value, Criticality criticality) {
    requireOpenssl(X509_add1_ext_i2d(&certificate, nid, value, criticality == Criticality::Critical ? 1 : 0,
                                     X509V3_ADD_APPEND),
                   "A certificate extension cannot be added");
}

// One that OpenSSL has no type for; not critical.
void addUnknownToOpenssl(X509& certificate, const std::string& identifier, BytesView content) {
    const auto oid =
        ownOpenssl<ObjectPtr>(OBJ_txt2obj(identifier.c_str(), 1), "A certificate extension has no such name");
    const auto value =
        ownOpenssl<OctetStringPtr>(ASN1_OCTET_STRING_new(), "A certificate extension cannot be made");
    requireOpenssl(ASN1_OCTET_STRING_set(value.get(), content.data(), static_cast<int>(content.size())),
                   "A certificate extension cannot be made");
    const auto extension =
        ownOpenssl<ExtensionPtr>(X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), 0, value.get()),
                                 "A certificate extension cannot be made");
    requireOpenssl(X509_add_ext(&certificate, extension.get(), -1),
                   "A certificate extension cannot be added");
}

// `bits` count from the left, as RFC 5280 numbers them.
void addKeyUsage(X509& certificate, std::initializer_list<int> bits) {
    const auto usage = ownOpenssl<BitStringPtr>(ASN1_BIT_STRING_new(), "Key usage cannot be made");
    for (const int bit : bits) {
        requireOpenssl(ASN1_BIT_STRING_set_bit(usage.get(), bit, 1), "Key usage cannot be made");
    }
    add(certificate, NID_key_usage, usage.get(), Criticality::Critical);
}

// rfc822Name and URI are both IA5String.
GeneralNamePtr textName(int type, const std::string& text) {
    auto name = ownOpenssl<GeneralNamePtr>(GENERAL_NAME_new(), "A name cannot be made");
    ASN1_IA5STRING* value = ASN1_IA5STRING_new();
    requireOpenssl(ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())),
                   "A name cannot be made");
    GENERAL_NAME_set0_value(name.get(), type, value);
    return name;
}

GeneralNamePtr localityName(const std::string& locality) {
    auto name = ownOpenssl<GeneralNamePtr>(GENERAL_NAME_new(), "A name cannot be made");
    auto directoryName = ownOpenssl<X509NamePtr>(X509_NAME_new(), "A name cannot be made");
    requireOpenssl(X509_NAME_add_entry_by_NID(directoryName.get(), NID_localityName, V_ASN1_PRINTABLESTRING,
                                              reinterpret_cast<const unsigned char*>(locality.data()),
                                              static_cast<int>(locality.size()), -1, 0),
                   "A name cannot be made");
    GENERAL_NAME_set0_value(name.get(), GEN_DIRNAME, directoryName.release());
    return name;
}

void push(GENERAL_NAMES& names, GeneralNamePtr name) {
    if (sk_GENERAL_NAME_push(&names, name.get()) == 0) {
        throw opensslError("A list of names cannot be made");
    }
    static_cast<void>(name.release()); // the list owns it now
}

} // namespace

void addSubjectKeyIdentifier(X509& certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    requireOpenssl(X509_pubkey_digest(&certificate, EVP_sha1(), hash.data(), &size),
                   "The key identifier cannot be computed");
    const auto identifier =
        ownOpenssl<OctetStringPtr>(ASN1_OCTET_STRING_new(), "A key identifier cannot be made");
    requireOpenssl(ASN1_OCTET_STRING_set(identifier.get(), hash.data(), static_cast<int>(size)),
                   "A key identifier cannot be made");
    add(certificate, NID_subject_key_identifier, identifier.get(), Criticality::NotCritical);
}

void addAuthorityKeyIdentifier(X509& certificate, const X509& issuer) {
    // From the extension itself: what OpenSSL caches of a certificate is stale while it is being built.
    auto identifier = ownOpenssl<OctetStringPtr>(static_cast<ASN1_OCTET_STRING*>(X509_get_ext_d2i(
                                                     &issuer, NID_subject_key_identifier, nullptr, nullptr)),
                                                 "The issuer of a certificate has no key identifier");
    const auto authority =
        ownOpenssl<AuthorityKeyIdPtr>(AUTHORITY_KEYID_new(), "A key identifier cannot be made");
    authority->keyid = identifier.release();
    add(certificate, NID_authority_key_identifier, authority.get(), Criticality::NotCritical);
}

void addCertificateSigningUsage(X509& certificate) {
    addKeyUsage(certificate, {5, 6});
}

void addDigitalSignatureUsage(X509& certificate) {
    addKeyUsage(certificate, {0});
}

void addPrivateKeyUsagePeriod(X509& certificate, const Period& usage) {
    const auto period = ownOpenssl<UsagePeriodPtr>(PKEY_USAGE_PERIOD_new(), "A usage period cannot be made");
    period->notBefore = ASN1_GENERALIZEDTIME_set(nullptr, usage.from.time_since_epoch().count());
    period->notAfter = ASN1_GENERALIZEDTIME_set(nullptr, usage.to.time_since_epoch().count());
    add(certificate, NID_private_key_usage_period, period.get(), Criticality::NotCritical);
}

void addAlternativeNames(X509& certificate, const std::string& email, const std::string& countryInMrz) {
    const auto names =
        ownOpenssl<GeneralNamesPtr>(sk_GENERAL_NAME_new_null(), "A list of names cannot be made");
    push(*names, textName(GEN_EMAIL, email));
    push(*names, localityName(countryInMrz));
    for (const int nid : {NID_subject_alt_name, NID_issuer_alt_name}) {
        add(certificate, nid, names.get(), Criticality::NotCritical);
    }
}

void addBasicConstraints(X509& certificate) {
    const auto constraints =
        ownOpenssl<BasicConstraintsPtr>(BASIC_CONSTRAINTS_new(), "Basic constraints cannot be made");
    constraints->ca = 0xFF;
    constraints->pathlen = ASN1_INTEGER_new();
    requireOpenssl(ASN1_INTEGER_set(constraints->pathlen, 0), "Basic constraints cannot be made");
    add(certificate, NID_basic_constraints, constraints.get(), Criticality::Critical);
}

void addCrlDistributionPoint(X509& certificate, const std::string& address) {
    const auto points =
        ownOpenssl<CrlDistributionPointsPtr>(sk_DIST_POINT_new_null(), "A distribution point cannot be made");
    auto point = ownOpenssl<DistributionPointPtr>(DIST_POINT_new(), "A distribution point cannot be made");
    point->distpoint = DIST_POINT_NAME_new();
    point->distpoint->type = 0; // fullName
    point->distpoint->name.fullname = sk_GENERAL_NAME_new_null();
    push(*point->distpoint->name.fullname, textName(GEN_URI, address));
    if (sk_DIST_POINT_push(points.get(), point.get()) == 0) {
        throw opensslError("A distribution point cannot be made");
    }
    static_cast<void>(point.release()); // the list owns it now
    add(certificate, NID_crl_distribution_points, points.get(), Criticality::NotCritical);
}

void addExtendedKeyUsage(X509& certificate, const std::string& purpose) {
    const auto usage = ownOpenssl<ExtendedKeyUsagePtr>(EXTENDED_KEY_USAGE_new(), "A purpose cannot be made");
    auto oid = ownOpenssl<ObjectPtr>(OBJ_txt2obj(purpose.c_str(), 1), "The purpose has no name");
    if (sk_ASN1_OBJECT_push(usage.get(), oid.get()) == 0) {
        throw opensslError("A purpose cannot be made");
    }
    static_cast<void>(oid.release()); // the list owns it now
    add(certificate, NID_ext_key_usage, usage.get(), Criticality::Critical);
}

void addNameChange(X509& certificate) {
    addUnknownToOpenssl(certificate, std::string(trust::nameChangeIdentifier), fromHex("0500"));
}

void addDocumentTypeList(X509& certificate, const std::string& documentType) {
    const Bytes types = encodeTlv(0x31, encodeTlv(0x13, viewOf(documentType)));
    addUnknownToOpenssl(certificate, documentTypeListOid, encodeTlv(0x30, fromHex("020100"), types));
}

} // namespace cancuoc::personalization
