// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/country_signing_authority.hpp"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>
#include <openssl/core_names.h>

#include "host/base/error.hpp"
#include "host/crypto/bignum.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/pem_file.hpp"

namespace cancuoc::personalization {

namespace {

using std::chrono::sys_seconds;

using CrlNumberPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;
using RevokedPtr = std::unique_ptr<X509_REVOKED, OpensslFree<X509_REVOKED_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;

// Names under "example" belong to nobody (RFC 2606, 2).
constexpr const char* organization = "cancuoc test PKI";
constexpr const char* email = "csca@cancuoc.example";
constexpr const char* crlAddress = "https://csca.cancuoc.example/csca.crl";
constexpr const char* countryInMrz = "VNM";

// Every attribute is a PrintableString (Doc 9303-12, Table 5 and 7.1.1.1.1).
X509NamePtr makeName(std::initializer_list<std::pair<int, const char*>> attributes) {
    auto name = ownOpenssl<X509NamePtr>(X509_NAME_new(), "A name cannot be made");
    for (const auto& [nid, value] : attributes) {
        requireOpenssl(X509_NAME_add_entry_by_NID(name.get(), nid, V_ASN1_PRINTABLESTRING,
                                                  reinterpret_cast<const unsigned char*>(value), -1, -1, 0),
                       "A name cannot be made");
    }
    return name;
}

X509NamePtr numberedName(int number, const char* commonName) {
    const std::string serialNumber = fmt::format("{:03}", number);
    return makeName({{NID_countryName, "VN"},
                     {NID_organizationName, organization},
                     {NID_serialNumber, serialNumber.c_str()},
                     {NID_commonName, commonName}});
}

// 16 random bytes with the first bit off and the second on: positive, never zero and never padded.
void setSerialNumber(X509& certificate, RandomSource& random) {
    Bytes serial = random.bytes(16);
    serial.front() = static_cast<std::uint8_t>((serial.front() & 0x7F) | 0x40);
    const auto number = ownOpenssl<BignumPtr>(
        BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr), "A serial number cannot be made");
    if (BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) == nullptr) {
        throw opensslError("A serial number cannot be set");
    }
}

// What all certificates share (Doc 9303-12, Table 5). OpenSSL writes UTCTime through 2049, then
// GeneralizedTime.
X509Ptr makeCertificate(const X509_NAME& issuer, const X509_NAME& subject, EVP_PKEY& key,
                        const Period& validity, RandomSource& random) {
    auto certificate = ownOpenssl<X509Ptr>(X509_new(), "A certificate cannot be made");
    requireOpenssl(X509_set_version(certificate.get(), X509_VERSION_3), "A certificate cannot be made");
    setSerialNumber(*certificate, random);
    requireOpenssl(X509_set_issuer_name(certificate.get(), &issuer), "A certificate cannot be named");
    requireOpenssl(X509_set_subject_name(certificate.get(), &subject), "A certificate cannot be named");
    requireOpenssl(X509_set_pubkey(certificate.get(), &key), "A certificate cannot take its key");
    if (ASN1_TIME_set(X509_getm_notBefore(certificate.get()), validity.from.time_since_epoch().count()) ==
            nullptr ||
        ASN1_TIME_set(X509_getm_notAfter(certificate.get()), validity.to.time_since_epoch().count()) ==
            nullptr) {
        throw opensslError("A certificate cannot take its validity");
    }
    return certificate;
}

void sign(X509& certificate, EVP_PKEY& key) {
    if (X509_sign_ctx(&certificate, signingContext(key).get()) == 0) {
        throwSigningFailure("A certificate cannot be signed");
    }
}

// What makes it the certificate of a CSCA's key.
void addCertificationAuthority(X509& certificate, const Period& keyUsage) {
    addCertificateSigningUsage(certificate);
    addPrivateKeyUsagePeriod(certificate, keyUsage);
    addAlternativeNames(certificate, email, countryInMrz);
    addBasicConstraints(certificate);
    addCrlDistributionPoint(certificate, crlAddress);
}

// Until when the last signer that a CSCA has certified is to be verifiable (Doc 9303-12, 4.1.4.1).
sys_seconds lastDayBelow(sys_seconds usageEnd, const PkiPolicy& policy) {
    return std::max(after(usageEnd, policy.documentSignerKeyUsage + policy.documentValidity),
                    after(usageEnd, policy.sealSignerKeyUsage + policy.sealValidity));
}

