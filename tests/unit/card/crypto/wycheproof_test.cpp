// SPDX-License-Identifier: Apache-2.0
// Edge cases collected by Project Wycheproof; see tests/data/wycheproof/ORIGIN.md.
#include "card/crypto/aes.hpp"
#include "card/crypto/digest.hpp"
#include "card/crypto/elliptic_curve.hpp"
#include "card/crypto/rsa.hpp"
#include "tests/unit/card/crypto/wycheproof.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>

using namespace cancuoc::card;
using crypto::StandardizedDomainParameters;
using test::Bytes;

namespace {

struct Vector {
    int number = 0;
    std::string result;
    Bytes first;
    Bytes second;
    Bytes expected;
};

std::vector<Vector> vectorsOf(const std::string& name) {
    std::ifstream file(std::string(CANCUOC_TEST_DATA) + "/wycheproof/" + name);
    std::vector<Vector> vectors;
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        Vector vector;
        std::string first;
        std::string second;
        std::string expected;
        words >> vector.number >> vector.result >> first >> second >> expected;
        REQUIRE_FALSE(words.fail());
        vector.first = test::field(first);
        vector.second = test::field(second);
        vector.expected = test::field(expected);
        vectors.push_back(vector);
    }
    return vectors;
}

void checkRsa(crypto::RsaPadding padding, const std::string& name, std::size_t expectedCount) {
    const auto lines = test::linesOf(name);
    REQUIRE(lines.size() == expectedCount);
    for (const auto& words : lines) {
        CAPTURE(words.at(0));
        constexpr auto hash = crypto::HashAlgorithm::Sha256;
        // "Acceptable" is padding without the NULL that PKCS #1 asks for; it is refused.
        CHECK(crypto::verifyRsa(test::field(words.at(2)), test::field(words.at(3)), padding, hash,
                                test::hashOf(hash, test::field(words.at(4))),
                                test::field(words.at(5))) == (words.at(1) == "valid"));
    }
}

} // namespace

TEST_CASE("ECDSA verification passes Wycheproof on curves of 256 bits") {
    using crypto::HashAlgorithm;
    test::checkEcdsa(StandardizedDomainParameters::Secp256r1, HashAlgorithm::Sha256, "ecdsa_secp256r1.txt",
                     262);
    test::checkEcdsa(StandardizedDomainParameters::BrainpoolP256r1, HashAlgorithm::Sha256,
                     "ecdsa_brainpoolP256r1.txt", 261);
}

TEST_CASE("RSA verification passes Wycheproof with both paddings") {
    checkRsa(crypto::RsaPadding::Pkcs1Version15, "rsa_pkcs1_2048_sha256.txt", 259);
    checkRsa(crypto::RsaPadding::Pss, "rsa_pss_2048_sha256.txt", 108);
    checkRsa(crypto::RsaPadding::Pss, "rsa_pss_3072_sha256.txt", 108);
}

TEST_CASE("key agreement on brainpoolP256r1 passes Wycheproof") {
    test::checkKeyAgreement(StandardizedDomainParameters::BrainpoolP256r1, "ecdh_brainpoolP256r1.txt", 542);
}

TEST_CASE("key agreement on P-256 passes Wycheproof") {
    test::checkKeyAgreement(StandardizedDomainParameters::Secp256r1, "ecdh_secp256r1.txt", 355);
}

TEST_CASE("AES-CMAC passes Wycheproof") {
    const auto vectors = vectorsOf("aes_cmac.txt");
    REQUIRE(vectors.size() == 311);
    for (const auto& vector : vectors) {
        CAPTURE(vector.number);
        Bytes mac(16);
        const bool computed = crypto::aesCmac(vector.first, vector.second, mac);
        CHECK((computed && mac == vector.expected) == (vector.result == "valid"));
    }
}
