// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/digest.hpp"
#include "card/crypto/elliptic_curve.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// The edge cases of Project Wycheproof; see tests/data/wycheproof/ORIGIN.md.
namespace cancuoc::card::test {

inline Bytes field(const std::string& text) {
    return text == "-" ? Bytes{} : hex(text);
}

/// The words of every line; "=" repeats the word above.
inline std::vector<std::vector<std::string>> linesOf(const std::string& name) {
    std::ifstream file(std::string(CANCUOC_TEST_DATA) + "/wycheproof/" + name);
    std::vector<std::vector<std::string>> lines;
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::vector<std::string> fields;
        for (std::string word; words >> word;) {
            fields.push_back(word == "=" ? lines.back().at(fields.size()) : word);
        }
        lines.push_back(fields);
    }
    return lines;
}

inline Bytes hashOf(crypto::HashAlgorithm algorithm, const Bytes& message) {
    Bytes hash(crypto::digestSize(algorithm));
    REQUIRE(crypto::digest(algorithm, {message}, hash));
    return hash;
}

inline void checkEcdsa(crypto::StandardizedDomainParameters id, crypto::HashAlgorithm hash,
                       const std::string& name, std::size_t expectedCount) {
    crypto::EllipticCurve curve(id);
    const auto lines = linesOf(name);
    REQUIRE(lines.size() == expectedCount);
    for (const auto& words : lines) {
        CAPTURE(words.at(0));
        CHECK(curve.verify(field(words.at(2)), hashOf(hash, field(words.at(3))), field(words.at(4))) ==
              (words.at(1) == "valid"));
    }
}

/// The scalar at the width of the group order; Wycheproof writes it as a signed integer.
inline Bytes privateKey(Bytes scalar, std::size_t size) {
    while (scalar.size() > size && scalar.front() == 0) {
        scalar.erase(scalar.begin());
    }
    scalar.insert(scalar.begin(), size - scalar.size(), 0);
    return scalar;
}

inline void checkKeyAgreement(crypto::StandardizedDomainParameters id, const std::string& name,
                              std::size_t expectedCount) {
    crypto::EllipticCurve curve(id);
    const auto lines = linesOf(name);
    REQUIRE(lines.size() == expectedCount);
    for (const auto& words : lines) {
        CAPTURE(words.at(0));
        crypto::SharedSecret secret;
        const bool agreed = curve.agree(privateKey(field(words.at(2)), curve.orderSize()), field(words.at(3)),
                                        nullptr, secret);
        // "Acceptable" are compressed points, which Doc 9303-11, 9.4.1 does not know.
        CHECK(agreed == (words.at(1) == "valid"));
        if (words.at(1) == "valid") {
            CHECK(toBytes(secret.view()) == field(words.at(4)));
        }
    }
}

} // namespace cancuoc::card::test
