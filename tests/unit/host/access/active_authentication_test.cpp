// SPDX-License-Identifier: Apache-2.0
#include "host/access/active_authentication.hpp"

#include "host/base/error.hpp"
#include "host/crypto/ecdsa.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/unit/host/access/scripted.hpp"
#include "tests/unit/host/access/test_chip.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace cancuoc;
using test::DigitalSignatureScheme1Signer;
using test::ScriptedConnection;
using test::ScriptedRandom;

namespace {

constexpr HashAlgorithm sha256[] = {HashAlgorithm::Sha256};
constexpr HashAlgorithm sha384[] = {HashAlgorithm::Sha384};
constexpr HashAlgorithm anyHash[] = {HashAlgorithm::Sha224, HashAlgorithm::Sha256, HashAlgorithm::Sha384,
                                     HashAlgorithm::Sha512};

// A chip that signs the challenge of INTERNAL AUTHENTICATE, in plain or DER form.
struct SigningChip {
    EllipticCurveKeyPair key;
    HashAlgorithm algorithm;
    bool plainForm;
    std::vector<Bytes> commands{};

    Bytes operator()(BytesView command) {
        commands.push_back(toBytes(command));
        Bytes signature = signEcdsa(key, algorithm, command.subspan(5, 8));
        if (plainForm) {
            signature = plainFromDerSignature(signature, key.curve().orderSize());
        }
        return concat(signature, Bytes{0x90, 0x00});
    }
};

} // namespace

TEST_CASE("ECDSA signatures of every curve are verified in plain and in DER form") {
    SystemRandom random;
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        for (const bool plainForm : {true, false}) {
            CAPTURE(parameterId);
            const auto curve = EllipticCurve::standardized(parameterId);
            SigningChip chip{EllipticCurveKeyPair::generate(curve, random), HashAlgorithm::Sha256, plainForm};
            InProcessConnection connection("chip", {}, [&chip](BytesView command) { return chip(command); });
            CardSession session(connection);
            const EvpKey publicKey = ellipticCurvePublicKey(curve, chip.key.publicKey());
            const auto evidence = ActiveAuthentication(session, random).perform(*publicKey);
            CHECK(verifyActiveAuthentication(evidence, *publicKey, sha256));
            CHECK(verifyActiveAuthentication(evidence, *publicKey, anyHash));

            // The command, and the evidence kept.
            REQUIRE(chip.commands.size() == 1);
            CHECK(toHex(BytesView(chip.commands[0]).first(5)) == "0088000008");
            CHECK(chip.commands[0].back() == 0x00);
            CHECK(equal(BytesView(chip.commands[0]).subspan(5, 8), evidence.challenge));

            // Another hash, another challenge, another key, another signature.
            CHECK_FALSE(verifyActiveAuthentication(evidence, *publicKey, sha384));
            auto replayed = evidence;
            replayed.challenge[0] = static_cast<std::uint8_t>(replayed.challenge[0] ^ 1U);
            CHECK_FALSE(verifyActiveAuthentication(replayed, *publicKey, sha256));
            const auto stranger = EllipticCurveKeyPair::generate(curve, random);
            CHECK_FALSE(verifyActiveAuthentication(
                evidence, *ellipticCurvePublicKey(curve, stranger.publicKey()), anyHash));
            for (Bytes broken : {Bytes{}, Bytes(1), Bytes(curve.orderSize() * 2), Bytes(300, 0xFF)}) {
                CHECK_FALSE(verifyActiveAuthentication({evidence.challenge, broken}, *publicKey, anyHash));
            }
        }
    }
}

