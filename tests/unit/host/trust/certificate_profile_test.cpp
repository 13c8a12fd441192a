// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

// A directory name with localityName VNM.
const std::string countryInMrz = "DER:3012A410300E310C300A06035504071303564E4D";
// 15 January 2026 to 15 January 2027
const std::string usagePeriod =
    "DER:3022800F32303236303131353038303030305A810F32303237303131353038303030305A";
const std::string documentTypes = "DER:3009020100310413024944"; // ID
const std::string crlAddress = "URI:https://csca.example/csca.crl";

using Extensions = std::vector<std::pair<std::string, std::string>>;

test::CertificateOptions rootOptions() {
    test::CertificateOptions options;
    options.country = "VN";
    options.extensions = {{"2.5.29.16", usagePeriod},
                          {"subjectAltName", countryInMrz},
                          {"issuerAltName", countryInMrz},
                          {"crlDistributionPoints", crlAddress}};
    return options;
}

test::CertificateOptions signerOptions() {
    test::CertificateOptions options = test::documentSignerOptions();
    options.extensions = rootOptions().extensions;
    options.extensions.emplace_back(std::string(documentTypeListIdentifier), documentTypes);
    return options;
}

std::string joined(const Certificate& certificate) {
    static const auto all = everyCertificateDefect();
    std::string text;
    for (const CertificateDefect& defect : certificate.defects(test::now)) {
        const bool isOfTheDay = defect.problem == "is over" || defect.problem == "has not begun";
        CHECK((isOfTheDay || std::find(all.begin(), all.end(), defect) != all.end()));
        text += (text.empty() ? "" : "; ") + defect.text();
    }
    return text;
}

std::string rootDefects(const test::CertificateOptions& options, const EvpKey& key) {
    EVP_PKEY_up_ref(key.get());
    return joined(Certificate::decode(test::makeSelfSigned(EvpKey(key.get()), options).der()));
}

const EvpKey& ecKey() {
    static const EvpKey key = test::makeEcKey("P-256");
    return key;
}

std::string rootDefects(const std::function<void(test::CertificateOptions&)>& change) {
    auto options = rootOptions();
    change(options);
    return rootDefects(options, ecKey());
}

std::string signerDefects(const std::function<void(test::CertificateOptions&)>& change = [](auto&) {}) {
    static const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-256"), rootOptions());
    auto options = signerOptions();
    change(options);
    EVP_PKEY_up_ref(ecKey().get());
    return joined(Certificate::decode(test::issue(csca, EvpKey(ecKey().get()), options).der()));
}

void without(Extensions& extensions, const std::string& name) {
    extensions.erase(std::remove_if(extensions.begin(), extensions.end(),
                                    [&](const auto& extension) { return extension.first == name; }),
                     extensions.end());
}

void with(Extensions& extensions, const std::string& name, const std::string& value) {
    without(extensions, name);
    extensions.emplace_back(name, value);
}

void setSerialNumber(X509& certificate, const Bytes& magnitude) {
    const BignumPtr number(BN_bin2bn(magnitude.data(), static_cast<int>(magnitude.size()), nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate));
}

void setSubject(X509& certificate, int nid, int type, const char* value) {
    X509_NAME* name = X509_get_subject_name(&certificate);
    X509_NAME_ENTRY_free(X509_NAME_delete_entry(name, X509_NAME_get_index_by_NID(name, nid, -1)));
    if (value != nullptr) {
        X509_NAME_add_entry_by_NID(name, nid, type, reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
    }
    X509_set_issuer_name(&certificate, name);
}

using Options = test::CertificateOptions;

} // namespace

TEST_CASE("certificates of the profile have no defect") {
    CHECK(rootDefects([](Options&) {}) == "");
    CHECK(signerDefects() == "");
    CHECK(signerDefects([](Options& options) {
              options.extendedKeyUsage = "critical,2.23.136.1.1.3";
              without(options.extensions, std::string(documentTypeListIdentifier));
          }) == "");
    CHECK(rootDefects(rootOptions(), test::makeRsaKey()) == "");
}

