// SPDX-License-Identifier: Apache-2.0
#include "host/trust/ldif_reader.hpp"

#include "host/base/base64.hpp"
#include "host/base/error.hpp"
#include "host/trust/store_import.hpp"
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

/// An attribute with a binary value, folded as directories fold it.
std::string attribute(const std::string& name, BytesView value) {
    constexpr std::size_t width = 76;
    const std::string line = name + ":: " + toBase64(value);
    std::string folded = line.substr(0, width) + "\n";
    for (std::size_t start = width; start < line.size(); start += width - 1) {
        folded += " " + line.substr(start, width - 1) + "\n";
    }
    return folded;
}

std::string entry(const std::string& attributes) {
    return "dn: cn=1,o=dsc,c=VN,dc=data,dc=download,dc=pkd,dc=icao,dc=int\nobjectClass: pkdDownload\n" +
           attributes + "\n";
}

std::vector<LdifEntry> read(std::string_view file) {
    LdifReader reader(file);
    std::vector<LdifEntry> entries;
    while (auto next = reader.next()) {
        entries.push_back(*std::move(next));
    }
    return entries;
}

constexpr std::chrono::sys_seconds inAugust2025 = std::chrono::sys_days(std::chrono::year(2025) / 8 / 1);

} // namespace

TEST_CASE("the examples of RFC 2849 are read") {
    // Examples 1, 3 and 5: two entries, a folded value, a value in base64, and comments between and within.
    const auto entries = read("version: 1\r\n"
                              "dn: cn=Barbara Jensen, ou=Product Development, dc=airius, dc=com\r\n"
                              "objectclass: top\r\n"
                              "# a comment that is\r\n"
                              "  folded\r\n"
                              "description:Babs is a big sailing fan, and travels extensively in sea\r\n"
                              " rch of perfect sailing conditions.\r\n"
                              "\r\n\r\n"
                              "# another\r\n"
                              "dn:: b3U95Za25qWt6YOoLG89QWlyaXVz\r\n"
                              "sn;lang-en:   Jensen\r\n"
                              "telephonenumber:\r\n");
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].line == 1);
    CHECK(entries[0].defect.empty());
    CHECK(entries[0].attributes.size() == 4);
    CHECK(entries[0].text("description") ==
          "Babs is a big sailing fan, and travels extensively in search of perfect sailing conditions.");
    CHECK(entries[1].line == 11);
    CHECK(entries[1].text("dn") == "ou=営業部,o=Airius");
    CHECK(entries[1].attributes[1].name == "sn;lang-en");
    CHECK(entries[1].text("sn") == "Jensen");
    CHECK(entries[1].text("telephonenumber") == "");
    CHECK_FALSE(entries[1].text("objectclass"));
}

TEST_CASE("a malformed entry stops only itself") {
    const auto entries =
        read("dn: a\nno colon\n\ndn: b\nx:< file:///etc/hosts\n\ndn: c\nx:: a\n\n: d\n\ndn: e");
    REQUIRE(entries.size() == 5);
    for (std::size_t index = 0; index < 4; ++index) {
        CHECK_FALSE(entries[index].defect.empty());
    }
    CHECK(entries[1].defect.find("referred") != std::string::npos);
    CHECK(entries[4].defect.empty());
    CHECK(read("").empty());
    CHECK(read("\n\n# nothing\n").empty());
}

TEST_CASE("LDIF is told from what else a trust store takes") {
    CHECK(LdifReader::isLdif(viewOf("# PKD\n\nversion: 1\n")));
    CHECK(LdifReader::isLdif(viewOf("DN: c=VN\n")));
    CHECK_FALSE(LdifReader::isLdif(viewOf("-----BEGIN CERTIFICATE-----\n")));
    CHECK_FALSE(LdifReader::isLdif(viewOf("# dn: c=VN")));
    CHECK_FALSE(LdifReader::isLdif(fromHex("30820122")));
    CHECK_FALSE(LdifReader::isLdif({}));
}

TEST_CASE("a PKD's certificates and CRLs are taken, and what is not is told by its place") {
    const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-384"));
    const test::Identity signer = test::issue(csca, test::makeEcKey("P-256"), test::documentSignerOptions());
    const auto file = "version: 1\n\n" + entry(attribute("userCertificate;binary", signer.der())) +
                      entry(attribute("certificateRevocationList;binary", test::makeCrl(csca, {5}))) +
                      entry(attribute("userCertificate;binary", fromHex("30030201FF"))) +
                      entry(attribute("cACertificate;binary", csca.der())) + entry("changetype: delete\n");
    TrustStore store = TrustStore::inMemory();
    const ImportReport report = importFile(store, viewOf(file), test::now);
    CHECK(report.offered == 5);
    CHECK(report.added == 2);
    REQUIRE(report.refused.size() == 3);
    CHECK(report.refused[0].find("no X.509 certificate") != std::string::npos);
    CHECK(report.refused[1].find("no master list vouches") != std::string::npos);
    CHECK(report.refused[2].find("changes or deletes") != std::string::npos);
    CHECK(report.refused[2].starts_with("Entry at line "));
    REQUIRE(store.certificates().size() == 1);
    CHECK_FALSE(store.certificates().front().certificationAuthority());
    CHECK(store.crls().size() == 1);
}

TEST_CASE("a master list of a PKD is verified, by one that comes behind it if need be") {
    const Bytes german = test::readTestData("trust/DE_ML_2025-06-25-09-31-57.ml");
    const Bytes dutch = test::readTestData("trust/NL_ML_2025-07-29.ml");
    // The German list holds the CSCA certificate of the Dutch one's signer.
    const auto file =
        entry(attribute("pkdMasterListContent", dutch)) + entry(attribute("CscaMasterListData", german));

    TrustStore store = TrustStore::inMemory();
    store.addCertificate(test::readTestData("trust/csca-germany-07.pem"));
    const ImportReport report = importFile(store, viewOf(file), inAugust2025);
    CHECK(report.offered == 559 + 394);
    CHECK(report.refused.empty());
    CHECK(store.certificates().size() > 559);

    TrustStore empty = TrustStore::inMemory();
    const ImportReport refused = importFile(empty, viewOf(file), inAugust2025);
    CHECK(refused.offered == 2);
    CHECK(refused.refused.size() == 2);
    CHECK(empty.certificates().empty());
}