TEST_CASE("ECDSA signatures with leading zeros pass in every way that chips write them") {
    SystemRandom random;
    const auto curve = EllipticCurve::standardized(13);
    const auto key = EllipticCurveKeyPair::generate(curve, random);
    const EvpKey publicKey = ellipticCurvePublicKey(curve, key.publicKey());
    const auto verify = [&](BytesView challenge, const Bytes& signature) {
        return verifyActiveAuthentication({toBytes(challenge), signature}, *publicKey, sha256);
    };
    const auto asDer = [](BytesView r, BytesView s) {
        const auto integer = [](BytesView number) {
            return concat(Bytes{0x02, static_cast<std::uint8_t>(number.size())}, number);
        };
        const Bytes numbers = concat(integer(r), integer(s));
        return concat(Bytes{0x30, static_cast<std::uint8_t>(numbers.size())}, numbers);
    };
    bool highBitSeen = false;
    bool leadingZeroSeen = false;
    for (unsigned attempt = 0; !highBitSeen || !leadingZeroSeen; ++attempt) {
        REQUIRE(attempt < 20000);
        const Bytes challenge = toBigEndian(attempt, 8);
        const Bytes plain = plainFromDerSignature(signEcdsa(key, HashAlgorithm::Sha256, challenge), 32);
        const BytesView r = BytesView(plain).first(32);
        const BytesView s = BytesView(plain).last(32);
        if (r[0] >= 0x80 && !highBitSeen) {
            highBitSeen = true;
            // Without the zero byte that keeps r positive; with a zero byte too many.
            CHECK(verify(challenge, asDer(r, s)));
            CHECK(verify(challenge, asDer(concat(Bytes(2), r), concat(Bytes(3), s))));
            CHECK(verify(challenge, concat(Bytes(1), r, Bytes(1), s)));
        }
        if (r[0] == 0 && !leadingZeroSeen) {
            leadingZeroSeen = true;
            CHECK(verify(challenge, plain));
            CHECK(verify(challenge, asDer(r, s)));
            CHECK(verify(challenge, asDer(r.subspan(1), s)));
        }
    }
}

namespace {

// Its third software function table states extended length fields.
const Bytes extendedLengthAtr = fromHex("3B8580018073C0014000");

// A chip with an RSA key that answers with as much as was asked for, and the rest after GET RESPONSE.
struct RsaChip {
    const DigitalSignatureScheme1Signer& signer;
    bool knowsExtendedLength = true;
    std::vector<Bytes> commands{};
    Bytes rest{};

    Bytes operator()(BytesView encoded) {
        commands.push_back(toBytes(encoded));
        const auto command = test::ReceivedCommand::parse(encoded);
        if (command.ins == 0xC0) {
            return concat(rest, Bytes{0x90, 0x00});
        }
        const Bytes signature = signer.raiseToPrivateExponent(
            signer.representative(command.data, HashAlgorithm::Sha256, Bytes{0x34, 0xCC}));
        if (*command.le > 256 && !knowsExtendedLength) {
            return {0x67, 0x00};
        }
        if (signature.size() <= *command.le) {
            return concat(signature, Bytes{0x90, 0x00});
        }
        rest = toBytes(BytesView(signature).subspan(*command.le));
        return concat(BytesView(signature).first(*command.le),
                      Bytes{0x61, static_cast<std::uint8_t>(rest.size())});
    }
};

} // namespace

TEST_CASE("RSA signatures longer than a short response come with extended length, or in pieces") {
    SystemRandom random;
    struct Case {
        const DigitalSignatureScheme1Signer* signer;
        bool readerExtended;
        bool chipExtended;
        std::vector<std::string> headers; // CLA INS P1 P2 and the start of the length field
    };
    const DigitalSignatureScheme1Signer rsa1024(1024);
    const DigitalSignatureScheme1Signer rsa2048(2048);
    const DigitalSignatureScheme1Signer rsa3072(3072);
    const std::string shortHeader = "0088000008";
    const std::string extendedHeader = "0088000000";
    for (const Case& expected :
         {Case{&rsa1024, true, true, {shortHeader}}, Case{&rsa2048, true, true, {shortHeader}},
          Case{&rsa3072, true, true, {extendedHeader}},
          Case{&rsa3072, true, false, {extendedHeader, shortHeader, "00C0000080"}},
          Case{&rsa3072, false, true, {shortHeader, "00C0000080"}}}) {
        CAPTURE(expected.signer->modulusSize());
        RsaChip chip{*expected.signer, expected.chipExtended};
        InProcessConnection connection("chip", expected.readerExtended ? extendedLengthAtr : Bytes{},
                                       [&chip](BytesView command) { return chip(command); });
        CardSession session(connection);
        const auto evidence = ActiveAuthentication(session, random).perform(chip.signer.key());
        CHECK(verifyActiveAuthentication(evidence, chip.signer.key(), {}));
        REQUIRE(chip.commands.size() == expected.headers.size());
        for (std::size_t index = 0; index < chip.commands.size(); ++index) {
            CHECK(toHex(BytesView(chip.commands[index]).first(5)) == expected.headers[index]);
        }
    }
}

