// SPDX-License-Identifier: Apache-2.0
// FF1 against the published examples of NIST SP 800-38G (samples 1, 2, 4, 5, 7 and 8 of FF1), and what a
// register of numbers asks of it.
#include "personalization/numbers/decimal_permutation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

const Bytes key(32, 0x5A);

std::vector<std::uint64_t> first(std::uint64_t count, BytesView secret, std::string_view tweak) {
    DecimalPermutation permutation(secret, viewOf(tweak), 6);
    std::vector<std::uint64_t> results;
    results.reserve(count);
    for (std::uint64_t number = 0; number < count; ++number) {
        results.push_back(permutation.apply(number));
    }
    return results;
}

} // namespace

TEST_CASE("the published examples of FF1 come out") {
    const std::string longest = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";
    const struct {
        std::size_t keyDigits;
        const char* tweak;
        std::uint64_t result;
    } examples[] = {{32, "", 2'433'477'484}, {32, "39383736353433323130", 6'124'200'773},
                    {48, "", 2'830'668'132}, {48, "39383736353433323130", 2'496'655'549},
                    {64, "", 6'657'667'009}, {64, "39383736353433323130", 1'001'623'463}};
    for (const auto& example : examples) {
        CAPTURE(example.keyDigits);
        CAPTURE(example.tweak);
        DecimalPermutation permutation(fromHex(longest.substr(0, example.keyDigits)), fromHex(example.tweak),
                                       10);
        CHECK(permutation.apply(123'456'789) == example.result); // 0123456789
    }
}

TEST_CASE("all 1,000,000 serials of a prefix come out once each, in no order that can be seen") {
    const auto results = first(1'000'000, key, "001299");
    std::vector<bool> seen(results.size());
    std::size_t inOrder = 0;
    for (std::size_t number = 0; number < results.size(); ++number) {
        REQUIRE(results[number] < results.size());
        REQUIRE(!seen[results[number]]);
        seen[results[number]] = true;
        inOrder += number > 0 && results[number] == results[number - 1] + 1 ? 1 : 0;
    }
    CHECK(inOrder < 20); // about one is expected
}

TEST_CASE("another key and another prefix give other orders") {
    constexpr std::uint64_t count = 20'000;
    const auto results = first(count, key, "001299");
    const auto agreements = [&results](const std::vector<std::uint64_t>& others) {
        std::size_t same = 0;
        for (std::size_t number = 0; number < others.size(); ++number) {
            same += results[number] == others[number] ? 1 : 0;
        }
        return same;
    };
    CHECK(agreements(results) == results.size());
    CHECK(agreements(first(count, Bytes(32, 0x5B), "001299")) < 5); // one in 10^6 is expected
    CHECK(agreements(first(count, key, "001399")) < 5);
}

TEST_CASE("what has no permutation is refused") {
    CHECK_THROWS_AS(DecimalPermutation(Bytes(15), {}, 6), BadConfiguration);
    CHECK_THROWS_AS(DecimalPermutation(key, Bytes(11), 6), BadConfiguration);
    CHECK_THROWS_AS(DecimalPermutation(key, {}, 7), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(DecimalPermutation(key, {}, 6).apply(1'000'000)), BadConfiguration);
}