TEST_CASE("table 5: what is wrong in the body") {
    CHECK(rootDefects([](Options& options) {
              options.change = [](X509& certificate) { setSerialNumber(certificate, Bytes(20, 0x7F)); };
          }) == "");
    CHECK(rootDefects([](Options& options) {
              options.change = [](X509& certificate) { setSerialNumber(certificate, Bytes(20, 0x80)); };
          }) == "serialNumber has more than 20 octets");
    CHECK(rootDefects([](Options& options) { options.serial = 0; }) == "serialNumber is not positive");
    CHECK(rootDefects([](Options& options) { options.serial = -5; }) == "serialNumber is not positive");
    CHECK(rootDefects([](Options& options) { options.country = "vn"; }) ==
          "issuer names its country in lower case; subject names its country in lower case");
    CHECK(rootDefects([](Options& options) { options.country.clear(); }) ==
          "issuer names no country; subject names no country");
    CHECK(rootDefects([](Options& options) {
              options.change = [](X509& certificate) {
                  setSubject(certificate, NID_countryName, V_ASN1_UTF8STRING, "VN");
              };
          }) == "issuer has a country that is no PrintableString; "
                "subject has a country that is no PrintableString");
    CHECK(rootDefects([](Options& options) {
              options.change = [](X509& certificate) { setSubject(certificate, NID_commonName, 0, nullptr); };
          }) == "issuer has no common name; subject has no common name");
    CHECK(signerDefects([](Options& options) { options.country = "LA"; }) ==
          "subject names another country than the issuer");
    CHECK(rootDefects([](Options& options) { options.notAfter = options.notBefore; }) ==
          "validity ends before it begins; validity is over");
    CHECK(rootDefects([](Options& options) {
              options.change = [](X509& certificate) {
                  ASN1_GENERALIZEDTIME_set_string(X509_getm_notAfter(&certificate), "20280101000000Z");
              };
          }) == "validity has a time in the wrong form for its year");
    CHECK(rootDefects([](Options& options) {
              options.notAfter = std::chrono::sys_days(std::chrono::year(2050) / 1 / 1);
          }) == "");
    CHECK(rootDefects([](Options& options) { options.notAfter = test::now - test::aYear / 2; }) ==
          "validity is over");
    CHECK(rootDefects([](Options& options) { options.notBefore = test::now + test::aYear / 2; }) ==
          "validity has not begun");
}

TEST_CASE("4.1.6: what is wrong with keys and algorithms") {
    const auto named = test::makeEcKey("P-256", test::CurveParameters::Named);
    CHECK(rootDefects(rootOptions(), named) ==
          "subjectPublicKeyInfo names its curve instead of writing the parameters out");
    CHECK(rootDefects(rootOptions(), test::makeKeyWithForeignBasePoint()) ==
          "subjectPublicKeyInfo has a key that cannot be used");
    CHECK(rootDefects(rootOptions(), test::makeEcKey("P-192")) ==
          "subjectPublicKeyInfo has a curve of fewer than 224 bits");
    CHECK(rootDefects(rootOptions(), test::makeRsaKey(1024)) ==
          "subjectPublicKeyInfo has an RSA key of fewer than 2048 bits");
    auto sha1 = rootOptions();
    sha1.digest = EVP_sha1();
    CHECK(rootDefects(sha1, ecKey()) == "signatureAlgorithm uses SHA-1");
    CHECK(rootDefects(sha1, test::makeRsaKey()) == "signatureAlgorithm uses SHA-1");
    auto md5 = rootOptions();
    md5.digest = EVP_md5();
    CHECK(rootDefects(md5, test::makeRsaKey()) ==
          "signatureAlgorithm uses a hash algorithm that is not allowed");
}

TEST_CASE("table 6: extensions of a CSCA that are missing, superfluous or wrong") {
    const auto extensionDefects = [](const std::string& name, const std::string& value) {
        return rootDefects([&](Options& options) {
            without(options.extensions, name);
            if (!value.empty()) {
                with(options.extensions, name, value);
            }
        });
    };
    CHECK(extensionDefects("2.5.29.16", "") == "PrivateKeyUsagePeriod is missing");
    CHECK(extensionDefects("2.5.29.16", "DER:3000") == "PrivateKeyUsagePeriod has neither beginning nor end");
    CHECK(extensionDefects("2.5.29.16", "DER:0500") == "PrivateKeyUsagePeriod is malformed");
    CHECK(extensionDefects("2.5.29.16", "critical," + usagePeriod) == "PrivateKeyUsagePeriod is critical");
    CHECK(extensionDefects("crlDistributionPoints", "") == "CRLDistributionPoints is missing");
    CHECK(extensionDefects("issuerAltName", "") == "IssuerAltName is missing");
    CHECK(extensionDefects("issuerAltName", "email:csca@csca.example") ==
          "IssuerAltName differs from SubjectAltName in a root certificate; "
          "IssuerAltName has no country code as in the MRZ");
    CHECK(extensionDefects("policyConstraints", "critical,requireExplicitPolicy:0") ==
          "PolicyConstraints is not allowed");
    CHECK(extensionDefects("1.2.3.4", "critical,DER:0500") ==
          "extensions hold a critical one that is not known");
    CHECK(extensionDefects("1.2.3.4", "DER:0500") == "");
    CHECK(rootDefects([](Options& options) {
              options.extensions.emplace_back("crlDistributionPoints", crlAddress);
          }) == "extensions hold the same one twice");
    CHECK(rootDefects([](Options& options) { options.basicConstraints.clear(); }) ==
          "BasicConstraints is missing");
    CHECK(rootDefects([](Options& options) { options.basicConstraints = "critical,CA:TRUE"; }) ==
          "BasicConstraints has no path length");
    CHECK(rootDefects([](Options& options) { options.basicConstraints = "CA:TRUE,pathlen:1"; }) ==
          "BasicConstraints has a path length other than 0; BasicConstraints is not critical");
    CHECK(rootDefects([](Options& options) { options.basicConstraints = "critical,CA:FALSE"; }) ==
          "BasicConstraints does not say that this is a certification authority; BasicConstraints has no "
          "path length");
    CHECK(rootDefects([](Options& options) { options.keyUsage = "critical,keyCertSign"; }) ==
          "KeyUsage is not for signing certificates and CRLs");
    CHECK(rootDefects([](Options& options) {
              options.keyUsage = "critical,keyCertSign,cRLSign,digitalSignature";
          }) == "KeyUsage allows more than it may");
    CHECK(rootDefects([](Options& options) { options.keyUsage = "keyCertSign,cRLSign"; }) ==
          "KeyUsage is not critical");
    CHECK(rootDefects([](Options& options) { options.keyIdentifiers = false; }) ==
          "SubjectKeyIdentifier is missing");
}