TimePtr timeOf(sys_seconds moment) {
    return ownOpenssl<TimePtr>(ASN1_TIME_set(nullptr, moment.time_since_epoch().count()),
                               "A time cannot be written");
}

// Without extensions of its own (Doc 9303-12, table 10).
void addEntry(X509_CRL& crl, const Revocation& revocation) {
    auto entry = ownOpenssl<RevokedPtr>(X509_REVOKED_new(), "An entry of a CRL cannot be made");
    const auto number =
        ownOpenssl<CrlNumberPtr>(BN_to_ASN1_INTEGER(toBignum(revocation.serialNumber).get(), nullptr),
                                 "A serial number cannot be set");
    requireOpenssl(X509_REVOKED_set_serialNumber(entry.get(), number.get()),
                   "An entry of a CRL cannot be made");
    requireOpenssl(X509_REVOKED_set_revocationDate(entry.get(), timeOf(revocation.time).get()),
                   "An entry of a CRL cannot be made");
    requireOpenssl(X509_CRL_add0_revoked(&crl, entry.get()), "An entry of a CRL cannot be made");
    static_cast<void>(entry.release()); // the CRL owns it now
}

void addCrlExtensions(X509_CRL& crl, const X509& issuer, long number) {
    const auto authority =
        std::unique_ptr<AUTHORITY_KEYID, OpensslFree<AUTHORITY_KEYID_free>>(static_cast<AUTHORITY_KEYID*>(
            X509_get_ext_d2i(&issuer, NID_authority_key_identifier, nullptr, nullptr)));
    requireOpenssl(
        X509_CRL_add1_ext_i2d(&crl, NID_authority_key_identifier, authority.get(), 0, X509V3_ADD_APPEND),
        "A CRL cannot name its issuer's key");
    const auto encoded = ownOpenssl<CrlNumberPtr>(ASN1_INTEGER_new(), "A CRL cannot be numbered");
    requireOpenssl(ASN1_INTEGER_set(encoded.get(), number), "A CRL cannot be numbered");
    requireOpenssl(X509_CRL_add1_ext_i2d(&crl, NID_crl_number, encoded.get(), 0, X509V3_ADD_APPEND),
                   "A CRL cannot be numbered");
}

} // namespace

CountrySigningAuthority CountrySigningAuthority::make(const PkiOptions& options, Name name, sys_seconds now,
                                                      RandomSource& random, const KeyStore& keys) {
    const Period usage{now, after(now, options.policy.cscaKeyUsage)};
    EvpKey key = keys.generate(KeyKind::strong(options.cscaKey.empty() ? "P-384" : options.cscaKey),
                               options.namedCurves ? CurveEncoding::Named : CurveEncoding::Explicit,
                               options.token, "csca", random, options.announce);
    const Period validity{now, lastDayBelow(usage.to, options.policy)};
    const X509NamePtr subject = numberedName(1, options.cscaName.c_str());
    X509Ptr certificate = makeCertificate(*subject, *subject, *key, validity, random);
    addSubjectKeyIdentifier(*certificate);
    addAuthorityKeyIdentifier(*certificate, *certificate);
    addCertificationAuthority(*certificate, usage);
    if (name == Name::Changed) {
        addNameChange(*certificate);
    }
    sign(*certificate, *key);
    return CountrySigningAuthority({std::move(key), std::move(certificate)});
}

CountrySigningAuthority CountrySigningAuthority::create(const PkiOptions& options, sys_seconds now,
                                                        RandomSource& random, const KeyStore& keys) {
    return make(options, Name::Kept, now, random, keys);
}

CountrySigningAuthority CountrySigningAuthority::successor(const PkiOptions& options, sys_seconds now,
                                                           RandomSource& random, const KeyStore& keys) const {
    const X509NamePtr next = numberedName(1, options.cscaName.c_str());
    const bool isKept = X509_NAME_cmp(next.get(), X509_get_subject_name(self_.certificate.get())) == 0;
    return make(options, isKept ? Name::Kept : Name::Changed, now, random, keys);
}

