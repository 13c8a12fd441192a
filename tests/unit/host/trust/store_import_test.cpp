// SPDX-License-Identifier: Apache-2.0
#include "host/trust/store_import.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

std::string pem(const std::string& label, BytesView der) {
    Bytes text(der.size() * 2 + 4);
    text.resize(
        static_cast<std::size_t>(EVP_EncodeBlock(text.data(), der.data(), static_cast<int>(der.size()))));
    std::string lines;
    for (std::size_t start = 0; start < text.size(); start += 64) {
        lines +=
            toText(BytesView(text).subspan(start, std::min<std::size_t>(64, text.size() - start))) + "\n";
    }
    return "-----BEGIN " + label + "-----\n" + lines + "-----END " + label + "-----\n";
}

} // namespace

TEST_CASE("of a file with several PEM blocks, those that can be read are taken and the others told") {
    const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-384"));
    const test::Identity signer = test::issue(csca, test::makeEcKey("P-256"), test::documentSignerOptions());
    const auto file = "a bundle\n" + pem("CERTIFICATE", csca.der()) +
                      pem("CERTIFICATE", fromHex("30030201FF")) +
                      pem("X509 CRL", test::makeCrl(csca, {5, 6})) + pem("CERTIFICATE", signer.der()) +
                      pem("CERTIFICATE", csca.der());
    TrustStore store = TrustStore::inMemory();
    const ImportReport report = importFile(store, viewOf(file), test::now);
    CHECK(report.offered == 5);
    CHECK(report.added == 3);
    CHECK(report.alreadyThere == 1);
    CHECK(report.taken() == 4);
    REQUIRE(report.refused.size() == 1);
    CHECK(report.refused.front().find("no X.509 certificate") != std::string::npos);
    CHECK(store.certificates().size() == 2);

    REQUIRE(store.crls().size() == 1);
    const CertificateRevocationList& crl = store.crls().front();
    CHECK(crl.issuer() == "CN=CSCA Test,C=VN");
    CHECK(crl.country() == "VN");
    CHECK(crl.thisUpdate() == test::now - std::chrono::hours(24));
    CHECK(crl.nextUpdate() == test::now + std::chrono::hours(24 * 89));
    CHECK(crl.entries() == 2);
}

TEST_CASE("CRLs are listed by country, the newest last") {
    TrustStore store = TrustStore::inMemory();
    auto dutch = test::CertificateOptions{};
    dutch.country = "NL";
    const test::Identity vietnam = test::makeSelfSigned(test::makeEcKey("P-256"));
    store.addCrl(test::makeCrl(vietnam, {1}, test::now));
    store.addCrl(test::makeCrl(vietnam, {}, test::now - std::chrono::hours(48)));
    store.addCrl(test::makeCrl(test::makeSelfSigned(test::makeEcKey("P-256"), dutch), {}));
    REQUIRE(store.crls().size() == 3);
    CHECK(store.crls()[0].country() == "NL");
    CHECK(store.crls()[1].entries() == 0);
    CHECK(store.crls()[2].entries() == 1);
}
