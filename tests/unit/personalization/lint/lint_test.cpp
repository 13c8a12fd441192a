// SPDX-License-Identifier: Apache-2.0
// Each rule for CRLs, EF.SOD, master lists and CV certificates has a file that breaks it, made of one that
// breaks none; those for certificates have theirs where the profile is tested.
#include "personalization/lint/linter.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include <doctest/doctest.h>
#include <openssl/cms.h>
#include <openssl/x509v3.h>

#include "host/apdu/tlv.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/lint/certificate_rules.hpp"
#include "personalization/lint/cv_certificate_rules.hpp"
#include "personalization/lint/revocation_list_rules.hpp"
#include "personalization/lint/signed_data_rules.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::Identity;
using Ids = std::vector<std::string>;

namespace {

using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;

// What the tests have broken, to see at the end that nothing was forgotten.
std::set<std::string>& seenBroken() {
    static std::set<std::string> seen;
    return seen;
}

// The rules that a file breaks, parted by spaces.
std::string brokenBy(BytesView file) {
    std::string ids;
    for (const auto& finding : lint::examine(file).findings) {
        if (finding.where.empty()) { // what is said of the certificates inside is not asked here
            ids += (ids.empty() ? "" : " ") + finding.rule->id;
            seenBroken().insert(finding.rule->id);
        }
    }
    return ids;
}

template <class Structure>
Bytes derOf(int (*encode)(const Structure*, unsigned char**), const Structure* structure) {
    unsigned char* encoded = nullptr;
    const int size = encode(structure, &encoded);
    Bytes der(encoded, encoded + size);
    OPENSSL_free(encoded);
    return der;
}

// The last place where `from` stands holds `to` instead.
Bytes patched(Bytes bytes, const Bytes& from, const Bytes& to) {
    const auto found = std::find_end(bytes.begin(), bytes.end(), from.begin(), from.end());
    REQUIRE(found != bytes.end());
    std::copy(to.begin(), to.end(), found);
    return bytes;
}

const Identity& authority() {
    static const Identity csca = test::makeSelfSigned(test::makeEcKey("P-256"));
    return csca;
}

// --- CRLs

void add(X509_CRL& crl, const char* name, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, authority().certificate.get(), nullptr, nullptr, &crl, 0);
    const ExtensionPtr extension(X509V3_EXT_conf(nullptr, &context, name, value));
    REQUIRE(extension);
    X509_CRL_add_ext(&crl, extension.get(), -1);
}

void setNextUpdate(X509_CRL& crl, std::chrono::hours after) {
    const TimePtr time(ASN1_TIME_set(nullptr, (test::now + after).time_since_epoch().count()));
    X509_CRL_set1_nextUpdate(&crl, time.get());
}

void revoke(X509_CRL& crl, bool withReason) {
    auto* const entry = X509_REVOKED_new();
    const TimePtr time(ASN1_TIME_set(nullptr, test::now.time_since_epoch().count()));
    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(authority().certificate.get()));
    X509_REVOKED_set_revocationDate(entry, time.get());
    if (withReason) {
        ASN1_ENUMERATED* const reason = ASN1_ENUMERATED_new();
        ASN1_ENUMERATED_set(reason, CRL_REASON_KEY_COMPROMISE);
        X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, X509V3_ADD_DEFAULT);
        ASN1_ENUMERATED_free(reason);
    }
    X509_CRL_add0_revoked(&crl, entry);
}

struct CrlParts {
    bool keyIdentifier = true;
    std::string number = "7";
    bool nextUpdate = true;
    const EVP_MD* digest = EVP_sha256();
};