X509Ptr CountrySigningAuthority::issueLink(const CountrySigningAuthority& successor, sys_seconds now,
                                           RandomSource& random) const {
    static_cast<void>(usage(now));
    const X509& next = *successor.self_.certificate;
    const auto& issuer = *X509_get_subject_name(self_.certificate.get());
    const auto& subject = *X509_get_subject_name(&next);
    const Period validity{now, trust::timeOf(*X509_get0_notAfter(self_.certificate.get()))};
    X509Ptr certificate = makeCertificate(issuer, subject, *X509_get0_pubkey(&next), validity, random);
    addSubjectKeyIdentifier(*certificate);
    addAuthorityKeyIdentifier(*certificate, *self_.certificate);
    addCertificationAuthority(*certificate, successor.usage(now));
    if (X509_NAME_cmp(&issuer, &subject) != 0) {
        addNameChange(*certificate);
    }
    sign(*certificate, *self_.key);
    return certificate;
}

CountrySigningAuthority CountrySigningAuthority::load(const PkiFiles& files, const KeyStore& keys) {
    CertifiedKey self{keys.read(files.cscaKey), readCertificate(files.cscaCertificate)};
    if (X509_check_private_key(self.certificate.get(), self.key.get()) != 1) {
        throw BadConfiguration("\"" + files.cscaKey.string() + "\" does not belong to the certificate in \"" +
                               files.cscaCertificate.string() + "\".");
    }
    return CountrySigningAuthority(std::move(self));
}

// Its key signs certificates in this period alone; CRLs as long as somebody needs them.
Period CountrySigningAuthority::usage(sys_seconds now) const {
    const auto period = trust::privateKeyUsagePeriodOf(*self_.certificate);
    if (!period || !period->notAfter || !period->contains(now)) {
        throw BadConfiguration(
            "The usage period of the CSCA's key does not cover today. The next key is to be made before it "
            "ends, "
            "with \"cancuoc pki csca DIR\"; after that, make a new PKI with \"cancuoc pki init DIR\".");
    }
    return {now, *period->notAfter};
}

X509Ptr CountrySigningAuthority::begin(const X509_NAME& subject, EVP_PKEY& key, const Period& validity,
                                       RandomSource& random) const {
    if (validity.to > trust::timeOf(*X509_get0_notAfter(self_.certificate.get()))) {
        throw BadConfiguration(
            "The certificate would outlive that of the CSCA, which was made for shorter periods (Doc "
            "9303-12, "
            "4.1.4.1). Make the CSCA's next key with \"cancuoc pki csca DIR\", or shorten the periods in "
            "policy.json.");
    }
    return makeCertificate(*X509_get_subject_name(self_.certificate.get()), subject, key, validity, random);
}

// What document signers and signers of lists share (Doc 9303-12, table 6).
void CountrySigningAuthority::addSigner(X509& certificate) const {
    addSubjectKeyIdentifier(certificate);
    addAuthorityKeyIdentifier(certificate, *self_.certificate);
    addDigitalSignatureUsage(certificate);
    addAlternativeNames(certificate, email, countryInMrz);
    addCrlDistributionPoint(certificate, crlAddress);
}

X509Ptr CountrySigningAuthority::certifyDocumentSigner(const SignerGrant& grant, EVP_PKEY& key,
                                                       const PkiPolicy& policy, sys_seconds now,
                                                       RandomSource& random) const {
    const Period keyUsage{now, after(now, policy.documentSignerKeyUsage)};
    const Period validity{now, after(keyUsage.to, policy.documentValidity)}; // Doc 9303-12, 4.1.1.1
    X509Ptr certificate =
        begin(*numberedName(grant.number, "Document Signer Vietnam (test)"), key, validity, random);
    addSigner(*certificate);
    addPrivateKeyUsagePeriod(*certificate, keyUsage);
    addDocumentTypeList(*certificate, grant.documentType);
    return certificate;
}

// Valid as long as the authority's key may sign: the standard leaves it to the State (Table 1).
X509Ptr CountrySigningAuthority::certifyListSigner(const SignerGrant& grant, EVP_PKEY& key, sys_seconds now,
                                                   RandomSource& random) const {
    const bool masterList = grant.name.kind == SignerKind::MasterListSigner;
    const auto& role = masterList ? trust::masterListSignerRole : trust::deviationListSignerRole;
    const std::string commonName = std::string(role.signer) + " Vietnam (test)";
    X509Ptr certificate = begin(*numberedName(grant.number, commonName.c_str()), key, usage(now), random);
    addSigner(*certificate);
    addExtendedKeyUsage(*certificate, std::string(role.purpose));
    return certificate;
}

