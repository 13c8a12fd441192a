// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/active_authentication.hpp"
#include "card/crypto/digest.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using crypto::StandardizedDomainParameters;
using emrtd::ActiveAuthenticationKey;
using test::Bytes;
using test::hex;
using test::OwnedCommand;

namespace {

const Bytes nonce = hex("F173589974BF40C6"); // RND.IFD of Doc 9303-11, appendix F
const Bytes privateKey = hex("7984674CF3B3A524BF929CE8A67FCF22173DA0BAD595EED6DEB72D22C542FA9D");

OwnedCommand internalAuthenticate(const Bytes& data, const Bytes& header = hex("00880000")) {
    return OwnedCommand(header, data, 256, false);
}

StatusWord sign(const OwnedCommand& command, RandomSource& random, Bytes& signature,
                StandardizedDomainParameters curve = StandardizedDomainParameters::BrainpoolP256r1,
                const Bytes& key = privateKey) {
    Response response;
    const auto status =
        emrtd::internalAuthenticate(command.get(), ActiveAuthenticationKey{curve, key}, random, response);
    signature = test::toBytes(response.data());
    return status;
}

Bytes sha256(const Bytes& message) {
    Bytes hash(32);
    REQUIRE(crypto::digest(crypto::HashAlgorithm::Sha256, {message}, hash));
    return hash;
}

} // namespace

TEST_CASE("Active Authentication signs the nonce, and OpenSSL verifies the plain signature") {
    test::ScriptedRandom random;
    for (const auto id :
         {StandardizedDomainParameters::Secp256r1, StandardizedDomainParameters::BrainpoolP256r1}) {
        const test::OpensslCurve curve(id);
        Bytes signature;
        REQUIRE(sign(internalAuthenticate(nonce), random, signature, id) == StatusWord::Success);
        CHECK(signature.size() == 64);
        const auto publicKey = curve.multiplyGenerator(privateKey);
        CHECK(curve.verifies(publicKey, sha256(nonce), signature));
        CHECK_FALSE(curve.verifies(publicKey, sha256(hex("F173589974BF40C7")), signature));
    }
}

TEST_CASE("the ephemeral scalar is the first that the source of randomness yields") {
    const auto id = StandardizedDomainParameters::BrainpoolP256r1;
    const test::OpensslCurve curve(id);
    const auto ephemeral = hex("107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A");
    test::ScriptedRandom random(ephemeral);
    Bytes signature;
    REQUIRE(sign(internalAuthenticate(nonce), random, signature) == StatusWord::Success);
    const auto r = test::xOf(curve.multiplyGenerator(ephemeral));
    CHECK(Bytes(signature.begin(), signature.begin() + 32) == r);
}

TEST_CASE("two signatures of one nonce differ") {
    test::ScriptedRandom random;
    Bytes first;
    Bytes second;
    REQUIRE(sign(internalAuthenticate(nonce), random, first) == StatusWord::Success);
    REQUIRE(sign(internalAuthenticate(nonce), random, second) == StatusWord::Success);
    CHECK(first != second);
}

TEST_CASE("INTERNAL AUTHENTICATE refuses what is not a nonce of 8 bytes and P1-P2 0000") {
    test::ScriptedRandom random;
    Bytes signature;
    for (const std::size_t size : {0U, 7U, 9U, 32U}) {
        CHECK(sign(internalAuthenticate(Bytes(size)), random, signature) == StatusWord::WrongLength);
        CHECK(signature.empty());
    }
    CHECK(sign(internalAuthenticate(nonce, hex("00880100")), random, signature) ==
          StatusWord::IncorrectParameters);
}

TEST_CASE("without a key or randomness there is no signature") {
    test::ScriptedRandom random;
    Bytes signature;
    for (const auto& damaged : {Bytes{}, Bytes(32), Bytes(32, 0xFF), Bytes(33, 0x01)}) {
        CHECK(sign(internalAuthenticate(nonce), random, signature,
                   StandardizedDomainParameters::BrainpoolP256r1,
                   damaged) == StatusWord::ReferenceDataNotUsable);
    }
    test::FailingRandom dry;
    CHECK(sign(internalAuthenticate(nonce), dry, signature) == StatusWord::InternalError);
    CHECK(signature.empty());
}
