// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/seal_signer.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/published_lists.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::noon;
using test::PkiFixture;

namespace {

std::vector<int> extensionsOf(const X509& certificate) {
    std::vector<int> found;
    for (int index = 0; index < X509_get_ext_count(&certificate); ++index) {
        found.push_back(OBJ_obj2nid(X509_EXTENSION_get_object(X509_get_ext(&certificate, index))));
    }
    return found;
}

} // namespace

TEST_CASE("A seal signer's certificate is that of Doc 9303-12, 7.1.3 and Table 8") {
    const PkiFixture pki;
    test::RepeatableRandom random;
    const auto now = noon(2026, 12, 1);
    CHECK(renewSealSigner(pki.path(), "QR", "", at(now), random) == 1);
    const auto signer = SealSigner::load(pki.path(), "QR", at(now));
    X509& certificate = *signer.certificate;
    const X509_NAME* const subject = X509_get_subject_name(&certificate);
    CHECK(trust::textOf(*subject) == "CN=QR,C=VN");
    for (int index = 0; index < 2; ++index) {
        CHECK(ASN1_STRING_type(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index))) ==
              V_ASN1_PRINTABLESTRING);
    }
    CHECK(ASN1_INTEGER_get(X509_get0_serialNumber(&certificate)) == 1);
    CHECK(extensionsOf(certificate) == std::vector<int>{NID_authority_key_identifier, NID_ext_key_usage});
    CHECK(X509_EXTENSION_get_critical(X509_get_ext(&certificate, 1)) == 1);
    CHECK(equal(trust::bytesOf(*X509_EXTENSION_get_data(X509_get_ext(&certificate, 1))),
                fromHex("3009 0607 67810801010B01")));                            // 2.23.136.1.1.11.1
    CHECK(trust::timeOf(*X509_get0_notAfter(&certificate)) == noon(2032, 12, 1)); // 1 year and 5 years
}

TEST_CASE("Seal signers are numbered together, five a year, and kept") {
    const PkiFixture pki;
    SystemRandom random;
    const auto now = noon(2026, 12, 1);
    CHECK(renewSealSigner(pki.path(), "SS", "", at(now), random) == 1);
    CHECK(renewSealSigner(pki.path(), "SS", "P-384", at(now), random) == 2);
    CHECK(renewSealSigner(pki.path(), "TT", "brainpoolP512r1", at(now), random) == 3);
    CHECK(renewSealSigner(pki.path(), "TT", "", at(now), random) == 4);
    CHECK(KeyKind::nameOf(*SealSigner::load(pki.path(), "TT", at(now)).key) == "brainpoolP512r1");
    CHECK(renewSealSigner(pki.path(), "SS", "", at(now), random) == 5);
    CHECK_THROWS_WITH_AS(renewSealSigner(pki.path(), "SS", "", at(noon(2027, 11, 30)), random),
                         doctest::Contains("4.1.3"), BadConfiguration);
    CHECK(renewSealSigner(pki.path(), "SS", "", at(noon(2027, 12, 2)), random) == 6);
    for (const char* kept : {"seal-signer-SS-001.pem", "seal-signer-SS-002.pem", "seal-signer-TT-003.pem"}) {
        CHECK(std::filesystem::exists(pki.path() / kept));
    }
    CHECK(renewCrl(pki.path(), {pki.path() / "seal-signer-SS-001.pem"}, at(now)).entries == 1);
}

TEST_CASE("A seal signer that may not sign is named") {
    const PkiFixture pki;
    SystemRandom random;
    const auto now = noon(2026, 12, 1);
    const auto load = [&](std::chrono::sys_seconds moment) {
        static_cast<void>(SealSigner::load(pki.path(), "SS", at(moment)));
    };
    CHECK_THROWS_WITH_AS(load(now), doctest::Contains("seal-signer-SS.pem"), BadConfiguration);
    for (const char* identifier : {"", "S", "ss", "S1", "SSS", "../"}) {
        CHECK_THROWS_AS(renewSealSigner(pki.path(), identifier, "", at(now), random), BadConfiguration);
    }
    for (const char* kind : {"P-521", "RSA-3072", "P-192"}) {
        CHECK_THROWS_AS(renewSealSigner(pki.path(), "SS", kind, at(now), random), BadConfiguration);
    }
    renewSealSigner(pki.path(), "SS", "", at(now), random);
    CHECK_NOTHROW(load(noon(2027, 11, 30)));
    CHECK_THROWS_WITH_AS(load(noon(2027, 12, 1)), doctest::Contains("usage period"), BadConfiguration);
    renewCrl(pki.path(), {pki.path() / "seal-signer-SS.pem"}, at(now));
    CHECK_THROWS_WITH_AS(load(now), doctest::Contains("revokes"), BadConfiguration);
}
