// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/digest.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using crypto::HashAlgorithm;
using test::Bytes;
using test::hex;

TEST_CASE("hashes of \"abc\" are those of FIPS 180-4's examples") {
    struct Case {
        HashAlgorithm algorithm;
        Bytes expected;
    };
    const Case cases[] = {
        {HashAlgorithm::Sha1, hex("A9993E364706816ABA3E25717850C26C9CD0D89D")},
        {HashAlgorithm::Sha224, hex("23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7")},
        {HashAlgorithm::Sha256, hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")},
        {HashAlgorithm::Sha384, hex("CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED"
                                    "8086072BA1E7CC2358BAECA134C825A7")},
        {HashAlgorithm::Sha512, hex("DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A"
                                    "2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F")},
    };
    const auto message = test::ascii("abc");
    for (const auto& example : cases) {
        Bytes whole(crypto::digestSize(example.algorithm));
        Bytes inParts(whole.size());
        REQUIRE(crypto::digest(example.algorithm, {message}, whole));
        REQUIRE(crypto::digest(example.algorithm,
                               {std::span(message).first(1), {}, std::span(message).subspan(1)}, inParts));
        CHECK(whole == example.expected);
        CHECK(inParts == example.expected);
    }
}

TEST_CASE("a digest must have exactly its length") {
    Bytes wrong(31);
    CHECK_FALSE(crypto::digest(HashAlgorithm::Sha256, {}, wrong));
}