// Doc 9303-12, 7.1.3 and Table 8: short, for verifiers get it some other way than with the seal. Its serial
// number is what the seal names it by, five hexadecimal digits in version 3 (Doc 9303-13, 2.2.1).
X509Ptr CountrySigningAuthority::certifySealSigner(const SignerGrant& grant, EVP_PKEY& key,
                                                   const PkiPolicy& policy, sys_seconds now,
                                                   RandomSource& random) const {
    const Period validity{now, after(now, policy.sealSignerKeyUsage + policy.sealValidity)};
    const auto name = makeName({{NID_countryName, "VN"}, {NID_commonName, grant.name.identifier.c_str()}});
    X509Ptr certificate = begin(*name, key, validity, random);
    requireOpenssl(ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), grant.number),
                   "A serial number cannot be set");
    addAuthorityKeyIdentifier(*certificate, *self_.certificate);
    addExtendedKeyUsage(*certificate, std::string(trust::barCodeSignerRole.purpose));
    return certificate;
}

X509Ptr CountrySigningAuthority::certify(const SignerGrant& grant, EVP_PKEY& key, const PkiPolicy& policy,
                                         sys_seconds now, RandomSource& random) const {
    static_cast<void>(usage(now));
    checkGrant(grant, key);
    X509Ptr certificate =
        grant.name.kind == SignerKind::DocumentSigner ? certifyDocumentSigner(grant, key, policy, now, random)
        : grant.name.kind == SignerKind::SealSigner   ? certifySealSigner(grant, key, policy, now, random)
                                                      : certifyListSigner(grant, key, now, random);
    sign(*certificate, *self_.key);
    return certificate;
}

CertifiedKey CountrySigningAuthority::issue(const SignerGrant& grant, const SignerKeyOptions& options,
                                            const PkiPolicy& policy, sys_seconds now, RandomSource& random,
                                            const KeyStore& keys) const {
    static_cast<void>(usage(now)); // before a key is made in a token
    EvpKey key = makeSignerKey(grant.name, options, random, keys);
    X509Ptr certificate = certify(grant, *key, policy, now, random);
    return {std::move(key), std::move(certificate)};
}

std::string CountrySigningAuthority::commonName() const {
    const X509_NAME* const name = X509_get_subject_name(self_.certificate.get());
    const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    return index < 0 ? ""
                     : toText(trust::bytesOf(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))));
}

// As its bytes say: the key object in a certificate that was just made may not tell.
bool namesCurve(const X509& certificate) {
    const Bytes der = trust::subjectPublicKeyInfoOf(certificate);
    const unsigned char* position = der.data();
    const auto key = ownOpenssl<EvpKey>(d2i_PUBKEY(nullptr, &position, static_cast<long>(der.size())),
                                        "The key of a certificate cannot be read");
    char encoding[32] = {};
    return EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, encoding, sizeof encoding,
                                          nullptr) == 1 &&
           std::string_view(encoding) == OSSL_PKEY_EC_ENCODING_GROUP;
}

X509CrlPtr CountrySigningAuthority::issueCrl(sys_seconds now, long number,
                                             const std::vector<Revocation>& revoked,
                                             const Span& period) const {
    auto crl = ownOpenssl<X509CrlPtr>(X509_CRL_new(), "A CRL cannot be made");
    requireOpenssl(X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2), "A CRL cannot be made");
    requireOpenssl(X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(self_.certificate.get())),
                   "A CRL cannot be named");
    requireOpenssl(X509_CRL_set1_lastUpdate(crl.get(), timeOf(now).get()), "A CRL cannot take its time");
    requireOpenssl(X509_CRL_set1_nextUpdate(crl.get(), timeOf(after(now, period)).get()),
                   "A CRL cannot take its time");
    for (const auto& revocation : revoked) {
        addEntry(*crl, revocation);
    }
    addCrlExtensions(*crl, *self_.certificate, number);
    if (X509_CRL_sign_ctx(crl.get(), signingContext(*self_.key).get()) == 0) {
        throwSigningFailure("A CRL cannot be signed");
    }
    return crl;
}

} // namespace cancuoc::personalization
