// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/random_generator.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using crypto::RandomGenerator;
using test::Bytes;
using test::hex;

namespace {

// Counts what is drawn, and runs dry when told.
class Entropy final : public RandomSource {
public:
    explicit Entropy(Bytes script = {}) : script_(std::move(script)) {}

    bool fill(std::span<std::uint8_t> output) override {
        drawn += output.size();
        return !dry && script_.fill(output);
    }

    std::size_t drawn = 0;
    bool dry = false;

private:
    test::ScriptedRandom script_;
};

} // namespace

// CAVP, CTR_DRBG.rsp: AES-256 use df, no prediction resistance, no personalization, COUNT = 0. The chip takes
// entropy input and nonce in one.
TEST_CASE("the random generator is NIST's CTR_DRBG") {
    Entropy entropy(hex("36401940fa8b1fba91a1661f211d78a0b9389a74e5bccfece8d766af1a6d3b14"
                        "496f25b0f1301b4f501be30380a137eb"));
    RandomGenerator random(entropy);
    Bytes output(64);
    REQUIRE(random.fill(output));
    REQUIRE(random.fill(output));
    CHECK(output == hex("5862eb38bd558dd978a696e6df164782ddd887e7e9a6c9f3f1fbafb78941b535"
                        "a64912dfd224c6dc7454e5250b3d97165e16260c2faf1cc7735cb75fb4f07e1d"));
    CHECK(entropy.drawn == RandomGenerator::seedSize);
}

TEST_CASE("the random generator yields any length, and takes entropy again after 10000 requests") {
    Entropy entropy;
    RandomGenerator random(entropy);
    Bytes output(5000);
    REQUIRE(random.fill(output));
    CHECK(Bytes(output.begin(), output.begin() + 1024) !=
          Bytes(output.begin() + 1024, output.begin() + 2048));
    CHECK(Bytes(output.end() - 16, output.end()) != Bytes(16));
    Bytes few(1);
    for (int i = 0; i < 9995; ++i) {
        REQUIRE(random.fill(few));
    }
    CHECK(entropy.drawn == RandomGenerator::seedSize);
    REQUIRE(random.fill(few));
    CHECK(entropy.drawn == 2 * RandomGenerator::seedSize);
}

TEST_CASE("without entropy there are no random bytes, until there is some") {
    Entropy entropy;
    entropy.dry = true;
    RandomGenerator random(entropy);
    Bytes output(16);
    CHECK_FALSE(random.fill(output));
    CHECK_FALSE(random.fill(output));
    entropy.dry = false;
    CHECK(random.fill(output));
    CHECK(output != Bytes(16));
}
