// SPDX-License-Identifier: Apache-2.0
// The reference data set of BSI TR-03105-5 in a chip that holds its private keys, under a whole inspection.
// The set has no EF.CardAccess, so the card is free to read; fingers and irises want a terminal all the same.
#include "host/inspection/inspection.hpp"

#include <doctest/doctest.h>
#include <openssl/core_names.h>
#include <openssl/x509.h>

#include "host/crypto/bignum.hpp"
#include "host/crypto/digest.hpp"
#include "host/inspection/check_name.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/data_group_4.hpp"
#include "host/lds/security_object_file.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;
using test::FingerprintCard;
using test::FingerprintPki;
using trust::CheckResult;

namespace {

using Files = std::map<FileId, Bytes>;

Files publishedFiles() {
    Files files{{FileId::Com, test::readTestData("bsi-reference/EF_COM.bin")},
                {FileId::Sod, test::readTestData("bsi-reference/EF_SOD.bin")}};
    for (const int number : {1, 2, 3, 4, 14, 15}) {
        files[lds::dataGroupFile(number)] =
            test::readTestData("bsi-reference/Datagroup" + std::to_string(number) + ".bin");
    }
    return files;
}

// The same document of an issuer that is known: DG15, which the published EF.SOD leaves out, is signed too.
test::CertificateOptions german(test::CertificateOptions options) {
    options.country = "DE";
    return options;
}

struct MadeUpIssuer {
    test::Identity csca = test::makeSelfSigned(test::makeRsaKey(), german({}));
    test::Identity signer = test::issue(csca, test::makeRsaKey(), german(test::documentSignerOptions()));
    trust::TrustStore store = trust::TrustStore::inMemory();

    MadeUpIssuer() { store.addCertificate(csca.der()); }

    [[nodiscard]] Files files() const {
        auto files = publishedFiles();
        auto object = lds::SecurityObjectFile::decode(files[FileId::Sod]).documentSecurityObject();
        object.dataGroupHashes[15] = digest(object.hashAlgorithm, files[FileId::DataGroup15]);
        files[FileId::Sod] = test::makeSod(object.encode(), {&signer});
        files[FileId::Com] = lds::CommonData::forDataGroups({1, 2, 3, 4, 14, 15}).encode();
        return files;
    }
};

EvpKey privateKey(const char* file) {
    const Bytes bytes = test::readTestData(std::string("bsi-reference/") + file);
    const std::uint8_t* input = bytes.data();
    return EvpKey(d2i_AutoPrivateKey(nullptr, &input, static_cast<long>(bytes.size())));
}

EllipticCurveKeyPair chipAuthenticationKey() {
    const auto curve = EllipticCurve::named("brainpoolP224r1");
    BIGNUM* scalar = nullptr;
    EVP_PKEY_get_bn_param(privateKey("DG14_sk.pkcs8").get(), OSSL_PKEY_PARAM_PRIV_KEY, &scalar);
    const BignumPtr owned(scalar);
    return EllipticCurveKeyPair::fromPrivateKey(curve, toBytesOfWidth(*owned, curve.orderSize()).view());
}

InspectionResult inspect(const Files& files, const trust::TrustStore* store, const FingerprintPki& pki) {
    FingerprintCard card(files, pki, "C11T002JM4");
    card.chip().chipAuthenticationKey = chipAuthenticationKey();
    card.chip().chipAuthenticationCipher = BlockCipher::TripleDes;
    const test::DigitalSignatureScheme1Signer signer(privateKey("DG15_sk.pkcs8"));
    card.chip().activeAuthentication = [&signer](BytesView challenge) {
        return signer.raiseToPrivateExponent(
            signer.representative(challenge, HashAlgorithm::Sha1, Bytes{0xBC}));
    };
    const auto keys = pki.terminalKeys();
    InspectionRequest request;
    request.trustStore = store;
    request.terminalKeys = &keys;
    SystemRandom random;
    return Inspection(card.chip(), random, [] { return test::now; }).run(request);
}

void requireRead(const InspectionResult& result, const std::vector<int>& dataGroups) {
    for (const int number : dataGroups) {
        const auto file = lds::dataGroupFile(number);
        CAPTURE(lds::fileName(file));
        REQUIRE(result.files.count(file) == 1);
        CHECK(result.files.at(file) == publishedFiles().at(file));
    }
    CHECK(result.notRead.size() == 1); // EF.CardAccess
    CHECK(result.notRead.front().file == FileId::CardAccess);
    CHECK(result.face.has_value());
    CHECK(result.images.size() == 4); // two fingers, two irises
    CHECK(result.dataGroup1->machineReadableZone.primaryIdentifier == "MUSTERMANN");
    CHECK(result.check(check_name::accessControl).result == CheckResult::NotSupported);
    for (const auto name : {check_name::hashes, check_name::signature, check_name::terminalAuthentication,
                            check_name::mrz, check_name::comSod}) {
        CAPTURE(name);
        CAPTURE(result.check(name).reason);
        CHECK(result.check(name).result == CheckResult::Passed);
    }
}

} // namespace

TEST_CASE(
    "the published data set is read whole, and proves all but its issuer, whose CSCA is not published") {
    const auto result = inspect(publishedFiles(), nullptr, FingerprintPki());
    requireRead(result, {1, 2, 3, 4, 14});
    CHECK(result.check(check_name::activeAuthentication).result == CheckResult::NotSupported);
    CHECK(result.check(check_name::chipAuthentication)
              .reason.starts_with("the chip knows its private key, but nothing shows that"));
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    REQUIRE(result.judgement.reasons.size() == 2);
    CHECK(result.judgement.reasons.front().starts_with("passive-authentication.chain"));
    CHECK(result.judgement.reasons.back().starts_with("chip-authentication"));
}

TEST_CASE("under the anchor of another State the published data set is not genuine") {
    auto store = trust::TrustStore::inMemory();
    store.addCertificate(test::readTestData("trust/csca-germany-07.pem"));
    const auto result = inspect(publishedFiles(), &store, FingerprintPki());
    CHECK(result.check(check_name::chain).result == CheckResult::Failed);
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
}

TEST_CASE("the data set of an issuer that is known is genuine, with both proofs that it is no copy") {
    const MadeUpIssuer issuer;
    const auto result = inspect(issuer.files(), &issuer.store, FingerprintPki());
    requireRead(result, {1, 2, 3, 4, 14, 15});
    for (const auto name :
         {check_name::chain, check_name::chipAuthentication, check_name::activeAuthentication}) {
        CAPTURE(result.check(name).reason);
        CHECK(result.check(name).result == CheckResult::Passed);
    }
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK_FALSE(lds::DataGroup3::decode(result.files.at(FileId::DataGroup3)).records().empty());
}
