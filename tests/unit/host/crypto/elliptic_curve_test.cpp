// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/ecdsa.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/subject_public_key_info.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>

using namespace cancuoc;

namespace {

class PreparedRandom final : public RandomSource {
public:
    explicit PreparedRandom(BytesView bytes) : bytes_(bytes.begin(), bytes.end()) {}

    void fill(std::span<std::uint8_t> output) override {
        REQUIRE(output.size() <= bytes_.size());
        std::copy_n(bytes_.begin(), output.size(), output.begin());
        bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(output.size()));
    }

private:
    std::deque<std::uint8_t> bytes_;
};

// Doc 9303-11, G.1: the key pairs of the mapping.
const Bytes terminalPrivate = fromHex("7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99");
const Bytes terminalPublic = fromHex("047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
                                     "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D");
const Bytes chipPublic = fromHex("04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                                 "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54");

// The SubjectPublicKeyInfo of an Austrian chip's key, with explicit parameters, from DG14 as published in
// chipauth/chip_auth_test.go of github.com/gmrtd/gmrtd (values only); there under the OID of Chip
// Authentication.
const Bytes explicitInfo = fromHex("308201333081EC06072A8648CE3D02013081E0020101302C06072A8648CE3D0101022100A"
                                   "9FB57DBA1EEA9BC3E660A909D838D726E3BF623D5"
                                   "2620282013481D1F6E5377304404207D5A0975FC2C3057EEF67530417AFFE7FB8055C126D"
                                   "C5C6CE94A4B44F330B5D9042026DC5C6CE94A4B44"
                                   "F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B60441048BD2AEB9CB7E57CB2C4"
                                   "B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE"
                                   "3262547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F04699702210"
                                   "0A9FB57DBA1EEA9BC3E660A909D838D718C397AA3"
                                   "B561A6F7901E0E82974856A7020101034200041983917269AC877C0B61544C2C022000D2A"
                                   "5ABA723E2D80141E648B40911DC3459761F27480E"
                                   "4B57181A53D8FE1190EA86C939AC14363178CAFFC621F0F905C3");

} // namespace

TEST_CASE("Key agreement gives the values of Doc 9303-11, G.1") {
    PreparedRandom random(terminalPrivate);
    const auto keyPair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(13), random);
    CHECK(equal(keyPair.publicKey(), terminalPublic));
    CHECK(equal(keyPair.privateKey(), terminalPrivate));
    CHECK(toHex(keyPair.agree(chipPublic).view()) ==
          "60332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5");
    CHECK(toHex(keyPair.curve().encodePoint(*keyPair.agreedPoint(chipPublic))).substr(66) ==
          "0840CA7415BAF3E43BD414D35AA4608B93A2CAF3A4E3EA4E82C9C13D03EB7181");
}

TEST_CASE("Both sides agree on every curve, in the full width of the field") {
    SystemRandom random;
    const std::size_t fieldSizes[] = {24, 24, 28, 28, 32, 32, 40, 48, 48, 64, 66};
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        CAPTURE(parameterId);
        const auto curve = EllipticCurve::standardized(parameterId);
        CHECK(curve.fieldSize() == fieldSizes[parameterId - 8]);
        CHECK(curve.parameterId() == parameterId);
        CHECK(EllipticCurve::named(curve.name()) == curve);
        const auto one = EllipticCurveKeyPair::generate(curve, random);
        const auto other = EllipticCurveKeyPair::generate(curve, random);
        CHECK(equal(one.agree(other.publicKey()).view(), other.agree(one.publicKey()).view()));
        CHECK(one.agree(other.publicKey()).size() == curve.fieldSize());
        CHECK(one.privateKey().size() == curve.orderSize());
    }
}

