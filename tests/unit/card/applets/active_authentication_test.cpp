// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/active_authentication.hpp"
#include "card/crypto/digest.hpp"
#include "tests/support/openssl_rsa.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using crypto::HashAlgorithm;
using crypto::StandardizedDomainParameters;
using emrtd::EcdsaActiveAuthenticationKey;
using emrtd::RsaActiveAuthenticationKey;
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
                const Bytes& key = privateKey, HashAlgorithm hash = HashAlgorithm::Sha256) {
    Response response;
    const auto status = emrtd::internalAuthenticate(
        command.get(), EcdsaActiveAuthenticationKey{curve, hash, key}, random, response);
    signature = test::toBytes(response.data());
    return status;
}

Bytes hashOf(HashAlgorithm algorithm, const Bytes& message) {
    Bytes hash(crypto::digestSize(algorithm));
    REQUIRE(crypto::digest(algorithm, {message}, hash));
    return hash;
}

Bytes sha256(const Bytes& message) {
    return hashOf(HashAlgorithm::Sha256, message);
}

// One key pair for each length, as finding primes takes its time.
const cancuoc::test::OpensslRsa& rsaKey(int bits) {
    static const cancuoc::test::OpensslRsa shortKey(1024);
    static const cancuoc::test::OpensslRsa middleKey(1536);
    static const cancuoc::test::OpensslRsa longKey(2048);
    return bits == 1024 ? shortKey : bits == 1536 ? middleKey : longKey;
}

StatusWord signWithRsa(const OwnedCommand& command, const cancuoc::test::OpensslRsa& key, HashAlgorithm hash,
                       RandomSource& random, Bytes& signature) {
    const auto firstPrime = key.firstPrime();
    const auto secondPrime = key.secondPrime();
    const auto publicExponent = key.publicExponent();
    Response response;
    const auto status = emrtd::internalAuthenticate(
        command.get(), RsaActiveAuthenticationKey{hash, firstPrime, secondPrime, publicExponent}, random,
        response);
    signature = test::toBytes(response.data());
    return status;
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

TEST_CASE("Active Authentication signs with every curve and hash that fit together") {
    constexpr StandardizedDomainParameters curves[] = {
        StandardizedDomainParameters::Secp224r1,       StandardizedDomainParameters::Secp256r1,
        StandardizedDomainParameters::BrainpoolP256r1, StandardizedDomainParameters::Secp384r1,
        StandardizedDomainParameters::BrainpoolP384r1, StandardizedDomainParameters::BrainpoolP512r1,
        StandardizedDomainParameters::Secp521r1};
    test::ScriptedRandom random;
    int combinations = 0;
    for (const auto id : curves) {
        const test::OpensslCurve curve(id);
        Bytes key(curve.orderSize(), 0x53);
        key.front() = 0;
        for (const auto hash :
             {HashAlgorithm::Sha224, HashAlgorithm::Sha256, HashAlgorithm::Sha384, HashAlgorithm::Sha512}) {
            if (crypto::digestSize(hash) > curve.orderSize()) {
                continue;
            }
            ++combinations;
            Bytes signature;
            REQUIRE(sign(internalAuthenticate(nonce), random, signature, id, key, hash) ==
                    StatusWord::Success);
            CHECK(curve.verifies(curve.multiplyGenerator(key), hashOf(hash, nonce), signature));
        }
    }
    CHECK(combinations == 19);
}

TEST_CASE("Active Authentication with RSA makes the message representative of Doc 9303-11, appendix F") {
    const auto recoverable = hex("9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991"
                                 "B543F1696546C5524CF23A5303CD6C98599F40B79F377B5F3A1406B3B4D8F967"
                                 "84D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E"
                                 "7292E2DCDA3024B47DA8");
    test::ScriptedRandom random(recoverable);
    Bytes signature;
    // The example keeps its key to itself: the signature opens to its message representative under any key.
    REQUIRE(signWithRsa(internalAuthenticate(nonce), rsaKey(1024), HashAlgorithm::Sha1, random, signature) ==
            StatusWord::Success);
    CHECK(rsaKey(1024).encrypt(signature) ==
          hex("6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC19"
              "91B543F1696546C5524CF23A5303CD6C98599F40B79F377B5F3A1406B3B4D8F9"
              "6784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD"
              "4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC"));
}

TEST_CASE("Active Authentication with RSA signs with every length and hash") {
    struct TrailerOf {
        HashAlgorithm hash;
        Bytes trailer;
    };
    const TrailerOf hashes[] = {{HashAlgorithm::Sha1, hex("BC")},
                                {HashAlgorithm::Sha224, hex("38CC")},
                                {HashAlgorithm::Sha256, hex("34CC")},
                                {HashAlgorithm::Sha384, hex("36CC")},
                                {HashAlgorithm::Sha512, hex("35CC")}};
    test::ScriptedRandom random;
    for (const int bits : {1024, 1536, 2048}) {
        for (const auto& example : hashes) {
            CAPTURE(bits);
            Bytes signature;
            REQUIRE(signWithRsa(internalAuthenticate(nonce), rsaKey(bits), example.hash, random, signature) ==
                    StatusWord::Success);
            const auto opened = rsaKey(bits).encrypt(signature);
            const auto end = opened.end() - static_cast<std::ptrdiff_t>(example.trailer.size());
            const auto hashBegin = end - static_cast<std::ptrdiff_t>(crypto::digestSize(example.hash));
            const Bytes recoverable(opened.begin() + 1, hashBegin);
            CHECK(opened.front() == 0x6A);
            CHECK(Bytes(end, opened.end()) == example.trailer);
            CHECK(Bytes(hashBegin, end) == hashOf(example.hash, test::join(recoverable, nonce)));
            Bytes again;
            REQUIRE(signWithRsa(internalAuthenticate(nonce), rsaKey(bits), example.hash, random, again) ==
                    StatusWord::Success);
            CHECK(again != signature);
        }
    }
}

TEST_CASE("Active Authentication with RSA refuses what is not right") {
    test::ScriptedRandom random;
    Bytes signature;
    const auto& key = rsaKey(1024);
    CHECK(signWithRsa(internalAuthenticate(Bytes(7)), key, HashAlgorithm::Sha256, random, signature) ==
          StatusWord::WrongLength);
    CHECK(signWithRsa(internalAuthenticate(nonce, hex("00880001")), key, HashAlgorithm::Sha256, random,
                      signature) == StatusWord::IncorrectParameters);
    test::FailingRandom dry;
    CHECK(signWithRsa(internalAuthenticate(nonce), key, HashAlgorithm::Sha256, dry, signature) ==
          StatusWord::InternalError);
    CHECK(signature.empty());

    // A key of 768 bits, one of 4096 and primes that are none.
    for (const int bits : {768, 4096}) {
        CHECK(signWithRsa(internalAuthenticate(nonce), cancuoc::test::OpensslRsa(bits), HashAlgorithm::Sha1,
                          random, signature) == StatusWord::ReferenceDataNotUsable);
    }
    const auto prime = key.firstPrime();
    const auto exponent = key.publicExponent();
    Response response;
    const auto command = internalAuthenticate(nonce);
    CHECK(emrtd::internalAuthenticate(command.get(),
                                      RsaActiveAuthenticationKey{HashAlgorithm::Sha1, prime, {}, exponent},
                                      random, response) == StatusWord::ReferenceDataNotUsable);
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