Bytes crlWith(const std::function<void(X509_CRL&)>& change, const CrlParts& parts = {}) {
    const X509CrlPtr crl(X509_CRL_new());
    X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(authority().certificate.get()));
    const TimePtr now(ASN1_TIME_set(nullptr, test::now.time_since_epoch().count()));
    X509_CRL_set1_lastUpdate(crl.get(), now.get());
    if (parts.nextUpdate) {
        setNextUpdate(*crl, std::chrono::hours(24 * 90));
    }
    if (parts.keyIdentifier) {
        add(*crl, "authorityKeyIdentifier", "keyid:always");
    }
    if (!parts.number.empty()) {
        add(*crl, "2.5.29.20", ("DER:" + parts.number).c_str());
    }
    change(*crl);
    X509_CRL_sign(crl.get(), authority().key.get(), parts.digest);
    return derOf(i2d_X509_CRL, crl.get());
}

CrlParts numbered(const std::string& der) {
    CrlParts parts;
    parts.number = der;
    return parts;
}

const std::string seven = "020107";

void setIssuer(X509_CRL& crl, const char* country) {
    const X509NamePtr name(X509_NAME_new());
    const auto addEntry = [&](int nid, const char* value) {
        X509_NAME_add_entry_by_NID(name.get(), nid, V_ASN1_PRINTABLESTRING,
                                   reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
    };
    if (country != nullptr) {
        addEntry(NID_countryName, country);
    }
    addEntry(NID_commonName, "CSCA");
    X509_CRL_set_issuer_name(&crl, name.get());
}

// --- signed data

const Identity& documentSigner() {
    static const Identity signer =
        test::issue(authority(), test::makeEcKey("P-256"), test::documentSignerOptions());
    return signer;
}

const Identity& listSigner() {
    static const Identity signer = [] {
        auto options = test::documentSignerOptions();
        options.serial = 5;
        options.extendedKeyUsage = "critical,2.23.136.1.1.3";
        return test::issue(authority(), test::makeEcKey("P-256"), options);
    }();
    return signer;
}

Identity strangersAuthority() {
    test::CertificateOptions options;
    options.commonName = "CSCA Other";
    return test::makeSelfSigned(test::makeEcKey("P-256"), options);
}

lds::DocumentSecurityObject object() {
    lds::DocumentSecurityObject made;
    made.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    return made;
}

Bytes sod(const Bytes& content = object().encode(), const test::SignatureOptions& options = {},
          const std::vector<const Identity*>& signers = {&documentSigner()}) {
    return test::makeSod(content, signers, options);
}

Bytes listOf(const std::vector<Bytes>& certificates) {
    Bytes set;
    for (const auto& certificate : certificates) {
        append(set, certificate);
    }
    return encodeTlv(0x30, encodeTlv(0x02, Bytes{0}), encodeTlv(0x31, set));
}

test::SignatureOptions listOptions() {
    test::SignatureOptions options;
    options.contentType = "2.23.136.1.1.2";
    options.flags = CMS_USE_KEYID;
    options.embedded = &authority();
    return options;
}

Bytes masterList(const Bytes& content = listOf({authority().der()}),
                 const test::SignatureOptions& options = listOptions(),
                 const Identity& signer = listSigner()) {
    return toBytes(readTlv(test::makeSod(content, {&signer}, options), 0x77, "the wrapper").value);
}

// The signed data of an EF.SOD or a master list once more, after a change that its signature does not cover.
Bytes changed(const Bytes& contentInfo, const std::function<void(CMS_ContentInfo&)>& change) {
    const auto cms = lds::SignedData::decode(contentInfo).parseCms();
    change(*cms);
    return derOf(i2d_CMS_ContentInfo, cms.get());
}

Bytes changedSod(const std::function<void(CMS_ContentInfo&)>& change) {
    const auto file = lds::SecurityObjectFile::decode(sod());
    return lds::SecurityObjectFile::wrap(changed(file.signedData().contentInfo(), change)).encode();
}

void addUnsignedAttribute(CMS_ContentInfo& cms) {
    auto* const signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(&cms), 0);
    CMS_unsigned_add1_attr_by_txt(signer, "1.2.3.4", V_ASN1_OCTET_STRING, "x", 1);
}

