// SPDX-License-Identifier: Apache-2.0
#include "host/access/active_authentication.hpp"

#include "host/crypto/ecdsa.hpp"
#include "host/reader/in_process_connection.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace cancuoc;

namespace {

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
            const auto evidence = ActiveAuthentication(session, random).perform();
            const EvpKey publicKey = ellipticCurvePublicKey(curve, chip.key.publicKey());
            CHECK(verifyActiveAuthentication(evidence, *publicKey, HashAlgorithm::Sha256));

            // The command, and the evidence kept.
            REQUIRE(chip.commands.size() == 1);
            CHECK(toHex(BytesView(chip.commands[0]).first(5)) == "0088000008");
            CHECK(chip.commands[0].back() == 0x00);
            CHECK(equal(BytesView(chip.commands[0]).subspan(5, 8), evidence.challenge));

            // Another hash, another challenge, another key, another signature.
            CHECK_FALSE(verifyActiveAuthentication(evidence, *publicKey, HashAlgorithm::Sha384));
            auto replayed = evidence;
            replayed.challenge[0] = static_cast<std::uint8_t>(replayed.challenge[0] ^ 1U);
            CHECK_FALSE(verifyActiveAuthentication(replayed, *publicKey, HashAlgorithm::Sha256));
            const auto stranger = EllipticCurveKeyPair::generate(curve, random);
            CHECK_FALSE(verifyActiveAuthentication(
                evidence, *ellipticCurvePublicKey(curve, stranger.publicKey()), HashAlgorithm::Sha256));
            for (Bytes broken : {Bytes{}, Bytes(1), Bytes(curve.orderSize() * 2), Bytes(300, 0xFF)}) {
                CHECK_FALSE(verifyActiveAuthentication({evidence.challenge, broken}, *publicKey,
                                                       HashAlgorithm::Sha256));
            }
        }
    }
}

TEST_CASE("Every run draws a fresh challenge") {
    SystemRandom random;
    SigningChip chip{EllipticCurveKeyPair::generate(EllipticCurve::standardized(13), random),
                     HashAlgorithm::Sha256, true};
    InProcessConnection connection("chip", {}, [&chip](BytesView command) { return chip(command); });
    CardSession session(connection);
    std::set<std::string> challenges;
    for (int run = 0; run < 20; ++run) {
        const Bytes challenge = ActiveAuthentication(session, random).perform().challenge;
        CHECK(challenge.size() == 8);
        CHECK(challenges.insert(toHex(challenge)).second);
    }
}

TEST_CASE("A refusal carries its status word, and RSA keys are named as not supported") {
    SystemRandom random;
    InProcessConnection refusing("chip", {}, [](BytesView) { return Bytes{0x6A, 0x00}; });
    CardSession session(refusing);
    CHECK_THROWS_AS(static_cast<void>(ActiveAuthentication(session, random).perform()), CardError);

    const EvpKey rsa(EVP_RSA_gen(1024));
    CHECK_FALSE(supportsActiveAuthentication(*rsa));
    CHECK_THROWS_AS(
        static_cast<void>(verifyActiveAuthentication({Bytes(8), Bytes(128)}, *rsa, HashAlgorithm::Sha1)),
        BadConfiguration);
}
