// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/digital_signature_scheme_1.hpp"

#include "host/base/error.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "tests/unit/host/digital_signature_scheme_1_signer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::DigitalSignatureScheme1Signer;

namespace {

// Doc 9303-11, appendix F, steps 1 and 9.
const Bytes publishedChallenge = fromHex("F173589974BF40C6");
const Bytes publishedRepresentative =
    fromHex("6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C"
            "98599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD"
            "4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC");

struct KnownTrailer {
    HashAlgorithm hash;
    Bytes trailer;
};

// Doc 9303-11, 6.1.2.2; 33CC is the explicit form that ISO/IEC 9796-2 has for SHA-1.
const KnownTrailer knownTrailers[] = {
    {HashAlgorithm::Sha1, {0xBC}},         {HashAlgorithm::Sha1, {0x33, 0xCC}},
    {HashAlgorithm::Sha224, {0x38, 0xCC}}, {HashAlgorithm::Sha256, {0x34, 0xCC}},
    {HashAlgorithm::Sha384, {0x36, 0xCC}}, {HashAlgorithm::Sha512, {0x35, 0xCC}},
};

} // namespace

TEST_CASE("The message representative of Doc 9303-11, appendix F, is taken apart") {
    const auto decoded = MessageRepresentative::decode(publishedRepresentative);
    REQUIRE(decoded.has_value());
    CHECK(decoded->hashAlgorithm == HashAlgorithm::Sha1);
    CHECK(toHex(decoded->hash) == "C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127");
    CHECK(toHex(decoded->recoverablePart) ==
          "9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98"
          "599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E"
          "7292E2DCDA3024B47DA8");
    CHECK(digest(HashAlgorithm::Sha1, concat(decoded->recoverablePart, publishedChallenge)) == decoded->hash);
}

TEST_CASE("Other forms of the message representative are refused") {
    const Bytes hash(20, 0x77);
    const auto decode = [](const Bytes& representative) {
        return MessageRepresentative::decode(representative).has_value();
    };
    CHECK(decode(concat(Bytes{0x6A}, hash, Bytes{0xBC})));
    CHECK(decode(concat(Bytes{0x6B, 0xBB, 0xBB, 0xBA}, hash, Bytes{0xBC})));
    CHECK_FALSE(decode({}));
    CHECK_FALSE(decode({0x6A}));
    CHECK_FALSE(decode({0xBC}));
    CHECK_FALSE(decode({0xCC}));
    CHECK_FALSE(decode({0x6A, 0xCC}));
    CHECK_FALSE(decode(concat(Bytes{0x6A}, Bytes(19, 0x77), Bytes{0xBC})));
    CHECK_FALSE(decode(concat(Bytes{0x6B}, hash, Bytes{0xBC})));
    CHECK_FALSE(decode(concat(Bytes{0x6B}, Bytes(30, 0xBB))));
    CHECK_FALSE(decode(concat(Bytes{0x00, 0x6A}, hash, Bytes{0xBC})));
    for (const std::uint8_t identifier : fromHex("00303132373A3BCCBC")) {
        CHECK_FALSE(decode(concat(Bytes{0x6A}, Bytes(64, 0x77), Bytes{identifier, 0xCC})));
    }
    // Total recovery: whoever saw one such signature could show it for every challenge.
    CHECK_FALSE(decode(concat(Bytes{0x4A}, hash, Bytes{0xBC})));
    CHECK_FALSE(decode(concat(Bytes{0x4B, 0xBA}, hash, Bytes{0xBC})));
}

