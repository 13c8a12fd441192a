// SPDX-License-Identifier: Apache-2.0
// The reference data set of BSI TR-03105-5 behind chips that hold its private keys.
#include "host/access/active_authentication.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/crypto/bignum.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/unit/host/access/eac_chip.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>
#include <openssl/core_names.h>
#include <openssl/x509.h>

using namespace cancuoc;
using test::EacChip;

namespace {

EvpKey privateKey(const std::string& file) {
    const Bytes bytes = test::readTestData("bsi-reference/" + file);
    const std::uint8_t* input = bytes.data();
    return EvpKey(d2i_AutoPrivateKey(nullptr, &input, static_cast<long>(bytes.size())));
}

EllipticCurveKeyPair ellipticCurveKey(const EvpKey& key, const EllipticCurve& curve) {
    BIGNUM* scalar = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &scalar) == 1);
    const BignumPtr owned(scalar);
    return EllipticCurveKeyPair::fromPrivateKey(curve, toBytesOfWidth(*owned, curve.orderSize()).view());
}

} // namespace

TEST_CASE("The reference chip proves itself by Chip Authentication with the key of DG14") {
    const auto infos =
        lds::DataGroup14::decode(test::readTestData("bsi-reference/Datagroup14.bin")).securityInfos;
    const auto protocol =
        ChipAuthenticationProtocol::from(infos.all<lds::ChipAuthenticationInfo>().at(0).protocol);
    const auto chipKey =
        decodeChipPublicKey(infos.all<lds::ChipAuthenticationPublicKeyInfo>().at(0).subjectPublicKeyInfo);
    REQUIRE(protocol.has_value());
    REQUIRE(chipKey.has_value());
    CHECK(protocol->cipher == BlockCipher::TripleDes);
    const auto& publicKey = std::get<EllipticCurvePublicKey>(*chipKey);
    CHECK(publicKey.curve.name() == "brainpoolP224r1");
    const EvpKey key = privateKey("DG14_sk.pkcs8");
    REQUIRE(key);
    CHECK(equal(ellipticCurveKey(key, publicKey.curve).publicKey(), publicKey.point));

    const Bytes sharedSecret(16, 0x11);
    EacChip::Configuration configuration;
    configuration.chipKeys[""] = [&](BytesView terminalKey) {
        return toBytes(ellipticCurveKey(key, publicKey.curve).agree(terminalKey).view());
    };
    configuration.chipAuthenticationCipher = BlockCipher::TripleDes;
    EacChip chip(std::move(configuration), BlockCipher::TripleDes, sharedSecret);
    CardSession session(chip);
    session.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::TripleDes, sharedSecret));
    SystemRandom random;
    CHECK(ChipAuthentication(session, random).perform(*protocol, *chipKey).proven);
}

TEST_CASE("The reference chip proves itself by Active Authentication with the key of DG15") {
    const auto dataGroup15 = lds::DataGroup15::decode(test::readTestData("bsi-reference/Datagroup15.bin"));
    const EvpKey publicKey = decodeSubjectPublicKeyInfo(dataGroup15.subjectPublicKeyInfo);
    const test::DigitalSignatureScheme1Signer signer(privateKey("DG15_sk.pkcs8"));
    InProcessConnection connection("chip", {}, [&signer](BytesView encoded) {
        const auto command = test::ReceivedCommand::parse(encoded);
        return concat(signer.raiseToPrivateExponent(
                          signer.representative(command.data, HashAlgorithm::Sha1, Bytes{0xBC})),
                      Bytes{0x90, 0x00});
    });
    CardSession session(connection);
    SystemRandom random;
    auto evidence = ActiveAuthentication(session, random).perform(*publicKey);
    CHECK(verifyActiveAuthentication(evidence, *publicKey, {}));
    evidence.challenge[7] = static_cast<std::uint8_t>(evidence.challenge[7] ^ 1U);
    CHECK_FALSE(verifyActiveAuthentication(evidence, *publicKey, {}));
}
