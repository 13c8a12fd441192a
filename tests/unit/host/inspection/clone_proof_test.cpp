// SPDX-License-Identifier: Apache-2.0
// What chips in the field announce in DG14 and DG15, and how each proves itself nevertheless.
#include "host/inspection/clone_proof.hpp"

#include <doctest/doctest.h>

#include "host/lds/security_infos.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/unit/host/access/eac_chip.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using test::EacChip;
using trust::CheckResult;

namespace {

const Bytes sharedSecret(32, 0x42);
constexpr std::string_view ecdh3Des = "0.4.0.127.0.7.2.2.3.2.1";
constexpr std::string_view ecdhAes128 = "0.4.0.127.0.7.2.2.3.2.2";
constexpr std::string_view ecdhAes256 = "0.4.0.127.0.7.2.2.3.2.4";

// A chip whose DG14 is put together by the test.
class Announcer {
public:
    // Key `keyId` on brainpoolP256r1, known to the chip under `reference`.
    void addKey(const std::optional<int>& keyId, const std::string& reference) {
        const auto curve = EllipticCurve::standardized(13);
        auto pair = std::make_shared<EllipticCurveKeyPair>(EllipticCurveKeyPair::generate(curve, random_));
        configuration.chipKeys[reference] = [pair](BytesView terminalKey) {
            return toBytes(pair->agree(terminalKey).view());
        };
        addKeyInfo(encodeSubjectPublicKeyInfo(curve, pair->publicKey(), CurveEncoding::Explicit), keyId);
    }
    void addKeyInfo(const Bytes& subjectPublicKeyInfo, const std::optional<int>& keyId) {
        dataGroup14.securityInfos.infos.emplace_back(lds::ChipAuthenticationPublicKeyInfo{
            ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.1.2"), subjectPublicKeyInfo, keyId});
    }
    void addProtocol(std::string_view protocol, const std::optional<int>& keyId) {
        dataGroup14.securityInfos.infos.emplace_back(
            lds::ChipAuthenticationInfo{ObjectIdentifier::fromText(protocol), 1, keyId});
    }

    trust::Check prove() {
        EacChip chip(configuration, BlockCipher::Aes128, sharedSecret);
        CardSession session(chip);
        session.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, sharedSecret));
        auto check = proveByChipAuthentication(session, random_, dataGroup14, {}).check;
        cipher = session.secureMessagingCipher();
        commands = chip.received;
        return check;
    }

    EacChip::Configuration configuration;
    lds::DataGroup14 dataGroup14;
    std::optional<BlockCipher> cipher;
    std::vector<test::ReceivedCommand> commands;

private:
    SystemRandom random_;
};

} // namespace

// French passports.
TEST_CASE("a key without any ChipAuthenticationInfo means 3DES with MSE:Set KAT") {
    Announcer card;
    card.addKey(std::nullopt, "");
    card.configuration.chipAuthenticationCipher = BlockCipher::TripleDes;
    CHECK(card.prove().result == CheckResult::Passed);
    CHECK(card.cipher == BlockCipher::TripleDes);
    CHECK(card.commands.at(0).p1p2() == 0x41A6);
}

TEST_CASE("of several variants and keys the strongest is taken, by its keyId") {
    Announcer card;
    card.addProtocol(ecdh3Des, 1);
    card.addProtocol(ecdhAes128, 1);
    card.addProtocol(ecdhAes256, 2);
    card.addKey(1, std::string("\x01"));
    card.addKey(2, std::string("\x02"));
    card.configuration.chipAuthenticationCipher = BlockCipher::Aes256;
    CHECK(card.prove().result == CheckResult::Passed);
    CHECK(card.cipher == BlockCipher::Aes256);
    CHECK(toHex(card.commands.at(0).data) == "800A04007F00070202030204840102");
}

TEST_CASE("a keyId goes to the chip where DG14 names it, and not where there is nothing to choose") {
    Announcer named;
    named.addProtocol(ecdhAes128, 0xC3);
    named.addKey(0xC3, std::string("\xC3"));
    CHECK(named.prove().result == CheckResult::Passed);

    Announcer unnamed;
    unnamed.addProtocol(ecdhAes128, std::nullopt);
    unnamed.addKey(7, "");
    CHECK(unnamed.prove().result == CheckResult::Passed);

    Announcer several;
    several.addProtocol(ecdhAes128, std::nullopt);
    several.addKey(1, std::string("\x01"));
    several.addKey(2, std::string("\x02"));
    CHECK(several.prove().result == CheckResult::Passed);
}

TEST_CASE("a key that cannot be used does not keep the other from proving the chip") {
    Announcer card;
    card.addKeyInfo(fromHex("300C300706052B240802013001"), 1);
    CHECK(card.prove().result == CheckResult::Failed);
    card.addProtocol(ecdhAes128, std::nullopt);
    card.addKey(2, std::string("\x02"));
    CHECK(card.prove().result == CheckResult::Passed);
}

TEST_CASE("what DG14 does not promise, and what is not known here, is told apart") {
    Announcer silent;
    CHECK(silent.prove().result == CheckResult::NotSupported);
    Announcer unknown;
    unknown.addProtocol("0.4.0.127.0.7.2.2.3.9.9", std::nullopt);
    unknown.addKey(std::nullopt, "");
    CHECK(unknown.prove().result == CheckResult::NotPerformed);
    // A chip that has another key than it promises.
    Announcer clone;
    clone.addProtocol(ecdhAes128, std::nullopt);
    clone.addKey(std::nullopt, "");
    clone.dataGroup14.securityInfos.infos.pop_back();
    const auto genuine = clone.configuration.chipKeys;
    clone.addKey(std::nullopt, "");
    clone.configuration.chipKeys = genuine;
    CHECK(clone.prove().result == CheckResult::Failed);
}

// Australian passports sign with more than 256 bytes; Chinese ones refuse extended length, and sign with
// less.
TEST_CASE("Active Authentication with RSA uses extended length for long signatures alone") {
    SystemRandom random;
    for (const std::size_t bits : {1024U, 2048U, 3072U}) {
        CAPTURE(bits);
        const test::DigitalSignatureScheme1Signer signer(bits);
        Bytes info(static_cast<std::size_t>(i2d_PUBKEY(&signer.key(), nullptr)));
        std::uint8_t* output = info.data();
        i2d_PUBKEY(&signer.key(), &output);
        bool refusesExtendedLength = bits <= 2048;
        InProcessConnection connection(
            "chip", fromHex("3B8580018073C0014000"), [&](BytesView encoded) -> Bytes {
                const auto command = test::ReceivedCommand::parse(encoded);
                if (encoded[4] == 0x00 && refusesExtendedLength) {
                    return {0x67, 0x00};
                }
                return concat(signer.raiseToPrivateExponent(signer.representative(
                                  command.data, HashAlgorithm::Sha512, Bytes{0x35, 0xCC})),
                              Bytes{0x90, 0x00});
            });
        CardSession session(connection);
        const auto proof = proveByActiveAuthentication(session, random, {info}, nullptr, std::nullopt);
        CHECK(proof.check.result == CheckResult::Passed);
        REQUIRE(proof.evidence.has_value());
        CHECK(proof.evidence->signature.size() == bits / 8);
    }
}
