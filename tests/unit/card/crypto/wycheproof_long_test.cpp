// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/crypto/wycheproof.hpp"

using namespace cancuoc::card;
using crypto::HashAlgorithm;
using crypto::StandardizedDomainParameters;

TEST_CASE("ECDSA verification passes Wycheproof on every other curve") {
    test::checkEcdsa(StandardizedDomainParameters::Secp224r1, HashAlgorithm::Sha224, "ecdsa_secp224r1.txt",
                     229);
    test::checkEcdsa(StandardizedDomainParameters::Secp384r1, HashAlgorithm::Sha384, "ecdsa_secp384r1.txt",
                     280);
    test::checkEcdsa(StandardizedDomainParameters::Secp521r1, HashAlgorithm::Sha512, "ecdsa_secp521r1.txt",
                     318);
    test::checkEcdsa(StandardizedDomainParameters::BrainpoolP384r1, HashAlgorithm::Sha384,
                     "ecdsa_brainpoolP384r1.txt", 292);
    test::checkEcdsa(StandardizedDomainParameters::BrainpoolP512r1, HashAlgorithm::Sha512,
                     "ecdsa_brainpoolP512r1.txt", 337);
}

// Of secp192r1 there are none.
TEST_CASE("key agreement passes Wycheproof on every other curve") {
    test::checkKeyAgreement(StandardizedDomainParameters::Secp224r1, "ecdh_secp224r1.txt", 458);
    test::checkKeyAgreement(StandardizedDomainParameters::Secp384r1, "ecdh_secp384r1.txt", 790);
    test::checkKeyAgreement(StandardizedDomainParameters::Secp521r1, "ecdh_secp521r1.txt", 661);
    test::checkKeyAgreement(StandardizedDomainParameters::BrainpoolP384r1, "ecdh_brainpoolP384r1.txt", 678);
    test::checkKeyAgreement(StandardizedDomainParameters::BrainpoolP512r1, "ecdh_brainpoolP512r1.txt", 532);
}
