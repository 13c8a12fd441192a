// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/signature_scheme.hpp"

#include "host/base/error.hpp"
#include "host/crypto/elliptic_curve.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using Kind = SignatureScheme::Kind;

TEST_CASE("What a scheme signs, the same scheme verifies, and no other") {
    const EvpKey rsa(EVP_RSA_gen(1280));
    const EvpKey ellipticCurve(EVP_EC_gen("brainpoolP320r1"));
    const Bytes message = fromHex("00010203");
    const SignatureScheme schemes[] = {
        {Kind::RsaPkcs1, HashAlgorithm::Sha256},   {Kind::RsaPss, HashAlgorithm::Sha256},
        {Kind::RsaPkcs1, HashAlgorithm::Sha1},     {Kind::RsaPss, HashAlgorithm::Sha512},
        {Kind::EcdsaPlain, HashAlgorithm::Sha256}, {Kind::EcdsaPlain, HashAlgorithm::Sha512}};
    for (const auto& signing : schemes) {
        EVP_PKEY& key = signing.kind == Kind::EcdsaPlain ? *ellipticCurve : *rsa;
        EVP_PKEY& otherKey = signing.kind == Kind::EcdsaPlain ? *rsa : *ellipticCurve;
        Bytes signature = sign(signing, key, message);
        CHECK(signature.size() == (signing.kind == Kind::EcdsaPlain ? 80 : 160));
        for (const auto& verifying : schemes) {
            CHECK(verify(verifying, key, message, signature) == (verifying == signing));
        }
        CHECK_FALSE(verify(signing, otherKey, message, signature));
        CHECK_FALSE(verify(signing, key, Bytes{0x00}, signature));
        CHECK_FALSE(verify(signing, key, message, BytesView(signature).subspan(1)));
        CHECK_FALSE(verify(signing, key, message, {}));
        signature[5] ^= 1U;
        CHECK_FALSE(verify(signing, key, message, signature));
        CHECK_THROWS_AS(static_cast<void>(sign(signing, otherKey, message)), BadConfiguration);
    }
    // 64 bytes of hash and 64 of salt do not fit into 1024 bits.
    const EvpKey tooShort(EVP_RSA_gen(1024));
    CHECK_THROWS_AS(static_cast<void>(sign({Kind::RsaPss, HashAlgorithm::Sha512}, *tooShort, message)),
                    CryptographyError);
}

TEST_CASE("an RSA signature is as long as the modulus, leading zeros and all") {
    const EvpKey key(EVP_RSA_gen(1024));
    for (const auto kind : {Kind::RsaPkcs1, Kind::RsaPss}) {
        const SignatureScheme scheme{kind, HashAlgorithm::Sha256};
        Bytes message(4);
        Bytes signature = sign(scheme, *key, message);
        for (; signature.front() != 0; signature = sign(scheme, *key, message)) {
            std::uint8_t* digit = message.data();
            while (++*digit == 0) {
                ++digit;
            }
        }
        CHECK(verify(scheme, *key, message, signature));
        CHECK_FALSE(verify(scheme, *key, message, BytesView(signature).subspan(1)));
        signature.insert(signature.begin(), 0x00);
        CHECK_FALSE(verify(scheme, *key, message, signature));
    }
}
