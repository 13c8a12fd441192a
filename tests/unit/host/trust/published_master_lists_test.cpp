// SPDX-License-Identifier: Apache-2.0
#include "host/trust/store_import.hpp"

#include "host/base/error.hpp"
#include "tests/unit/test_data.hpp"

#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

// Both lists are current, and so are their signers.
constexpr std::chrono::sys_seconds inAugust2025 = std::chrono::sys_days(std::chrono::year(2025) / 8 / 1);

constexpr const char* germanList = "trust/DE_ML_2025-06-25-09-31-57.ml";
constexpr const char* germanAnchor = "trust/csca-germany-07.pem";
constexpr const char* dutchList = "trust/NL_ML_2025-07-29.ml";
constexpr const char* dutchAnchor = "trust/csca-netherlands-7.pem";

TrustStore storeWith(const char* anchor) {
    TrustStore store = TrustStore::inMemory();
    store.addCertificate(test::readTestData(anchor));
    return store;
}

/// How many certificates of the store have each defect, one a line.
std::string defectsOf(const TrustStore& store) {
    std::map<std::string, int> counts;
    for (const Certificate& certificate : store.certificates()) {
        for (const CertificateDefect& defect : certificate.defects(inAugust2025)) {
            ++counts[defect.text()];
        }
    }
    std::ostringstream text;
    for (const auto& [defect, count] : counts) {
        text << count << ' ' << defect << '\n';
    }
    return text.str();
}

std::map<CertificateKind, int> kindsOf(const TrustStore& store) {
    std::map<CertificateKind, int> kinds;
    for (const Certificate& certificate : store.certificates()) {
        ++kinds[certificate.kind()];
    }
    return kinds;
}

/// The countries whose certificates the store holds.
std::set<std::string> countriesOf(const TrustStore& store) {
    std::set<std::string> countries;
    for (const Certificate& certificate : store.certificates()) {
        countries.insert(certificate.country());
    }
    return countries;
}

} // namespace

TEST_CASE("every certificate of the German master list is kept with the defects it has") {
    TrustStore store = storeWith(germanAnchor);
    const auto list = MasterList::decode(test::readTestData(germanList), store, inAugust2025);
    const auto result = importMasterList(store, list);
    CHECK(result.offered == 559);
    CHECK(result.added == 558);
    CHECK(result.alreadyThere == 1);
    CHECK(result.refused.empty());
    CHECK(store.certificates().size() == 559);
    CHECK(countriesOf(store).size() == 110);
    CHECK(countriesOf(store).count("VN") == 1);
    CHECK(kindsOf(store) == std::map<CertificateKind, int>{{CertificateKind::CountrySigningRoot, 362},
                                                           {CertificateKind::CountrySigningLink, 197}});
    CHECK(defectsOf(store) ==
          "3 AuthorityKeyIdentifier is missing\n"
          "7 BasicConstraints does not say that this is a certification authority\n"
          "9 BasicConstraints has a path length other than 0\n"
          "26 BasicConstraints has no path length\n"
          "2 BasicConstraints is missing\n"
          "2 BasicConstraints is not critical\n"
          "165 CRLDistributionPoints is missing\n"
          "2 ExtKeyUsage is not allowed\n"
          "13 IssuerAltName has no country code as in the MRZ\n"
          "192 IssuerAltName is missing\n"
          "9 KeyUsage allows more than it may\n"
          "1 KeyUsage is missing\n"
          "9 KeyUsage is not critical\n"
          "34 NameChange is missing although the name changes\n"
          "3 NetscapeCertificateType is not allowed\n"
          "129 PrivateKeyUsagePeriod is missing\n"
          "17 SubjectAltName has no country code as in the MRZ\n"
          "176 SubjectAltName is missing\n"
          "10 issuer has no common name\n"
          "15 issuer names its country in lower case\n"
          "2 serialNumber is not positive\n"
          "43 signatureAlgorithm uses SHA-1\n"
          "10 subject has no common name\n"
          "13 subject names its country in lower case\n"
          "4 subjectPublicKeyInfo names its curve instead of writing the parameters out\n");
}

TEST_CASE("every certificate of the Dutch master list is kept with the defects it has") {
    TrustStore store = storeWith(dutchAnchor);
    const auto list = MasterList::decode(test::readTestData(dutchList), store, inAugust2025);
    const auto result = importMasterList(store, list);
    CHECK(result.offered == 394);
    CHECK(result.added == 393);
    CHECK(result.alreadyThere == 1);
    CHECK(result.refused.empty());
    CHECK(store.certificates().size() == 394);
    CHECK(countriesOf(store).size() == 120);
    CHECK(kindsOf(store) == std::map<CertificateKind, int>{{CertificateKind::CountrySigningRoot, 394}});
    CHECK(defectsOf(store) == "6 BasicConstraints has a path length other than 0\n"
                              "9 BasicConstraints has no path length\n"
                              "138 CRLDistributionPoints is missing\n"
                              "13 IssuerAltName has no country code as in the MRZ\n"
                              "148 IssuerAltName is missing\n"
                              "3 KeyUsage allows more than it may\n"
                              "92 PrivateKeyUsagePeriod is missing\n"
                              "16 SubjectAltName has no country code as in the MRZ\n"
                              "142 SubjectAltName is missing\n"
                              "6 issuer has no common name\n"
                              "11 issuer names its country in lower case\n"
                              "3 serialNumber is not positive\n"
                              "31 signatureAlgorithm uses SHA-1\n"
                              "6 subject has no common name\n"
                              "11 subject names its country in lower case\n"
                              "2 subjectPublicKeyInfo names its curve instead of writing the parameters out\n"
                              "1 validity has a time in the wrong form for its year\n");
}

TEST_CASE("a master list of one State is none under the anchor of another") {
    CHECK_THROWS_AS(
        (void)MasterList::decode(test::readTestData(germanList), storeWith(dutchAnchor), inAugust2025),
        MalformedData);
    CHECK_THROWS_AS(
        (void)MasterList::decode(test::readTestData(dutchList), storeWith(germanAnchor), inAugust2025),
        MalformedData);
}

TEST_CASE("a published master list with one changed byte is refused") {
    Bytes list = test::readTestData(dutchList);
    list[list.size() / 2] ^= 1;
    CHECK_THROWS_AS((void)MasterList::decode(list, storeWith(dutchAnchor), inAugust2025), MalformedData);
}
