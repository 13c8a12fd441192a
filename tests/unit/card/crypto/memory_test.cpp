// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/memory.hpp"
#include "card/crypto/secret_array.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <algorithm>
#include <cstddef>
#include <doctest/doctest.h>
#include <memory>
#include <new>
#include <vector>

using namespace cancuoc::card;
using test::Bytes;

namespace {

constexpr std::uint8_t mark = 0xA5;

/// Whether any byte of the memory is the mark; read as volatile, since its object's life may be over.
[[gnu::noinline]] bool hasMark(const volatile std::uint8_t* memory, std::size_t size) {
    bool found = false;
    for (std::size_t index = 0; index < size; ++index) {
        found = found || memory[index] == mark;
    }
    return found;
}

/// Whether a `Secret` filled with marks leaves any in memory once its life has ended.
template <typename Secret, typename Fill>
bool leavesTraces(Fill fill) {
    std::vector<std::uint8_t> memory(sizeof(Secret));
    auto* secret = new (memory.data()) Secret;
    fill(*secret);
    REQUIRE(hasMark(memory.data(), memory.size()));
    std::destroy_at(secret);
    return hasMark(memory.data(), memory.size());
}

} // namespace

TEST_CASE("equality in constant time is equality") {
    const Bytes reference = test::hex("00112233445566778899");
    CHECK(crypto::equalConstantTime(reference, reference));
    CHECK(crypto::equalConstantTime({}, {}));
    CHECK_FALSE(crypto::equalConstantTime(reference, std::span(reference).first(9)));
    for (std::size_t bit = 0; bit < reference.size() * 8; ++bit) {
        Bytes other = reference;
        other[bit / 8] = static_cast<std::uint8_t>(other[bit / 8] ^ (1U << bit % 8));
        CHECK_FALSE(crypto::equalConstantTime(reference, other));
    }
}

TEST_CASE("secrets are wiped when their life ends") {
    using Array = crypto::SecretArray<16>;
    using Buffer = crypto::SecretBuffer<32>;
    const Bytes marks(16, mark);
    CHECK_FALSE(leavesTraces<Array>([](Array& secret) { std::ranges::fill(secret.bytes(), mark); }));
    CHECK_FALSE(leavesTraces<Buffer>([&](Buffer& secret) { REQUIRE(secret.assign(marks)); }));
}

TEST_CASE("a secret buffer keeps to its capacity and wipes what it held before") {
    crypto::SecretBuffer<4> secret;
    CHECK(secret.empty());
    REQUIRE(secret.assign(test::hex("01020304")));
    CHECK(test::toBytes(secret.view()) == test::hex("01020304"));
    REQUIRE(secret.resize(2));
    CHECK(test::toBytes(secret.view()) == test::hex("0000"));
    CHECK_FALSE(secret.assign(Bytes(5)));
    CHECK(secret.empty());
}