TEST_CASE("Every run draws a fresh challenge") {
    SystemRandom random;
    SigningChip chip{EllipticCurveKeyPair::generate(EllipticCurve::standardized(13), random),
                     HashAlgorithm::Sha256, true};
    const EvpKey publicKey = chip.key.toEvpKey();
    InProcessConnection connection("chip", {}, [&chip](BytesView command) { return chip(command); });
    CardSession session(connection);
    std::set<std::string> challenges;
    for (int run = 0; run < 20; ++run) {
        const Bytes challenge = ActiveAuthentication(session, random).perform(*publicKey).challenge;
        CHECK(challenge.size() == 8);
        CHECK(challenges.insert(toHex(challenge)).second);
    }
}

TEST_CASE("A challenge of the caller's goes to the chip as it is and stays in the evidence") {
    SystemRandom random;
    SigningChip chip{EllipticCurveKeyPair::generate(EllipticCurve::standardized(13), random),
                     HashAlgorithm::Sha256, true};
    const EvpKey publicKey = chip.key.toEvpKey();
    InProcessConnection connection("chip", {}, [&chip](BytesView command) { return chip(command); });
    CardSession session(connection);
    const Bytes challenge = fromHex("0102030405060708");
    const auto evidence = ActiveAuthentication(session, random).perform(*publicKey, challenge);
    CHECK(evidence.challenge == challenge);
    CHECK(equal(BytesView(chip.commands.at(0)).subspan(5, 8), challenge));
    CHECK(verifyActiveAuthentication(evidence, *publicKey, sha256));
    for (const std::size_t size : {0U, 7U, 9U, 16U}) {
        CHECK_THROWS_AS(
            static_cast<void>(ActiveAuthentication(session, random).perform(*publicKey, Bytes(size))),
            BadConfiguration);
    }
}

