// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/elliptic_curve.hpp"
#include "tests/unit/card/crypto/openssl_curve.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using crypto::EllipticCurve;
using crypto::StandardizedDomainParameters;
using test::Bytes;
using test::hex;
using test::join;
using test::OpensslCurve;
using test::toBytes;

namespace {

struct NamedPoint {
    const char* what;
    Bytes point;
};

constexpr StandardizedDomainParameters supportedCurves[] = {
    StandardizedDomainParameters::Secp192r1,       StandardizedDomainParameters::Secp224r1,
    StandardizedDomainParameters::Secp256r1,       StandardizedDomainParameters::BrainpoolP256r1,
    StandardizedDomainParameters::Secp384r1,       StandardizedDomainParameters::BrainpoolP384r1,
    StandardizedDomainParameters::BrainpoolP512r1, StandardizedDomainParameters::Secp521r1,
};

Bytes randomScalar(const EllipticCurve& curve, RandomSource& random) {
    crypto::PrivateKey key;
    REQUIRE(curve.generatePrivateKey(random, key));
    return toBytes(key.view());
}

Bytes agree(EllipticCurve& curve, const Bytes& privateKey, const Bytes& publicKey,
            RandomSource* blinding = nullptr) {
    crypto::SharedSecret secret;
    REQUIRE(curve.agree(privateKey, publicKey, blinding, secret));
    return toBytes(secret.view());
}

} // namespace

TEST_CASE("key agreement has the value that OpenSSL computes, on every curve, whatever the blinding") {
    test::ScriptedRandom random;
    for (const auto id : supportedCurves) {
        EllipticCurve curve(id);
        const OpensslCurve oracle(id);
        REQUIRE(curve.supported());
        REQUIRE(curve.fieldSize() == oracle.fieldSize());
        REQUIRE(curve.orderSize() == oracle.orderSize());
        for (int run = 0; run < 4; ++run) {
            const auto privateKey = randomScalar(curve, random);
            const auto peer = oracle.multiplyGenerator(randomScalar(curve, random));
            const auto expected = test::xOf(oracle.multiply(privateKey, peer));
            CHECK(agree(curve, privateKey, peer) == expected);
            CHECK(agree(curve, privateKey, peer, &random) == expected);
        }
    }
}

TEST_CASE("shared secrets keep their leading zero bytes") {
    for (const auto id :
         {StandardizedDomainParameters::Secp256r1, StandardizedDomainParameters::BrainpoolP256r1}) {
        EllipticCurve curve(id);
        const OpensslCurve oracle(id);
        test::ScriptedRandom random;
        const auto privateKey = randomScalar(curve, random);
        int found = 0;
        for (int tries = 0; found < 2 && tries < 20000; ++tries) {
            const auto peer = oracle.multiplyGenerator(randomScalar(curve, random));
            const auto expected = test::xOf(oracle.multiply(privateKey, peer));
            if (expected.front() == 0) {
                ++found;
                const auto secret = agree(curve, privateKey, peer);
                CHECK(secret.size() == 32);
                CHECK(secret == expected);
            }
        }
        CHECK(found == 2);
    }
}

TEST_CASE("points and scalars with leading zero bytes are written at full width") {
    const auto id = StandardizedDomainParameters::BrainpoolP256r1;
    EllipticCurve curve(id);
    const OpensslCurve oracle(id);
    crypto::GroupElement generator;
    REQUIRE(curve.generator(generator));
    int found = 0;
    for (std::uint32_t counter = 1; found < 2 && counter < 20000; ++counter) {
        Bytes scalar(32);
        scalar[30] = static_cast<std::uint8_t>(counter >> 8);
        scalar[31] = static_cast<std::uint8_t>(counter);
        const auto expected = oracle.multiplyGenerator(scalar);
        if (expected[1] == 0 || expected[33] == 0) {
            ++found;
            crypto::GroupElement product;
            REQUIRE(curve.multiply(scalar, generator.view(), nullptr, product));
            CHECK(toBytes(product.view()) == expected);
        }
    }
    CHECK(found == 2);
}

TEST_CASE("scalar × G + point is what OpenSSL computes") {
    test::ScriptedRandom random;
    for (const auto id : supportedCurves) {
        EllipticCurve curve(id);
        const OpensslCurve oracle(id);
        const auto point = oracle.multiplyGenerator(randomScalar(curve, random));
        Bytes nonce(16);
        REQUIRE(random.fill(nonce));
        crypto::GroupElement sum;
        REQUIRE(curve.multiplyGeneratorAndAdd(nonce, point, sum));
        CHECK(toBytes(sum.view()) == oracle.add(oracle.multiplyGenerator(nonce), point));
    }
}