// github.com/bcgit/bc-java, core/src/test/java/org/bouncycastle/crypto/test/ISO9796Test.java, as it stands in
// github.com/ZeroPass/pymrtd, tests/pki/iso9796e2_test.py (values only).
TEST_CASE("A published signature gives its message back") {
    const EvpKey key = decodeSubjectPublicKeyInfo(fromHex(
        "30819F300D06092A864886F70D010101050003818D0030818902818100CDCBDABBF93BE8E8294E32B055256BBD03977"
        "35189BF75816341BB0D488D05D627991221DF7D59835C76A4BB4808ADEEB779E7794504E956ADC2A661B46904CDC71"
        "337DD29DDDD454124EF79CFDD7BC2C21952573CEFBA485CC38C6BD2428809B5A31A898A6B5648CAA4ED678D9743B58"
        "9134B7187478996300EDBA16271A8610203010001"));
    const Bytes signature = fromHex(
        "482E20D1EDDED34359C38F5E7C01203F9D6B2641CDCA5C404D49ADAEDE034C7481D781D043722587761C90468DE69C"
        "6585A1E8B9C322F90E1B580EEDAB3F6007D0C366CF92B4DB8B41C8314929DCE2BE889C0129123484D2FD3D12763D2E"
        "BFD12AC8E51D7061AFCA1A53DEDEC7B9A617472A78C952CCC72467AE008E5F132994");
    const auto opened = openSignature(*key, signature);
    REQUIRE(opened.has_value());
    const auto representative = MessageRepresentative::decode(*opened);
    REQUIRE(representative.has_value());
    CHECK(
        toHex(representative->recoverablePart) ==
        "539BB29260E7BC226C8798B01AF2CAAADC3675E26065E1E3856615894D5BAEF7D97634278D6DD609CF9091B68B248CC2F817"
        "CCC2E98AD7EFA3B730EE97AFC20AD5C00E24F8A49B89CDB05613B5CE2094CC21C9AFB84A23C771BE5CA500E8FB5D75F40D93"
        "CAB6EE019569");
    CHECK(verifyDigitalSignatureScheme1(*key, Bytes(8), signature));
    CHECK_FALSE(verifyDigitalSignatureScheme1(*key, Bytes(7), signature));
    for (std::size_t index = 0; index < signature.size(); index += 9) {
        Bytes changed = signature;
        changed[index] = static_cast<std::uint8_t>(changed[index] ^ 0x10U);
        CHECK_FALSE(verifyDigitalSignatureScheme1(*key, Bytes(8), changed));
    }
}

TEST_CASE("Every trailer is verified with every length of key") {
    const Bytes message = fromHex("0123456789ABCDEF");
    for (const std::size_t bits : {1024U, 1280U, 2048U, 3072U, 4096U}) {
        const DigitalSignatureScheme1Signer signer(bits);
        for (const KnownTrailer& known : knownTrailers) {
            CAPTURE(bits);
            CAPTURE(toHex(known.trailer));
            const Bytes representative = signer.representative(message, known.hash, known.trailer);
            const Bytes signature = signer.raiseToPrivateExponent(representative);
            CHECK(openSignature(signer.key(), signature) == representative);
            CHECK(verifyDigitalSignatureScheme1(signer.key(), message, signature));
            CHECK_FALSE(verifyDigitalSignatureScheme1(signer.key(), Bytes(8), signature));
            // ISO/IEC 9796-2, B.4: the signer may give the smaller of s and n - s.
            CHECK(
                verifyDigitalSignatureScheme1(signer.key(), message, signer.subtractFromModulus(signature)));
        }
    }
}

TEST_CASE("Only signatures that bind the message pass") {
    const DigitalSignatureScheme1Signer signer(1024);
    const Bytes message = fromHex("0123456789ABCDEF");
    const auto verify = [&](BytesView signature) {
        return verifyDigitalSignatureScheme1(signer.key(), message, signature);
    };
    const auto sign = [&](BytesView header, BytesView trailer) {
        return signer.raiseToPrivateExponent(
            signer.representative(message, HashAlgorithm::Sha256, trailer, header));
    };
    CHECK(verify(sign(Bytes{0x6A}, Bytes{0x34, 0xCC})));
    CHECK(verify(sign(Bytes{0x6B, 0xBB, 0xBA}, Bytes{0x34, 0xCC})));
    CHECK_FALSE(verify(sign(Bytes{0x4A}, Bytes{0x34, 0xCC})));
    CHECK_FALSE(verify(sign(Bytes{0x6A}, Bytes{0x35, 0xCC})));
    CHECK_FALSE(verify(sign(Bytes{0x6A}, Bytes{0x34, 0xCD})));
    for (const Bytes& signature : {Bytes{}, Bytes(1), Bytes(128), Bytes(128, 0xFF), Bytes(129, 0x01)}) {
        CHECK_FALSE(verify(signature));
    }
    const EvpKey curveKey(EVP_EC_gen("P-256"));
    CHECK_THROWS_AS(static_cast<void>(openSignature(*curveKey, Bytes(64))), BadConfiguration);
}

TEST_CASE("A signature without its leading zeros is the same number") {
    const DigitalSignatureScheme1Signer signer(1024);
    const Bytes message = fromHex("0123456789ABCDEF");
    // One signature in 256 starts with a zero byte.
    for (unsigned attempt = 0;; ++attempt) {
        REQUIRE(attempt < 20000);
        const Bytes tried = concat(message, toBigEndian(attempt, 4));
        const Bytes signature =
            signer.raiseToPrivateExponent(signer.representative(tried, HashAlgorithm::Sha1, Bytes{0xBC}));
        if (signature[0] == 0) {
            CHECK(verifyDigitalSignatureScheme1(signer.key(), tried, signature));
            CHECK(verifyDigitalSignatureScheme1(signer.key(), tried, BytesView(signature).subspan(1)));
            return;
        }
    }
}
