// SPDX-License-Identifier: Apache-2.0
#include "personalization/issuance/chip_keys.hpp"

#include "host/crypto/elliptic_curve.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

void checkPair(const ChipKeyPair& pair, unsigned parameterId) {
    CHECK(pair.standardizedDomainParameters == parameterId);
    CHECK(pair.privateKey.size() == 32);
    REQUIRE(pair.publicKey.size() == 65);
    const auto again = EllipticCurveKeyPair::fromPrivateKey(EllipticCurve::standardized(parameterId),
                                                            pair.privateKey.view());
    CHECK(equal(again.publicKey(), pair.publicKey));
}

} // namespace

TEST_CASE("A chip gets a key on brainpoolP256r1 and one on P-256, each private key with its public one") {
    SystemRandom random;
    const ChipKeys keys = ChipKeys::generate(random);
    checkPair(keys.chipAuthentication, 13);
    checkPair(keys.activeAuthentication, 12);
}

TEST_CASE("No two chips share a key") {
    SystemRandom random;
    const ChipKeys first = ChipKeys::generate(random);
    const ChipKeys second = ChipKeys::generate(random);
    CHECK(first.chipAuthentication.publicKey != second.chipAuthentication.publicKey);
    CHECK(first.activeAuthentication.publicKey != second.activeAuthentication.publicKey);
}
