// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/modp_group.hpp"
#include "tests/unit/card/crypto/openssl_group.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <vector>

#include <mbedtls/bignum.h>

using namespace cancuoc::card;
using crypto::StandardizedDomainParameters;
using test::Bytes;

namespace {

/// The exponents, in bits, of the powers that were computed last.
std::vector<std::size_t> exponents;

} // namespace

// The linker puts this in the place of mbedTLS's function in the chip.
extern "C" {
int __real_mbedtls_mpi_exp_mod(mbedtls_mpi* power, const mbedtls_mpi* base, const mbedtls_mpi* exponent,
                               const mbedtls_mpi* modulus, mbedtls_mpi* helper);
int __wrap_mbedtls_mpi_exp_mod(mbedtls_mpi* power, const mbedtls_mpi* base, const mbedtls_mpi* exponent,
                               const mbedtls_mpi* modulus, mbedtls_mpi* helper);

int __wrap_mbedtls_mpi_exp_mod(mbedtls_mpi* power, const mbedtls_mpi* base, const mbedtls_mpi* exponent,
                               const mbedtls_mpi* modulus, mbedtls_mpi* helper) {
    exponents.push_back(mbedtls_mpi_bitlen(exponent));
    return __real_mbedtls_mpi_exp_mod(power, base, exponent, modulus, helper);
}
}

TEST_CASE("DH never raises anything to a secret number itself, and comes to the same") {
    for (const auto id : {StandardizedDomainParameters::Modp1024Subgroup160,
                          StandardizedDomainParameters::Modp2048Subgroup224,
                          StandardizedDomainParameters::Modp2048Subgroup256}) {
        CAPTURE(static_cast<int>(id));
        crypto::ModpGroup group(id);
        const test::OpensslGroup oracle(id);
        const Bytes scalar(group.orderSize(), 0x11);
        const Bytes nonce(16, 0x23);
        const Bytes element = oracle.multiplyGenerator(Bytes(group.orderSize(), 0x35));
        crypto::GroupElement result;
        crypto::SharedSecret secret;
        // The largest one blinds with some 60 bits at least.
        const auto longestExponent = [&] { return *std::max_element(exponents.begin(), exponents.end()); };
        test::ScriptedRandom random;
        for (RandomSource* const blinding : std::initializer_list<RandomSource*>{nullptr, &random}) {
            exponents.clear();
            REQUIRE(group.multiply(scalar, element, blinding, result));
            CHECK(longestExponent() > group.orderBits() + 40);
            CHECK(test::toBytes(result.view()) == oracle.multiply(scalar, element));
            exponents.clear();
            REQUIRE(group.agree(scalar, element, blinding, secret));
            CHECK(longestExponent() > group.orderBits() + 40);
            CHECK(test::toBytes(secret.view()) == oracle.secretOf(oracle.multiply(scalar, element)));
        }
        exponents.clear();
        REQUIRE(group.multiplyGeneratorAndAdd(nonce, element, result));
        CHECK(longestExponent() > group.orderBits() + 40);
        CHECK(test::toBytes(result.view()) == oracle.add(oracle.multiplyGenerator(nonce), element));
        CHECK_FALSE(group.multiply(Bytes(group.orderSize()), element, nullptr, result));
        CHECK_FALSE(group.agree(Bytes(group.orderSize()), element, nullptr, secret));
    }
}