TEST_CASE("A shared secret keeps its leading zero bytes") {
    const auto curve = EllipticCurve::standardized(13);
    const auto fixed = EllipticCurveKeyPair::fromPrivateKey(curve, terminalPrivate);
    // Walks private keys until a secret starts with zero: about one in 256 does.
    std::size_t found = 0;
    for (std::uint64_t scalar = 1; scalar < 4000 && found == 0; ++scalar) {
        const auto peer = EllipticCurveKeyPair::fromPrivateKey(curve, toBigEndian(scalar, 4));
        const SecretBytes secret = fixed.agree(peer.publicKey());
        REQUIRE(secret.size() == 32);
        if (secret.view()[0] == 0) {
            ++found;
            CHECK(equal(secret.view(), peer.agree(fixed.publicKey()).view()));
            CHECK(equal(secret.view(),
                        BytesView(curve.encodePoint(*fixed.agreedPoint(peer.publicKey()))).subspan(1, 32)));
        }
    }
    CHECK(found == 1);
}

TEST_CASE("Private keys are drawn again until they lie in range, with surplus bits cleared") {
    const auto curve = EllipticCurve::standardized(13);
    const Bytes zero(32);
    const Bytes tooLarge =
        fromHex("A9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7"); // the order
    PreparedRandom random(concat(zero, tooLarge, terminalPrivate));
    CHECK(equal(EllipticCurveKeyPair::generate(curve, random).privateKey(), terminalPrivate));

    PreparedRandom wide(concat(Bytes{0xFF}, Bytes(65, 0x11)));
    const auto p521 = EllipticCurveKeyPair::generate(EllipticCurve::standardized(18), wide);
    CHECK(p521.privateKey()[0] == 0x01);

    for (const Bytes& refused : {zero, tooLarge, Bytes(32, 0xFF), Bytes(33, 0x01), Bytes{}}) {
        CHECK_THROWS_AS(static_cast<void>(EllipticCurveKeyPair::fromPrivateKey(curve, refused)),
                        BadConfiguration);
    }
}

TEST_CASE("Whatever is no uncompressed point on the curve is refused") {
    const auto curve = EllipticCurve::standardized(13);
    const auto keyPair = EllipticCurveKeyPair::fromPrivateKey(curve, terminalPrivate);
    const auto changed = [](std::size_t position, std::uint8_t value) {
        Bytes point = chipPublic;
        point[position] = value;
        return point;
    };
    const Bytes offField = concat(Bytes{0x04}, Bytes(64, 0xFF));
    const Bytes compressed = concat(Bytes{0x02}, BytesView(chipPublic).subspan(1, 32));
    for (const Bytes& point :
         {Bytes{}, Bytes{0x00}, Bytes(65), changed(40, 0x00), changed(0, 0x06), offField, compressed,
          toBytes(BytesView(chipPublic).first(64)), concat(chipPublic, Bytes{0x00})}) {
        CHECK_THROWS_AS(static_cast<void>(keyPair.agree(point)), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(ellipticCurvePublicKey(curve, point)), MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(EllipticCurve::standardized(7)), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(EllipticCurve::standardized(19)), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(EllipticCurve::named("secp256k1")), BadConfiguration);
}

// RFC 6979, A.2.5: P-256, SHA-256, message "sample".
TEST_CASE("ECDSA verifies the signature of RFC 6979") {
    const EvpKey key =
        ellipticCurvePublicKey(EllipticCurve::named("P-256"),
                               fromHex("0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
                                       "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"));
    const Bytes plain = fromHex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                                "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    const Bytes der = derFromPlainSignature(plain);
    CHECK(verifyEcdsa(*key, HashAlgorithm::Sha256, viewOf("sample"), der));
    CHECK_FALSE(verifyEcdsa(*key, HashAlgorithm::Sha256, viewOf("simple"), der));
    CHECK_FALSE(verifyEcdsa(*key, HashAlgorithm::Sha256, viewOf("sample"), plain));
    CHECK(equal(plainFromDerSignature(der, 32), plain));
    CHECK_THROWS_AS(static_cast<void>(plainFromDerSignature(der, 31)), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(plainFromDerSignature(concat(der, Bytes{0}), 32)), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(derFromPlainSignature(Bytes(63))), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(derFromPlainSignature({})), MalformedData);
}

TEST_CASE("A plain signature keeps the width of its numbers") {
    const Bytes plain = concat(Bytes(31), Bytes{0x05}, Bytes(31), Bytes{0x85});
    CHECK(toHex(derFromPlainSignature(plain)) == "300702010502020085");
    CHECK(equal(plainFromDerSignature(fromHex("300702010502020085"), 32), plain));
}

TEST_CASE("Keys sign what they verify, on every curve") {
    SystemRandom random;
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        const auto keyPair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(parameterId), random);
        const EvpKey publicKey = ellipticCurvePublicKey(keyPair.curve(), keyPair.publicKey());
        const Bytes signature = signEcdsa(keyPair, HashAlgorithm::Sha384, viewOf("message"));
        CHECK(verifyEcdsa(*publicKey, HashAlgorithm::Sha384, viewOf("message"), signature));
    }
}