TEST_CASE("scalar × G + point handles doubling and refuses infinity") {
    const auto id = StandardizedDomainParameters::BrainpoolP256r1;
    EllipticCurve curve(id);
    const OpensslCurve oracle(id);
    const Bytes scalar = hex("0123456789ABCDEF0123456789ABCDEF");
    const auto same = oracle.multiplyGenerator(scalar);
    crypto::GroupElement sum;
    REQUIRE(curve.multiplyGeneratorAndAdd(scalar, same, sum));
    CHECK(toBytes(sum.view()) == oracle.add(same, same));

    const auto minusGenerator = oracle.multiplyGenerator(oracle.largestScalar());
    CHECK_FALSE(curve.multiplyGeneratorAndAdd(hex("01"), minusGenerator, sum));
    REQUIRE(curve.multiplyGeneratorAndAdd(Bytes(16), minusGenerator, sum));
    CHECK(toBytes(sum.view()) == minusGenerator);
}

TEST_CASE("points that are not on the curve are refused") {
    for (const auto id : supportedCurves) {
        EllipticCurve curve(id);
        const OpensslCurve oracle(id);
        crypto::GroupElement encodedGenerator;
        REQUIRE(curve.generator(encodedGenerator));
        const auto generator = toBytes(encodedGenerator.view());
        CHECK(curve.isValidPublicKey(generator));

        const auto size = oracle.fieldSize();
        const Bytes coordinateZero(size);
        const Bytes x = test::xOf(generator);
        const Bytes y(generator.end() - static_cast<std::ptrdiff_t>(size), generator.end());
        Bytes nextY = y;
        nextY.back() = static_cast<std::uint8_t>(nextY.back() ^ 1);
        const NamedPoint wrong[] = {
            {"nothing", {}},
            {"infinity", hex("00")},
            {"infinity at full width", Bytes(generator.size())},
            {"zero coordinates", join(hex("04"), coordinateZero, coordinateZero)},
            {"one bit of y flipped", join(hex("04"), x, nextY)},
            {"coordinates exchanged", join(hex("04"), y, x)},
            {"x is the field prime", join(hex("04"), oracle.prime(), y)},
            {"y is the field prime", join(hex("04"), x, oracle.prime())},
            {"coordinates above the field", join(hex("04"), Bytes(2 * size, 0xFF))},
            {"compressed", join(hex("02"), x)},
            {"hybrid", join(hex("06"), x, y)},
            {"a byte short", Bytes(generator.begin(), generator.end() - 1)},
            {"a byte long", join(generator, hex("00"))},
            {"one coordinate", join(hex("04"), x)},
        };
        test::ScriptedRandom random;
        const auto privateKey = randomScalar(curve, random);
        for (const auto& example : wrong) {
            CAPTURE(example.what);
            CHECK_FALSE(curve.isValidPublicKey(example.point));
            crypto::SharedSecret secret;
            CHECK_FALSE(curve.agree(privateKey, example.point, nullptr, secret));
        }
    }
}

TEST_CASE("a point of another curve is refused") {
    EllipticCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    const OpensslCurve other(StandardizedDomainParameters::Secp256r1);
    CHECK_FALSE(curve.isValidPublicKey(other.multiplyGenerator(hex("02"))));
}

TEST_CASE("private keys lie in 1 to order - 1, at full width") {
    for (const auto id : supportedCurves) {
        EllipticCurve curve(id);
        const OpensslCurve oracle(id);
        Bytes one(oracle.orderSize());
        CHECK_FALSE(curve.isValidPrivateKey(one));
        one.back() = 1;
        CHECK(curve.isValidPrivateKey(one));
        CHECK(curve.isValidPrivateKey(oracle.largestScalar()));
        CHECK_FALSE(curve.isValidPrivateKey(oracle.order()));
        CHECK_FALSE(curve.isValidPrivateKey(Bytes(oracle.orderSize(), 0xFF)));
        CHECK_FALSE(curve.isValidPrivateKey(hex("01")));
        CHECK_FALSE(curve.isValidPrivateKey(join(hex("00"), one)));
    }
}