TEST_CASE("table 6: extensions of a Document Signer that are missing, superfluous or wrong") {
    CHECK(signerDefects([](Options& options) { options.keyIdentifiers = false; }) ==
          "AuthorityKeyIdentifier is missing");
    CHECK(signerDefects([](Options& options) { options.keyUsage = "critical,nonRepudiation"; }) ==
          "KeyUsage allows more than it may; KeyUsage is not for digital signatures");
    CHECK(signerDefects([](Options& options) { options.basicConstraints = "critical,CA:FALSE"; }) ==
          "BasicConstraints is not allowed");
    CHECK(signerDefects([](Options& options) { options.extendedKeyUsage = "critical,1.2.3.4"; }) ==
          "ExtKeyUsage is not allowed");
    const std::string listName(documentTypeListIdentifier);
    CHECK(signerDefects([&](Options& options) { without(options.extensions, listName); }) ==
          "DocumentTypeList is missing");
    for (const char* malformed : {"DER:0500", "DER:30030201FF", "DER:30050201013100", "DER:3003020100"}) {
        CHECK(signerDefects([&](Options& options) { with(options.extensions, listName, malformed); }) ==
              "DocumentTypeList is malformed");
    }
    CHECK(signerDefects([&](Options& options) {
              with(options.extensions, listName, "DER:30050201003100");
          }) == "DocumentTypeList is empty");
}

TEST_CASE("what a certificate is, is told by what it says of itself") {
    const test::Identity old = test::makeSelfSigned(test::makeEcKey("P-256"), rootOptions());
    const auto kindOf = [&](const Options& options) {
        return Certificate::decode(test::issue(old, test::makeEcKey("P-256"), options).der()).kind();
    };
    CHECK(Certificate::decode(old.der()).kind() == CertificateKind::CountrySigningRoot);
    CHECK(kindOf(rootOptions()) == CertificateKind::CountrySigningLink); // the same name, another key
    auto renamed = rootOptions();
    renamed.commonName = "CSCA Renamed";
    CHECK(kindOf(renamed) == CertificateKind::CountrySigningLink);
    CHECK(kindOf(signerOptions()) == CertificateKind::DocumentSigner);
    auto options = signerOptions();
    options.extendedKeyUsage = "critical,2.23.136.1.1.3";
    CHECK(kindOf(options) == CertificateKind::MasterListSigner);
    options.extendedKeyUsage = "critical,2.23.136.1.1.8";
    CHECK(kindOf(options) == CertificateKind::DeviationListSigner);

    CHECK(joined(Certificate::decode(test::issue(old, test::makeEcKey("P-256"), renamed).der())) ==
          "NameChange is missing although the name changes");
    with(renamed.extensions, std::string(nameChangeIdentifier), "DER:0500");
    CHECK(joined(Certificate::decode(test::issue(old, test::makeEcKey("P-256"), renamed).der())) == "");
}

TEST_CASE("extensions as values") {
    const auto signer = Certificate::decode(
        test::issue(test::makeSelfSigned(test::makeEcKey("P-256")), test::makeEcKey("P-256"), signerOptions())
            .der());
    const auto period = privateKeyUsagePeriodOf(*signer.x509());
    REQUIRE(period);
    CHECK(period->contains(test::now));
    CHECK(period->contains(test::now - test::aYear));
    CHECK_FALSE(period->contains(test::now + std::chrono::seconds(1)));
    CHECK_FALSE(period->contains(test::now - test::aYear - std::chrono::seconds(1)));
    CHECK(documentTypesOf(*signer.x509()) == std::vector<std::string>{"ID"});
    CHECK(alternativeCountriesOf(*signer.x509(), NID_subject_alt_name) == std::vector<std::string>{"VNM"});
    const auto bare = Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256")).der());
    CHECK_FALSE(privateKeyUsagePeriodOf(*bare.x509()));
    CHECK_FALSE(documentTypesOf(*bare.x509()));
    CHECK(alternativeCountriesOf(*bare.x509(), NID_subject_alt_name).empty());
}