// What was signed is another thing then.
void removeSigningTime(CMS_ContentInfo& cms) {
    auto* const signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(&cms), 0);
    X509_ATTRIBUTE_free(
        CMS_signed_delete_attr(signer, CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1)));
}

void addRevocationList(CMS_ContentInfo& cms) {
    const Bytes der = test::makeCrl(authority(), {});
    const unsigned char* position = der.data();
    const X509CrlPtr crl(d2i_X509_CRL(nullptr, &position, static_cast<long>(der.size())));
    CMS_add1_crl(&cms, crl.get());
}

// SHA-256 with parameters NULL where OpenSSL leaves them out: the lengths of what is around grow by two.
Bytes withNullParameters(const Bytes& contentInfo) {
    TlvReader outer = readTlv(contentInfo, 0x30, "ContentInfo").children();
    const auto type = outer.expect(0x06, "type");
    TlvReader reader = readTlv(outer.expect(0xA0, "content").value, 0x30, "SignedData").children();
    const auto version = reader.expect(0x02, "version");
    const auto algorithms = reader.expect(0x31, "algorithms");
    const Bytes algorithm =
        encodeTlv(0x30, readTlv(algorithms.value, 0x30, "algorithm").value, Bytes{0x05, 0x00});
    return encodeTlv(
        0x30, type.encoded,
        encodeTlv(0xA0, encodeTlv(0x30, version.encoded, encodeTlv(0x31, algorithm), reader.remaining())));
}

} // namespace

TEST_CASE("rules have identifiers of their own, and say what, where and how bad") {
    std::set<std::string> ids;
    for (const auto* rule : lint::everyRule()) {
        CAPTURE(rule->id);
        CHECK(ids.insert(rule->id).second);
        CHECK((rule->clause.starts_with("Doc 9303-1") || rule->clause.starts_with("BSI TR-03110-3")));
        CHECK_FALSE(rule->broken.empty());
        CHECK(rule->id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos);
    }
    CHECK(ids.size() >= 120);
    CHECK(ids.count("certificate.crl-distribution-points.is-missing") == 1);
    CHECK(ids.count("certificate.signature-algorithm.uses-sha-1") == 1);
}

TEST_CASE("what is no file of the PKI is malformed, whatever it holds") {
    for (const Bytes& file :
         {Bytes(), Bytes{0x77}, Bytes{0x30, 0x00}, Bytes(1000, 0x30), toBytes(viewOf("text"))}) {
        CHECK(brokenBy(file) == "file.malformed");
    }
    CHECK(brokenBy(BytesView(sod()).first(300)) == "file.malformed");
}

TEST_CASE("certificates: each defect of the profile is a rule") {
    test::CertificateOptions options;
    const auto report = lint::examine(test::makeSelfSigned(test::makeEcKey("P-256"), options).der());
    CHECK(report.kind == "certificate");
    CHECK_FALSE(report.isConformant());
    Ids ids;
    for (const auto& finding : report.findings) {
        ids.push_back(finding.rule->id);
        CHECK(finding.country == "VN");
    }
    CHECK(ids ==
          Ids{"certificate.crl-distribution-points.is-missing", "certificate.issuer-alt-name.is-missing",
              "certificate.private-key-usage-period.is-missing", "certificate.subject-alt-name.is-missing"});
}