TEST_CASE("private keys are the first random bytes that form one") {
    EllipticCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    const auto scalar = hex("498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560");
    test::ScriptedRandom random(join(Bytes(32, 0xFF), Bytes(32), scalar));
    CHECK(randomScalar(curve, random) == scalar);
    CHECK(random.exhausted());

    EllipticCurve wide(StandardizedDomainParameters::Secp521r1);
    test::ScriptedRandom ones(Bytes(66, 0x3F));
    Bytes expected(66, 0x3F);
    expected.front() = 0x01;
    CHECK(randomScalar(wide, ones) == expected);
}

TEST_CASE("without randomness there is no key and no signature") {
    EllipticCurve curve(StandardizedDomainParameters::BrainpoolP256r1);
    test::FailingRandom dry;
    crypto::PrivateKey key;
    CHECK_FALSE(curve.generatePrivateKey(dry, key));
    CHECK(key.empty());
    test::ScriptedRandom stuck(Bytes(32 * 200));
    CHECK_FALSE(curve.generatePrivateKey(stuck, key));
    crypto::PlainSignature signature;
    Bytes scalar(32, 0x11);
    CHECK_FALSE(curve.sign(scalar, Bytes(32, 0x22), dry, signature));
}

TEST_CASE("curves that the library lacks fail cleanly") {
    for (const auto id :
         {StandardizedDomainParameters::BrainpoolP192r1, StandardizedDomainParameters::BrainpoolP224r1,
          StandardizedDomainParameters::BrainpoolP320r1, static_cast<StandardizedDomainParameters>(0),
          static_cast<StandardizedDomainParameters>(255)}) {
        EllipticCurve curve(id);
        CHECK_FALSE(curve.supported());
        test::ScriptedRandom random;
        crypto::GroupElement point;
        crypto::PrivateKey key;
        CHECK_FALSE(curve.generator(point));
        CHECK_FALSE(curve.generatePrivateKey(random, key));
        CHECK_FALSE(curve.isValidPublicKey(hex("04")));
    }
}

TEST_CASE("the ECDSA example of RFC 6979, A.2.5 with its ephemeral scalar injected") {
    // The RFC derives k from the message; here the same k comes from the source of randomness.
    EllipticCurve curve(StandardizedDomainParameters::Secp256r1);
    const auto privateKey = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    const auto ephemeral = hex("A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60");
    const auto hash =
        hex("AF2BDBE1AA9B6EC1E2ADE1D694F41FC71A831D0268E9891562113D8A62ADD1BF"); // SHA-256("sample")
    test::ScriptedRandom random(ephemeral);
    crypto::PlainSignature signature;
    REQUIRE(curve.sign(privateKey, hash, random, signature));
    CHECK(toBytes(signature.view()) ==
          hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
              "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"));
}

TEST_CASE("OpenSSL verifies the signatures, at full width, and no deviation from them") {
    test::ScriptedRandom random;
    for (const auto id : supportedCurves) {
        EllipticCurve curve(id);
        const OpensslCurve oracle(id);
        const auto privateKey = randomScalar(curve, random);
        const auto publicKey = oracle.multiplyGenerator(privateKey);
        Bytes hash(32);
        REQUIRE(random.fill(hash));
        crypto::PlainSignature signature;
        REQUIRE(curve.sign(privateKey, hash, random, signature));
        REQUIRE(signature.size() == 2 * oracle.orderSize());
        auto bytes = toBytes(signature.view());
        CHECK(oracle.verifies(publicKey, hash, bytes));
        bytes.back() = static_cast<std::uint8_t>(bytes.back() ^ 1);
        CHECK_FALSE(oracle.verifies(publicKey, hash, bytes));
    }
}

TEST_CASE("signatures with a leading zero byte in r keep their width") {
    const auto id = StandardizedDomainParameters::BrainpoolP256r1;
    EllipticCurve curve(id);
    const OpensslCurve oracle(id);
    test::ScriptedRandom random;
    const auto privateKey = randomScalar(curve, random);
    const Bytes hash(32, 0x5A);
    for (int tries = 0; tries < 20000; ++tries) {
        const auto ephemeral = randomScalar(curve, random);
        if (oracle.multiplyGenerator(ephemeral)[1] != 0) {
            continue;
        }
        test::ScriptedRandom scripted(ephemeral);
        crypto::PlainSignature signature;
        REQUIRE(curve.sign(privateKey, hash, scripted, signature));
        CHECK(signature.size() == 64);
        CHECK(signature.view().front() == 0);
        CHECK(oracle.verifies(oracle.multiplyGenerator(privateKey), hash, toBytes(signature.view())));
        return;
    }
    FAIL("no ephemeral scalar with a short r found");
}
