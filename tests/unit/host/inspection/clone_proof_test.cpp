// SPDX-License-Identifier: Apache-2.0
// What chips in the field announce in DG14 and DG15, and how each proves itself nevertheless.
#include "host/inspection/clone_proof.hpp"

#include <doctest/doctest.h>
#include <openssl/core_names.h>
#include <openssl/params.h>

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

namespace {

Bytes infoOf(const EVP_PKEY& key) {
    Bytes info(static_cast<std::size_t>(i2d_PUBKEY(&key, nullptr)));
    std::uint8_t* output = info.data();
    i2d_PUBKEY(&key, &output);
    return info;
}

// Active Authentication with a chip that holds `key` in DG15 and answers challenges with `sign`.
trust::Check proveWith(const EVP_PKEY& key, const std::function<Bytes(BytesView)>& sign) {
    InProcessConnection connection("chip", {}, [&](BytesView encoded) {
        return concat(sign(test::ReceivedCommand::parse(encoded).data), Bytes{0x90, 0x00});
    });
    CardSession session(connection);
    SystemRandom random;
    return proveByActiveAuthentication(ActiveAuthentication(session, random), {infoOf(key)}, nullptr,
                                       std::nullopt)
        .check;
}

EvpKey rsaKey(std::size_t bits, BN_ULONG exponent) {
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    const BignumPtr number(BN_new());
    BN_set_word(number.get(), exponent);
    EVP_PKEY* key = nullptr;
    EVP_PKEY_keygen_init(context.get());
    EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), static_cast<int>(bits));
    EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), number.get());
    EVP_PKEY_generate(context.get(), &key);
    return EvpKey(key);
}

// The public key with the modulus of `key` and the exponent 1.
EvpKey withExponentOne(const EVP_PKEY& key) {
    BIGNUM* modulus = nullptr;
    EVP_PKEY_get_bn_param(&key, "n", &modulus);
    const BignumPtr owned(modulus);
    Bytes number(static_cast<std::size_t>(BN_num_bytes(modulus)));
    BN_bn2nativepad(modulus, number.data(), static_cast<int>(number.size()));
    std::uint8_t one = 1;
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_BN("n", number.data(), number.size()),
                               OSSL_PARAM_construct_BN("e", &one, 1), OSSL_PARAM_construct_end()};
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* publicKey = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &publicKey, EVP_PKEY_PUBLIC_KEY, parameters);
    return EvpKey(publicKey);
}

// The least number whose cube is not below `number`.
Bytes cubeRoot(BytesView number) {
    const BignumContextPtr context(BN_CTX_new());
    const BignumPtr target(BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
    const BignumPtr root(BN_new());
    const BignumPtr cube(BN_new());
    for (int bit = BN_num_bits(target.get()) / 3; bit >= 0; --bit) {
        BN_set_bit(root.get(), bit);
        BN_sqr(cube.get(), root.get(), context.get());
        BN_mul(cube.get(), cube.get(), root.get(), context.get());
        if (BN_cmp(cube.get(), target.get()) > 0) {
            BN_clear_bit(root.get(), bit);
        }
    }
    BN_add_word(root.get(), 1);
    Bytes result(number.size());
    BN_bn2binpad(root.get(), result.data(), static_cast<int>(result.size()));
    return result;
}

const Bytes sha256Trailer{0x34, 0xCC};

std::function<Bytes(BytesView)> signingWith(const test::DigitalSignatureScheme1Signer& signer) {
    return [&](BytesView challenge) {
        return signer.raiseToPrivateExponent(
            signer.representative(challenge, HashAlgorithm::Sha256, sha256Trailer));
    };
}

} // namespace

// gmrtd#346: a key of 512 bits is factored in hours, one with the exponent 1 needs no private key at all.
TEST_CASE("keys on a curve that is not known here prove nothing, and are no forgery for it") {
    const EvpKey key(EVP_EC_gen("secp256k1"));
    REQUIRE(key);
    const auto active = proveWith(*key, [](BytesView) { return Bytes(64, 0x55); });
    CHECK(active.result == CheckResult::NotPerformed);
    CHECK(active.reason.find("no known") != std::string::npos);

    Announcer card;
    card.addProtocol(ecdhAes128, std::nullopt);
    card.addKeyInfo(infoOf(*key), std::nullopt);
    const auto chip = card.prove();
    CHECK(chip.result == CheckResult::NotPerformed);
    CHECK(chip.reason.find("no known") != std::string::npos);
}

