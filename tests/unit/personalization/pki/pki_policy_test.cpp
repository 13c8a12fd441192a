// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pki_policy.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::certificateIn;
using test::noon;
using test::PkiFixture;

namespace {

PkiPolicy decode(const std::string& json) {
    return PkiPolicy::decode(json, "policy.json");
}

} // namespace

TEST_CASE("A policy has the standard's periods, and comes back from its text") {
    const PkiPolicy standard;
    CHECK(decode("{}") == standard);
    CHECK(decode(standard.encode()) == standard);
    const auto other = decode(R"({"cscaKeyUsage": "P3Y6M", "documentSignerKeyUsage": "P14D",
        "documentSignerEndsBefore": "P0D", "documentValidity": "P25Y", "sealSignerKeyUsage": "P1Y2M",
        "sealValidity": "P6M", "crlPeriod": "P30D", "documentSignerSignatures": 5})");
    CHECK(other.documentSignerKeyUsage == Span{{}, std::chrono::days(14)});
    CHECK(other.documentSignerSignatures == 5);
    CHECK(decode(other.encode()) == other);
}

TEST_CASE("What is outside the standard's bounds is refused with the clause") {
    for (const auto& [json, clause] : {std::pair{R"({"cscaKeyUsage": "P6Y"})", "4.1.4.2"},
                                       {R"({"cscaKeyUsage": "P2Y11M"})", "4.1.4.2"},
                                       {R"({"documentSignerKeyUsage": "P3M1D"})", "4.1.1.2"},
                                       {R"({"sealSignerKeyUsage": "P11M"})", "Table 1"},
                                       {R"({"sealSignerKeyUsage": "P2Y1D"})", "Table 1"},
                                       {R"({"crlPeriod": "P91D"})", "4.1.5"},
                                       {R"({"crlPeriod": "P1D"})", "4.1.5"},
                                       {R"({"documentValidity": "P101Y"})", "P1Y to P100Y"},
                                       {R"({"documentSignerSignatures": 0})", "1 to 1000000000"},
                                       {R"({"documentSignerSignatures": "5"})", "1 to 1000000000"},
                                       {R"({"documentSignerKeyUsage": "P1D"})", "shorter"},
                                       {R"({"crlPeriod": 30})", "span"},
                                       {R"({"crlPeriod": "30D"})", "span"},
                                       {R"({"crlPeriod": "P"})", "span"},
                                       {R"({"crlPeriod": "P30"})", "span"},
                                       {R"({"crlPeriod": "P1D1Y"})", "span"},
                                       {R"({"crlPeriods": "P30D"})", "nothing that a policy has"},
                                       {"[]", "one JSON object"},
                                       {"{", "one JSON object"}}) {
        CHECK_THROWS_WITH_AS(static_cast<void>(decode(json)), doctest::Contains(clause), BadConfiguration);
    }
}

TEST_CASE("Months come before days, and end on the last day that there is") {
    CHECK(after(noon(2026, 11, 30), {std::chrono::months(3)}) == noon(2027, 2, 28));
    CHECK(after(noon(2026, 11, 30), {std::chrono::months(3), std::chrono::days(2)}) == noon(2027, 3, 2));
}

TEST_CASE("Certificates and CRLs follow the policy of their PKI") {
    PkiOptions options;
    options.policy =
        decode(R"({"cscaKeyUsage": "P3Y", "documentSignerKeyUsage": "P1M", "documentValidity": "P5Y",
                                "crlPeriod": "P7D"})");
    const PkiFixture pki(options);
    test::RepeatableRandom random;
    const auto csca = certificateIn(pki.files().cscaCertificate);
    CHECK(csca.notAfter() == noon(2035, 11, 22)); // seals: 3 years, 1 year and 5 years
    CHECK(trust::privateKeyUsagePeriodOf(*csca.x509())->notAfter == noon(2029, 11, 22));
    renewDocumentSigner(pki.path(), {}, at(noon(2027, 1, 10)), random);
    const auto signer = certificateIn(pki.files().documentSignerCertificate);
    CHECK(trust::privateKeyUsagePeriodOf(*signer.x509())->notAfter == noon(2027, 2, 10));
    CHECK(signer.notAfter() == noon(2032, 2, 10));
    renewCrl(pki.path(), {}, at(noon(2027, 1, 10)));
    CHECK(trust::timeOf(*X509_CRL_get0_nextUpdate(readCrl(pki.files().crl).get())) == noon(2027, 1, 17));

    // Longer periods than the CSCA's certificate was made for.
    writeFile(pki.files().policy, viewOf(std::string(R"({"documentValidity": "P10Y"})")));
    CHECK_THROWS_WITH_AS(renewDocumentSigner(pki.path(), {}, at(noon(2027, 1, 10)), random),
                         doctest::Contains("outlive"), BadConfiguration);
    writeFile(pki.files().policy, viewOf(std::string(R"({"documentValidity": "P0D"})")));
    CHECK_THROWS_AS(renewDocumentSigner(pki.path(), {}, at(noon(2027, 1, 10)), random), BadConfiguration);
}
