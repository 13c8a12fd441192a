// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_authentication.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/bignum.hpp"
#include "tests/unit/host/access/eac_chip.hpp"
#include "tests/unit/host/access/scripted.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::EacChip;

namespace {

const Bytes sharedSecret(32, 0x42);

// A chip's key and what agrees with it.
struct KeyOfChip {
    ChipPublicKey publicKey;
    EacChip::Agree agree;
};

KeyOfChip diffieHellmanKey(const DiffieHellmanGroup& group, RandomSource& random) {
    auto pair = std::make_shared<DiffieHellmanKeyPair>(DiffieHellmanKeyPair::generate(group, random));
    return {DiffieHellmanPublicKey{group, toBytes(pair->publicKey())},
            [pair](BytesView terminalKey) { return toBytes(pair->agree(terminalKey).view()); }};
}

KeyOfChip ellipticCurveKey(unsigned parameterId, RandomSource& random) {
    const auto curve = EllipticCurve::standardized(parameterId);
    auto pair = std::make_shared<EllipticCurveKeyPair>(EllipticCurveKeyPair::generate(curve, random));
    return {EllipticCurvePublicKey{curve, toBytes(pair->publicKey())},
            [pair](BytesView terminalKey) { return toBytes(pair->agree(terminalKey).view()); }};
}

struct Session {
    explicit Session(EacChip::Configuration configuration)
        : chip(std::move(configuration), BlockCipher::Aes128, sharedSecret), session(chip) {
        session.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, sharedSecret));
    }

    EacChip chip;
    CardSession session;
};

EacChip::Configuration configurationWith(const KeyOfChip& key, BlockCipher cipher) {
    EacChip::Configuration configuration;
    configuration.chipKeys[""] = key.agree;
    configuration.chipAuthenticationCipher = cipher;
    configuration.diffieHellman = std::holds_alternative<DiffieHellmanPublicKey>(key.publicKey);
    return configuration;
}

ChipAuthenticationProtocol protocolOf(const ChipPublicKey& key, BlockCipher cipher) {
    const bool isEllipticCurve = std::holds_alternative<EllipticCurvePublicKey>(key);
    const std::string family = isEllipticCurve ? "0.4.0.127.0.7.2.2.3.2." : "0.4.0.127.0.7.2.2.3.1.";
    return *ChipAuthenticationProtocol::from(
        ObjectIdentifier::fromText(family + std::to_string(static_cast<int>(cipher) + 1)));
}

constexpr BlockCipher ciphers[] = {BlockCipher::TripleDes, BlockCipher::Aes128, BlockCipher::Aes192,
                                   BlockCipher::Aes256};

} // namespace

TEST_CASE(
    "Chip Authentication with DH agrees in every group, with every cipher, on short and long channels") {
    SystemRandom random;
    for (unsigned parameterId = 0; parameterId <= 2; ++parameterId) {
        const auto key = diffieHellmanKey(DiffieHellmanGroup::standardized(parameterId), random);
        for (const auto cipher : ciphers) {
            for (const bool extendedLength : {false, true}) {
                CAPTURE(parameterId);
                CAPTURE(nameOf(cipher));
                auto configuration = configurationWith(key, cipher);
                configuration.extendedLength = extendedLength;
                Session card(std::move(configuration));
                const auto result = ChipAuthentication(card.session, random)
                                        .perform(protocolOf(key.publicKey, cipher), key.publicKey);
                CHECK(result.proven);
                CHECK(card.session.secureMessagingCipher() == cipher);
                CHECK(result.compressedTerminalKey == digest(HashAlgorithm::Sha1, result.terminalPublicKey));
                // A public value of 2048 bits does not fit into one short command.
                bool chained = false;
                for (const Bytes& command : card.chip.encoded) {
                    chained = chained || (command[0] & 0x10U) != 0;
                    CHECK((extendedLength || command.size() <= 261));
                }
                CHECK(chained == (parameterId > 0 && !extendedLength));
            }
        }
    }
}

TEST_CASE("A group without its order, as PKCS#3 writes it, is used as well") {
    SystemRandom random;
    const auto known = DiffieHellmanGroup::standardized(0);
    // Another generator makes the group an explicit one.
    const BignumPtr generator = known.multiply(known.generator(), known.generator());
    const auto group = DiffieHellmanGroup::fromParameters(known.encodeElement(known.prime()),
                                                          known.encodeElement(*generator), {});
    CHECK_FALSE(group.parameterId().has_value());
    const auto key = diffieHellmanKey(group, random);
    Session card(configurationWith(key, BlockCipher::Aes256));
    CHECK(ChipAuthentication(card.session, random)
              .perform(protocolOf(key.publicKey, BlockCipher::Aes256), key.publicKey)
              .proven);
}