TEST_CASE("Active Authentication with a key that anybody can sign with proves nothing, and says why") {
    const std::string provesNothing = "the key in DG15 proves nothing, anybody can sign with it: ";
    for (const std::size_t bits : {512U, 768U, 1016U}) {
        const test::DigitalSignatureScheme1Signer signer(bits);
        const auto check = proveWith(signer.key(), signingWith(signer));
        CHECK(check.result == CheckResult::NotPerformed);
        CHECK(check.reason == provesNothing + "RSA with " + std::to_string(bits) + " bits");
    }
    const test::DigitalSignatureScheme1Signer others(2048);
    const auto publicKey = withExponentOne(others.key());
    const auto forged = proveWith(*publicKey, [&](BytesView challenge) {
        return others.representative(challenge, HashAlgorithm::Sha256, sha256Trailer);
    });
    CHECK(forged.result == CheckResult::NotPerformed);
    CHECK(forged.reason == provesNothing + "RSA with the public exponent 1");
}

TEST_CASE("Active Authentication with a weak key passes, and the weakness is named") {
    const std::string weak = "the key in DG15 is weak: ";
    for (const auto& [bits, reason] :
         {std::pair{1024U, weak + "RSA with 1024 bits"}, std::pair{1792U, weak + "RSA with 1792 bits"},
          std::pair{2048U, std::string()}}) {
        const test::DigitalSignatureScheme1Signer signer(bits);
        const auto check = proveWith(signer.key(), signingWith(signer));
        CHECK(check.result == CheckResult::Passed);
        CHECK(check.reason == reason);
    }
    for (const auto& [curve, reason] :
         {std::pair{"P-192", weak + "an elliptic curve of 192 bits"},
          std::pair{"brainpoolP192r1", weak + "an elliptic curve of 192 bits"},
          std::pair{"P-224", std::string()}, std::pair{"P-256", std::string()}}) {
        const EvpKey key(EVP_EC_gen(curve));
        const auto check = proveWith(*key, [&](BytesView challenge) {
            const DigestContextPtr context(EVP_MD_CTX_new());
            Bytes signature(128);
            std::size_t size = signature.size();
            EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
            EVP_DigestSign(context.get(), signature.data(), &size, challenge.data(), challenge.size());
            signature.resize(size);
            return signature;
        });
        CHECK(check.result == CheckResult::Passed);
        CHECK(check.reason == reason);
    }
}

// Hash and trailer in front and anything behind them: such a cube has a root that nobody needs a key for.
TEST_CASE("with the public exponent 3 a signature counts, and a cube root made without the key does not") {
    const test::DigitalSignatureScheme1Signer signer(rsaKey(2048, 3));
    const auto genuine = proveWith(signer.key(), signingWith(signer));
    CHECK(genuine.result == CheckResult::Passed);
    CHECK(genuine.reason == "the key in DG15 is weak: RSA with the public exponent 3");
    const auto forged = proveWith(signer.key(), [&](BytesView challenge) {
        const Bytes recoverable(8, 0x5C);
        Bytes front = concat(Bytes{0x6A}, recoverable,
                             digest(HashAlgorithm::Sha256, concat(recoverable, challenge)), sha256Trailer);
        front.resize(signer.modulusSize());
        return cubeRoot(front);
    });
    CHECK(forged.result == CheckResult::Failed);
}

// Australian passports sign with more than 256 bytes; Chinese ones refuse extended length, and sign with
// less.
TEST_CASE("Active Authentication with RSA uses extended length for long signatures alone") {
    SystemRandom random;
    for (const std::size_t bits : {1024U, 2048U, 3072U}) {
        CAPTURE(bits);
        const test::DigitalSignatureScheme1Signer signer(bits);
        const Bytes info = infoOf(signer.key());
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
        const auto proof =
            proveByActiveAuthentication(ActiveAuthentication(session, random), {info}, nullptr, std::nullopt);
        CHECK(proof.check.result == CheckResult::Passed);
        REQUIRE(proof.evidence.has_value());
        CHECK(proof.evidence->signature.size() == bits / 8);
    }
}
