// SPDX-License-Identifier: Apache-2.0
// Keys where OpenSSL was built without the Brainpool curves, as some distributions do.
#include <doctest/doctest.h>
#include <openssl/obj_mac.h>

#include "host/base/bytes.hpp"
#include "host/crypto/subject_public_key_info.hpp"

using namespace cancuoc;

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): the names that the linker gives
EC_GROUP* __real_EC_GROUP_new_by_curve_name(int nid);
EC_GROUP* __wrap_EC_GROUP_new_by_curve_name(int nid);

EC_GROUP* __wrap_EC_GROUP_new_by_curve_name(int nid) {
    const bool isBrainpool = nid >= NID_brainpoolP160r1 && nid <= NID_brainpoolP512t1;
    return isBrainpool ? nullptr : __real_EC_GROUP_new_by_curve_name(nid);
}
// NOLINTEND(bugprone-reserved-identifier)
}

namespace {

constexpr unsigned p256 = 12;

} // namespace

TEST_CASE("without Brainpool, keys on NIST curves are decoded all the same") {
    SystemRandom random;
    for (const unsigned parameterId : {p256, 15U, 18U}) {
        const auto curve = EllipticCurve::standardized(parameterId);
        const auto pair = EllipticCurveKeyPair::generate(curve, random);
        for (const auto encoding : {CurveEncoding::Named, CurveEncoding::Explicit}) {
            const auto key =
                decodeEllipticCurvePublicKey(encodeSubjectPublicKeyInfo(curve, pair.publicKey(), encoding));
            REQUIRE(key);
            CHECK(key->curve == curve);
        }
    }
}

TEST_CASE("without Brainpool, a key on one of its curves is one that cannot be judged") {
    // A SubjectPublicKeyInfo with the name of brainpoolP256r1; the point is never looked at.
    const Bytes info =
        concat(fromHex("305A301406072A8648CE3D020106092B2403030208010107034200"), Bytes(65, 0x04));
    CHECK_THROWS_AS(static_cast<void>(decodeEllipticCurvePublicKey(info)), UnknownDomainParameters);
    CHECK_THROWS_AS(static_cast<void>(decodeSubjectPublicKeyInfo(info)), UnknownDomainParameters);
}