TEST_CASE("A leading zero byte of the shared secret stays") {
    SystemRandom random;
    const auto diffieHellman = diffieHellmanKey(DiffieHellmanGroup::standardized(0), random);
    const auto ellipticCurve = ellipticCurveKey(13, random);
    for (const auto& key : {diffieHellman, ellipticCurve}) {
        // One terminal key in 256 leads to one.
        std::string scripted;
        for (unsigned attempt = 0; scripted.empty(); ++attempt) {
            REQUIRE(attempt < 20000);
            const Bytes privateKey =
                random.bytes(std::holds_alternative<DiffieHellmanPublicKey>(key.publicKey) ? 20 : 32);
            try {
                test::ScriptedRandom script(toHex(privateKey));
                if (EphemeralKeyPair::generate(key.publicKey, script).agree(key.publicKey).view()[0] == 0) {
                    scripted = toHex(privateKey);
                }
            } catch (const std::exception&) {
                continue; // not below the order: a second key would be drawn
            }
        }
        for (const auto cipher : {BlockCipher::TripleDes, BlockCipher::Aes128}) {
            Session card(configurationWith(key, cipher));
            test::ScriptedRandom script(scripted);
            CHECK(ChipAuthentication(card.session, script)
                      .perform(protocolOf(key.publicKey, cipher), key.publicKey)
                      .proven);
        }
    }
}

TEST_CASE("Of several keys the chip uses the one that is referred to") {
    SystemRandom random;
    const auto first = ellipticCurveKey(13, random);
    const auto second = ellipticCurveKey(13, random);
    for (const auto cipher : {BlockCipher::TripleDes, BlockCipher::Aes128}) {
        EacChip::Configuration configuration;
        configuration.chipKeys[std::string("\x01")] = first.agree;
        configuration.chipKeys[std::string("\x02\x03")] = second.agree;
        configuration.chipAuthenticationCipher = cipher;
        const auto perform = [&](const KeyOfChip& key, const std::optional<Bytes>& keyId) {
            Session card(configuration);
            const auto result = ChipAuthentication(card.session, random)
                                    .perform(protocolOf(key.publicKey, cipher), key.publicKey, keyId);
            CHECK(result.proven == result.reason.empty());
            return result.proven;
        };
        CHECK(perform(first, Bytes{0x01}));
        CHECK(perform(second, Bytes{0x02, 0x03}));
        CHECK_FALSE(perform(second, Bytes{0x01}));
        CHECK_FALSE(perform(first, Bytes{0x04}));
        CHECK_FALSE(perform(first, std::nullopt));
    }
}

// Doc 9303-11, 8.5, note 1.
TEST_CASE("A chip with 3DES that does not know MSE:Set KAT is authenticated with MSE:Set AT") {
    SystemRandom random;
    const auto key = ellipticCurveKey(13, random);
    auto configuration = configurationWith(key, BlockCipher::TripleDes);
    configuration.knowsKeyAgreementTemplate = false;
    Session card(configuration);
    CHECK(ChipAuthentication(card.session, random)
              .perform(ChipAuthenticationProtocol::tripleDes(key.publicKey), key.publicKey)
              .proven);
    REQUIRE(card.chip.received.size() == 4);
    CHECK(card.chip.received[0].p1p2() == 0x41A6);
    CHECK(card.chip.received[1].p1p2() == 0x41A4);
    CHECK(card.chip.received[2].ins == 0x86);

    SUBCASE("one that knows neither is named, and secure messaging goes on") {
        configuration.knowsAuthenticationTemplate = false;
        Session refusing(configuration);
        const auto result = ChipAuthentication(refusing.session, random)
                                .perform(ChipAuthenticationProtocol::tripleDes(key.publicKey), key.publicKey);
        CHECK_FALSE(result.proven);
        CHECK(result.reason.find("6A80") != std::string::npos);
        CHECK(refusing.session.secureMessagingCipher() == BlockCipher::Aes128);
        CHECK(refusing.session.transmit({.ins = 0xA4}).sw.isSuccess());
    }
}

// Chips that refuse an Le where none belongs exist; others want it with GENERAL AUTHENTICATE.
TEST_CASE("MSE carries no expected length, GENERAL AUTHENTICATE carries one") {
    SystemRandom random;
    const auto key = ellipticCurveKey(13, random);
    Session card(configurationWith(key, BlockCipher::Aes128));
    REQUIRE(ChipAuthentication(card.session, random)
                .perform(protocolOf(key.publicKey, BlockCipher::Aes128), key.publicKey)
                .proven);
    for (const auto& command : card.chip.received) {
        CHECK(command.le.has_value() == (command.ins == 0x86));
    }
}

TEST_CASE("A copy with another private key proves nothing") {
    SystemRandom random;
    const auto group = DiffieHellmanGroup::standardized(2);
    auto key = diffieHellmanKey(group, random);
    key.agree = diffieHellmanKey(group, random).agree;
    Session card(configurationWith(key, BlockCipher::Aes128));
    const auto result = ChipAuthentication(card.session, random)
                            .perform(protocolOf(key.publicKey, BlockCipher::Aes128), key.publicKey);
    CHECK_FALSE(result.proven);
    CHECK_FALSE(card.session.secureMessagingActive());
}