TEST_CASE("CRLs: one rule broken at a time") {
    const auto nothing = [](X509_CRL&) {};
    const auto good = numbered(seven);
    CHECK(brokenBy(crlWith(nothing, good)).empty());
    CHECK(brokenBy(crlWith([](X509_CRL& crl) { revoke(crl, false); }, good)).empty());
    CHECK(lint::examine(crlWith(nothing, good)).kind == "CRL");

    const auto onlyBroken = [](const std::string& id, const Bytes& crl) { CHECK(brokenBy(crl) == id); };
    onlyBroken("crl.version",
               crlWith([](X509_CRL& crl) { X509_CRL_set_version(&crl, X509_CRL_VERSION_1); }, good));
    onlyBroken("crl.signature-algorithm",
               patched(crlWith(nothing, good), fromHex("2A8648CE3D040302"), fromHex("2A8648CE3D040303")));
    auto sha1 = good;
    sha1.digest = EVP_sha1();
    onlyBroken("crl.hash-algorithm", crlWith(nothing, sha1));
    onlyBroken("crl.issuer-country", crlWith([](X509_CRL& crl) { setIssuer(crl, nullptr); }, good));
    onlyBroken("crl.issuer-country-case", crlWith([](X509_CRL& crl) { setIssuer(crl, "vn"); }, good));
    auto endless = good;
    endless.nextUpdate = false;
    onlyBroken("crl.next-update", crlWith(nothing, endless));
    onlyBroken("crl.period",
               crlWith([](X509_CRL& crl) { setNextUpdate(crl, std::chrono::hours(24 * 90 + 1)); }, good));
    onlyBroken("crl.order-of-updates",
               crlWith([](X509_CRL& crl) { setNextUpdate(crl, std::chrono::hours(-1)); }, good));
    onlyBroken("crl.empty-list", crlWith(
                                     [](X509_CRL& crl) {
                                         revoke(crl, false);
                                         X509_REVOKED_free(sk_X509_REVOKED_pop(X509_CRL_get_REVOKED(&crl)));
                                     },
                                     good));
    auto anonymous = good;
    anonymous.keyIdentifier = false;
    onlyBroken("crl.authority-key-identifier", crlWith(nothing, anonymous));
    onlyBroken("crl.number", crlWith(nothing, numbered("")));
    onlyBroken("crl.number-range", crlWith(nothing, numbered("0201FF")));
    onlyBroken("crl.number-range", crlWith(nothing, numbered("0215" + std::string(42, '1'))));
    onlyBroken("crl.delta",
               crlWith([](X509_CRL& crl) { add(crl, "2.5.29.27", "critical,DER:020105"); }, good));
    onlyBroken("crl.distribution-point",
               crlWith([](X509_CRL& crl) { add(crl, "2.5.29.28", "critical,DER:30038101FF"); }, good));
    onlyBroken("crl.freshest", crlWith([](X509_CRL& crl) { add(crl, "2.5.29.46", "DER:3000"); }, good));
    onlyBroken("crl.entry-extensions", crlWith([](X509_CRL& crl) { revoke(crl, true); }, good));
}

TEST_CASE("EF.SOD: one rule broken at a time") {
    CHECK(brokenBy(sod()).empty());
    CHECK(lint::examine(sod()).kind == "EF.SOD");
    const auto onlyBroken = [](const std::string& id, const Bytes& file) { CHECK(brokenBy(file) == id); };
    onlyBroken("sod.cms-version", patched(sod(), fromHex("02010331"), fromHex("02010431")));
    const auto contentInfo = lds::SecurityObjectFile::decode(sod()).signedData().contentInfo();
    onlyBroken("sod.digest-parameters", encodeTlv(0x77, withNullParameters(contentInfo)));
    onlyBroken("sod.signer-certificate", sod(object().encode(), {.flags = CMS_NOCERTS}));
    onlyBroken("sod.signers", sod(object().encode(), {}, {&documentSigner(), &listSigner()}));
    onlyBroken("sod.signed-attributes", sod(object().encode(), {.flags = CMS_NOATTR}));
    onlyBroken("sod.unsigned-attributes", changedSod(addUnsignedAttribute));
    onlyBroken("sod.signer-version", patched(sod(), fromHex("02010130"), fromHex("02010330")));
    auto forged = sod();
    forged.back() ^= 0x01;
    onlyBroken("sod.signature", forged);
    onlyBroken("sod.content-type", sod(object().encode(), {.contentType = "1.3.27.1.1.1"}));
    onlyBroken("sod.revocation-lists", changedSod(addRevocationList));
    onlyBroken("sod.signer-identifier", sod(object().encode(), {.flags = CMS_USE_KEYID}));
    onlyBroken("sod.object", sod(fromHex("3000")));
    auto single = object();
    single.dataGroupHashes.erase(2);
    onlyBroken("sod.hashes", sod(single.encode()));
    auto more = object();
    more.unknownDataGroupHashes[17] = Bytes(32, 0x33);
    onlyBroken("sod.data-groups", sod(more.encode()));
}