TEST_CASE("Explicit parameters are mapped onto the known curve that they describe") {
    const auto key = decodeEllipticCurvePublicKey(explicitInfo);
    REQUIRE(key.has_value());
    CHECK(key->curve.name() == "brainpoolP256r1");
    CHECK(toHex(key->point).substr(0, 18) == "041983917269AC877C");
    const EvpKey evpKey = decodeSubjectPublicKeyInfo(explicitInfo);
    char group[32] = {};
    REQUIRE(EVP_PKEY_get_group_name(evpKey.get(), group, sizeof group, nullptr) == 1);
    CHECK(std::string(group) == "brainpoolP256r1");
    // Encoded again, the bytes are those of the card.
    CHECK(toHex(encodeSubjectPublicKeyInfo(key->curve, key->point, CurveEncoding::Explicit)) ==
          toHex(explicitInfo));
}

TEST_CASE("Both forms of every curve come back as the same key") {
    SystemRandom random;
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        CAPTURE(parameterId);
        const auto keyPair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(parameterId), random);
        for (const auto encoding : {CurveEncoding::Explicit, CurveEncoding::Named}) {
            const Bytes info = encodeSubjectPublicKeyInfo(keyPair.curve(), keyPair.publicKey(), encoding);
            const auto key = decodeEllipticCurvePublicKey(info);
            REQUIRE(key.has_value());
            CHECK(key->curve == keyPair.curve());
            CHECK(equal(key->point, keyPair.publicKey()));
        }
    }
}

TEST_CASE("Explicit parameters that differ anywhere from a known curve are refused") {
    // One bit in turn in p, a, b, both coordinates of the base point and the order.
    const std::string whole = toHex(explicitInfo);
    for (const std::string_view part :
         {"A9FB57DBA1EEA9BC3E660A909D838D726E", "7D5A0975FC2C", "26DC5C6CE94A4B44F330B5D9BB", "8BD2AEB9CB7E",
          "547EF835C3DA", "A9FB57DBA1EEA9BC3E660A909D838D718C"}) {
        const std::size_t position = whole.find(part) / 2 + part.size() / 2 - 1;
        Bytes changed = explicitInfo;
        changed[position] = static_cast<std::uint8_t>(changed[position] ^ 1U);
        CAPTURE(part);
        CHECK_THROWS_AS(static_cast<void>(decodeEllipticCurvePublicKey(changed)), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(decodeSubjectPublicKeyInfo(changed)), MalformedData);
    }
    for (std::size_t size = 0; size < explicitInfo.size(); size += 7) {
        CHECK_THROWS_AS(static_cast<void>(decodeSubjectPublicKeyInfo(BytesView(explicitInfo).first(size))),
                        MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(decodeSubjectPublicKeyInfo(concat(explicitInfo, Bytes{0}))),
                    MalformedData);
}

TEST_CASE("Keys of other kinds are no elliptic curve keys, and still keys") {
    const EvpKey rsa(EVP_RSA_gen(1024));
    const int size = i2d_PUBKEY(rsa.get(), nullptr);
    Bytes info(static_cast<std::size_t>(size));
    std::uint8_t* output = info.data();
    i2d_PUBKEY(rsa.get(), &output);
    CHECK_FALSE(decodeEllipticCurvePublicKey(info).has_value());
    CHECK(EVP_PKEY_get_base_id(decodeSubjectPublicKeyInfo(info).get()) == EVP_PKEY_RSA);
}