// github.com/gmrtd/gmrtd, activeauth/active_auth_test.go, TestDoActiveAuth (values only): keys and counter of
// secure messaging, the public key, the challenge, the protected exchange. The response is longer than 256
// bytes with secure messaging around the 224 of the signature.
TEST_CASE("A published Active Authentication with RSA replays under secure messaging") {
    const EvpKey publicKey = decodeSubjectPublicKeyInfo(fromHex(
        "3081FF300D06092A864886F70D01010105000381ED003081E90281E100BB8F93F4DC95E205CDA17C6927AB1E365B13065"
        "D03CD12E0FCE95D96840529453202F56CC4C13F77CD062930C8BC89A2873B257045C286E601CF3C09323A5310331490280"
        "4AA10A314628CE222206A8866946A36B442041BB54AC81E6855DD1D6E16101833D65A191C20AC8B33B8A1A32920F46043"
        "F8031CF2BC17417030865FC5BE5A39DEE423BCBA3CA8177168EB23CFE01BA43EC87711B1CFFF85DB46F300DD8AE317B50D"
        "543B573E119E23AF7070D0B2FED6A3B2313A5EC02A531AAED1741F4390D1013E2A0F081EAC5DC8B0A1B2C6BDB1206F08D3"
        "0E3643E1E5BDF536110203010001"));
    ScriptedConnection connection{
        {"0C88000020871101ED7F8CB47A4EEA086324A7F9DD7427809701008E0897F54BAE49AA71F800",
         "8781E901D04CA80F527DF94F4A430D3D6E6CB6C2AF4C6756C068A93132D147FA27833125304132981B8BD8009448E89F259"
         "EEC85"
         "52B54285CEF9D8F1B7FB31B9F279221C7E925F4951811F3FE2E01D76E68DBC7CDE9C873C5F61862F3C5469792A72F92C894"
         "3B890"
         "436F5E9FEAEAD9F2A361FCD7A615493D1B3519865F32EE9A125886588EB21FEE0E709353D0731139FDC958D6B2127FAD694"
         "7B438"
         "998B526819803F70F78614CD42F4A6619C6AF95DFD2AB09BEDF71E707ABC39A250AEE68006D522AD37D159674984A07D11C"
         "00102"
         "2C853AEB7ACDB059EDE5721A3B9F20441BDA7E242EE8DF1369D25316990290008E08FD2493147866F0ED9000"}};
    ScriptedRandom random("96302B0F3D7E7864");
    CardSession session(connection);
    session.startSecureMessaging({BlockCipher::TripleDes, fromHex("B99D546108EAA251570876B6D3456DCE"),
                                  fromHex("E3857CA24946251C151C540E13F2CD51"), fromHex("00000000000000CC")});
    const auto evidence = ActiveAuthentication(session, random).perform(*publicKey);
    CHECK(connection.finished());
    CHECK(evidence.signature.size() == 224);
    CHECK(verifyActiveAuthentication(evidence, *publicKey, {}));
}

// github.com/rarimo/passport-contracts, test/passport/authenticators/PECDSASHA1Authenticator.test.ts (values
// only): the challenge, the signature r || s and the public key on brainpoolP256r1 of a passport that signs
// with SHA-1. The APDUs around them are those of Doc 9303-11, 6.1.3.
TEST_CASE("A published Active Authentication with ECDSA replays") {
    const auto publicKey =
        ellipticCurvePublicKey(EllipticCurve::standardized(13),
                               fromHex("0469501BE7DAC08517DFE4A44E1952CC9F5B21D22CBE4D3DB26EA22542AFBF8548"
                                       "3D72A4671BAA4BCD74F4CDC71BF6FE45A9DDAF50C5F6E3327078C90DA2FCB304"));
    ScriptedConnection connection{{"0088000008E7938EA62EB1980A00",
                                   "13DCD0CCE676DFB4C2EF2B26F3AC8BB640146391C12EC80E052ABA2D617A5888"
                                   "4060930A62757DC2003F4CAA38E9CFF44001E2B3D7286E03CA119B1AD7A680B1"
                                   "9000"}};
    ScriptedRandom random("E7938EA62EB1980A");
    CardSession session(connection);
    const auto evidence = ActiveAuthentication(session, random).perform(*publicKey);
    CHECK(connection.finished());
    constexpr HashAlgorithm sha1[] = {HashAlgorithm::Sha1};
    CHECK(verifyActiveAuthentication(evidence, *publicKey, sha1));
    CHECK_FALSE(verifyActiveAuthentication(evidence, *publicKey, anyHash));
}

TEST_CASE("A refusal carries its status word, and other kinds of keys are named as not supported") {
    SystemRandom random;
    InProcessConnection refusing("chip", {}, [](BytesView) { return Bytes{0x6A, 0x00}; });
    CardSession session(refusing);
    const EvpKey ec(EVP_EC_gen("P-256"));
    CHECK_THROWS_AS(static_cast<void>(ActiveAuthentication(session, random).perform(*ec)), CardError);

    CHECK(supportsActiveAuthentication(*ec));
    CHECK(supportsActiveAuthentication(*EvpKey(EVP_RSA_gen(1024))));
    const EvpKey edwards(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    CHECK_FALSE(supportsActiveAuthentication(*edwards));
    CHECK_THROWS_AS(static_cast<void>(verifyActiveAuthentication({Bytes(8), Bytes(64)}, *edwards, sha256)),
                    BadConfiguration);
}