TEST_CASE("master lists: one rule broken at a time") {
    CHECK(brokenBy(masterList()).empty());
    const auto report = lint::examine(masterList());
    CHECK(report.kind == "master list");
    CHECK(report.certificates == 1);
    const auto onlyBroken = [](const std::string& id, const Bytes& file) { CHECK(brokenBy(file) == id); };
    const Bytes content = listOf({authority().der()});
    onlyBroken("master-list.cms-version", patched(masterList(), fromHex("02010331"), fromHex("02010431")));
    onlyBroken("master-list.digest-parameters", withNullParameters(masterList()));
    auto options = listOptions();
    options.flags |= CMS_NOCERTS;
    onlyBroken("master-list.signer-certificate", masterList(content, options));
    onlyBroken("master-list.unsigned-attributes", changed(masterList(), addUnsignedAttribute));
    auto forged = masterList();
    forged.back() ^= 0x01;
    onlyBroken("master-list.signature", forged);
    onlyBroken("master-list.revocation-lists", changed(masterList(), addRevocationList));
    options = listOptions();
    options.flags = 0;
    onlyBroken("master-list.signer-identifier", masterList(content, options));
    onlyBroken("master-list.own-csca", masterList(listOf({strangersAuthority().der()})));
    options = listOptions();
    options.embedded = nullptr;
    onlyBroken("master-list.csca-certificate", masterList(content, options));
    options = listOptions();
    options.contentType = "2.23.136.1.1.7";
    onlyBroken("master-list.content-type", masterList(content, options));
    onlyBroken("master-list.list", masterList(fromHex("3000")));
    options = listOptions();
    options.flags |= CMS_NOATTR;
    onlyBroken("master-list.signature master-list.signing-time", changed(masterList(), removeSigningTime));
    onlyBroken("master-list.signed-attributes", masterList(content, options));
    onlyBroken("master-list.signer-version", patched(masterList(), fromHex("02010380"), fromHex("02010180")));
    options = listOptions();
    options.embedded = nullptr;
    onlyBroken("master-list.signed-by-csca", masterList(content, options, authority()));
    const auto second = test::issue(authority(), test::makeEcKey("P-256"), test::documentSignerOptions());
    onlyBroken(
        "master-list.signers",
        toBytes(readTlv(test::makeSod(content, {&listSigner(), &second}, listOptions()), 0x77, "the wrapper")
                    .value));
}

