// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/subject_public_key_info.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

namespace {

Bytes der(std::uint8_t tag, BytesView content) {
    Bytes encoded{tag};
    if (content.size() >= 0x100) {
        append(encoded, Bytes{0x82, static_cast<std::uint8_t>(content.size() >> 8U),
                              static_cast<std::uint8_t>(content.size() & 0xFFU)});
    } else if (content.size() >= 0x80) {
        append(encoded, Bytes{0x81, static_cast<std::uint8_t>(content.size())});
    } else {
        encoded.push_back(static_cast<std::uint8_t>(content.size()));
    }
    append(encoded, content);
    return encoded;
}

Bytes integer(BytesView number) {
    return der(0x02, number[0] < 0x80 ? toBytes(number) : concat(Bytes{0x00}, number));
}

Bytes keyInfo(const Bytes& algorithm, BytesView publicValue) {
    return der(0x30, concat(algorithm, der(0x03, concat(Bytes{0x00}, integer(publicValue)))));
}

const Bytes pkcs3 = fromHex("06092A864886F70D010301");
const Bytes x942 = fromHex("06072A8648CE3E0201");
const Bytes standardized = fromHex("060704007F00070102");

Bytes bytesOf(const DiffieHellmanGroup& group, const BIGNUM& number) {
    return group.encodeElement(number);
}

} // namespace

TEST_CASE("Diffie-Hellman keys are decoded as PKCS#3, X9.42 and standardized parameters write them") {
    SystemRandom random;
    for (unsigned parameterId = 0; parameterId <= 2; ++parameterId) {
        CAPTURE(parameterId);
        const auto group = DiffieHellmanGroup::standardized(parameterId);
        const auto pair = DiffieHellmanKeyPair::generate(group, random);
        const Bytes prime = integer(bytesOf(group, group.prime()));
        const Bytes generator = integer(bytesOf(group, group.generator()));
        const Bytes order = integer(bytesOf(group, *group.order()));
        for (const Bytes& algorithm :
             {concat(pkcs3, der(0x30, concat(prime, generator))),
              concat(x942, der(0x30, concat(prime, generator, order))),
              concat(standardized, integer(Bytes{static_cast<std::uint8_t>(parameterId)}))}) {
            const auto key = decodeDiffieHellmanPublicKey(keyInfo(der(0x30, algorithm), pair.publicKey()));
            REQUIRE(key.has_value());
            CHECK(key->group == group);
            CHECK(equal(key->value, pair.publicKey()));
            CHECK_FALSE(
                decodeEllipticCurvePublicKey(keyInfo(der(0x30, algorithm), pair.publicKey())).has_value());
        }
    }
}

// The key in EF.CardSecurity of the DH worked example, see tests/data/eac-worked-example.
TEST_CASE("A published Diffie-Hellman key is decoded") {
    const auto key = decodeDiffieHellmanPublicKey(fromHex(
        "308195300C060704007F00070102020100038184000281801B3345F8DC04341BF8B2C97F652FA680E5D4FA4C146AE4B8"
        "39431A644A79BC368C4822C89CD018A57F953644BEDA679C5B532902320E83E13B80DEEF8C18AF3E7D493AE3F8819610"
        "1B9F78EAFE4B3025EF8BFF916B2FC02D762D0838DEA29C09B485591C2F47F87C71F530BB358F56AF6459D86DBF85EAF9"
        "EDBD962CD364F7B8"));
    REQUIRE(key.has_value());
    CHECK(key->group.parameterId() == 0U);
    CHECK(toHex(BytesView(key->value).first(4)) == "1B3345F8");
}

// The key in EF.CardSecurity of the ECDH worked example.
TEST_CASE("A published elliptic curve key with standardized domain parameters is decoded") {
    const Bytes info = fromHex(
        "3052300C060704007F0007010202010D03420004A44EBE5451DF7AADB01E459B8C928A87746A57927C8C28A6775C97A7"
        "E1FE8D9A46FF4A1CC7E4D1389AEA19758E4F75C28C598FD734AEBEB135337CF95BE12E94");
    const auto key = decodeEllipticCurvePublicKey(info);
    REQUIRE(key.has_value());
    CHECK(key->curve.name() == "brainpoolP256r1");
    CHECK_FALSE(decodeDiffieHellmanPublicKey(info).has_value());
}

TEST_CASE("Diffie-Hellman keys outside of their group are refused") {
    const auto group = DiffieHellmanGroup::standardized(2);
    const auto refuse = [](const Bytes& info) {
        CHECK_THROWS_AS(static_cast<void>(decodeDiffieHellmanPublicKey(info)), MalformedData);
    };
    const Bytes algorithm = der(0x30, concat(standardized, integer(Bytes{2})));
    refuse(keyInfo(algorithm, Bytes{1}));
    refuse(keyInfo(algorithm, bytesOf(group, group.prime())));
    Bytes outside = bytesOf(group, group.generator());
    outside.back() ^= 1U;
    refuse(keyInfo(algorithm, outside));
    for (const std::uint8_t unknown : Bytes{3, 7, 19, 127}) {
        const Bytes info = keyInfo(der(0x30, concat(standardized, integer(Bytes{unknown}))), Bytes{2});
        CHECK_THROWS_AS(static_cast<void>(decodeSubjectPublicKeyInfo(info)), MalformedData);
    }
    refuse(keyInfo(der(0x30, standardized), Bytes{2}));
    refuse(der(0x30, concat(algorithm, der(0x03, Bytes{0x00, 0x04, 0x01, 0x02}))));
    // 512 bits are no group that is taken.
    refuse(keyInfo(der(0x30, concat(pkcs3, der(0x30, concat(integer(Bytes(64, 0x7F)), integer(Bytes{2}))))),
                   Bytes{5}));
}