TEST_CASE("CV certificates: one rule broken at a time") {
    using test::CvKeyPair;
    using namespace std::chrono;
    constexpr auto sha256 = HashAlgorithm::Sha256;
    const auto cvca = CvKeyPair::ecdsa("UTCVCA00001", sha256, "brainpoolP256r1");
    const auto verifier = CvKeyPair::ecdsa("UTDV00001", sha256, "brainpoolP256r1");
    const auto terminal = CvKeyPair::ecdsa("UTIS00001", sha256, "brainpoolP256r1");
    const auto file = [&](const CvKeyPair& holder, std::uint8_t authorization, days validity,
                          const std::function<void(trust::CvCertificateBody&)>& change = {}) {
        const bool isAuthority = authorization == 0xC3;
        auto body = cvca.bodyFor(holder, authorization, isAuthority);
        body.expirationDate = sys_days(body.effectiveDate) + validity;
        if (change) {
            change(body);
        }
        return cvca.issue(body).encoded();
    };
    CHECK(brokenBy(file(cvca, 0xC3, days(365))) == "");
    CHECK(brokenBy(file(verifier, 0x83, days(90))) == "");
    CHECK(brokenBy(file(terminal, 0x03, days(30))) == "");
    CHECK(lint::examine(file(cvca, 0xC3, days(365))).kind == "CV certificate");

    const auto onlyBroken = [](const std::string& id, const Bytes& made) { CHECK(brokenBy(made) == id); };
    for (const auto* const reference : {"UT00001", "utDV00001", "UTDV0-001"}) {
        onlyBroken("cv-certificate.holder-reference",
                   file(verifier, 0x83, days(90), [&](auto& body) { body.holderReference = reference; }));
    }
    onlyBroken("cv-certificate.authority-reference",
               file(verifier, 0x83, days(90), [](auto& body) { body.authorityReference = "UT00001"; }));
    onlyBroken("cv-certificate.domain-parameters-missing cv-certificate.own-signature",
               cvca.issue(cvca.bodyFor(cvca, 0xC3, false)).encoded());
    auto repeated = cvca.bodyFor(verifier, 0x83, true);
    repeated.expirationDate = sys_days(repeated.effectiveDate) + days(90);
    onlyBroken("cv-certificate.domain-parameters-repeated", cvca.issue(repeated).encoded());
    onlyBroken("cv-certificate.order-of-dates", file(terminal, 0x03, days(-1)));
    onlyBroken("cv-certificate.longest-validity", file(cvca, 0xC3, days(3 * 366 + 1)));
    onlyBroken("cv-certificate.longest-validity", file(verifier, 0x83, days(93)));
    onlyBroken("cv-certificate.longest-validity", file(terminal, 0x03, days(32)));
    onlyBroken("cv-certificate.shortest-validity", file(cvca, 0xC3, days(180)));
    onlyBroken("cv-certificate.shortest-validity", file(verifier, 0x83, days(13)));
    onlyBroken("cv-certificate.shortest-validity", file(terminal, 0x03, days(0)));
    onlyBroken("cv-certificate.terminal-type", file(terminal, 0x03, days(30), [](auto& body) {
                   body.authorization.terminalType = ObjectIdentifier::fromText("0.4.0.127.0.7.3.1.2.2");
               }));
    onlyBroken("cv-certificate.reserved-rights", file(terminal, 0x07, days(30)));
    const auto old = CvKeyPair::ecdsa("UTDV00001", HashAlgorithm::Sha1, "brainpoolP256r1");
    onlyBroken("cv-certificate.sha-1", file(old, 0x83, days(90)));
    const auto stranger = CvKeyPair::ecdsa("UTCVCA00001", sha256, "brainpoolP256r1");
    onlyBroken("cv-certificate.own-signature", stranger.issue(cvca.bodyFor(cvca, 0xC3, true)).encoded());
}

TEST_CASE("every certificate of two published master lists is held against the rules") {
    const std::pair<const char*, std::size_t> lists[] = {{"trust/DE_ML_2025-06-25-09-31-57.ml", 559},
                                                         {"trust/NL_ML_2025-07-29.ml", 394}};
    for (const auto& [file, certificates] : lists) {
        const auto report = lint::examine(test::readTestData(file));
        CHECK(report.kind == "master list");
        CHECK(report.certificates == certificates);
        CHECK(report.findings.size() > certificates); // what real countries get wrong
    }
}

TEST_CASE("no rule but those of certificates was left unbroken by the tests above") {
    for (const auto* rules : {&lint::revocationListRules(), &lint::securityObjectRules(),
                              &lint::masterListRules(), &lint::cvCertificateRules()}) {
        for (const auto& rule : *rules) {
            CAPTURE(rule.id);
            CHECK(seenBroken().count(rule.id) == 1);
        }
    }
}
