// SPDX-License-Identifier: Apache-2.0
// What a protected READ BINARY costs in memory once a session runs: nothing, on our side and on OpenSSL's.
// And what the memory that is given back still holds of a session's secrets: nothing.
#include "host/access/pace.hpp"
#include "tests/unit/host/access/reading_fixture.hpp"

#include <doctest/doctest.h>
#include <malloc.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations{0};

// The secret that no memory may hold when it is given back; reads the same from both ends, as OpenSSL turns
// numbers round.
constexpr std::array<std::uint8_t, 32> secret = [] {
    std::array<std::uint8_t, 32> bytes{};
    for (std::uint8_t index = 0; index < 16; ++index) {
        bytes.at(index) = bytes.at(31U - index) = static_cast<std::uint8_t>(0x11 + index * 7);
    }
    return bytes;
}();
std::size_t givenBackWithSecret = 0;

void giveBack(void* memory) {
    if (memory != nullptr) {
        const auto* const start = static_cast<const std::uint8_t*>(memory);
        const auto* const end = start + malloc_usable_size(memory);
        givenBackWithSecret += std::search(start, end, secret.begin(), secret.end()) != end ? 1 : 0;
    }
    std::free(memory);
}

void* countedMalloc(std::size_t size, const char*, int) {
    ++allocations;
    return std::malloc(size);
}

void* countedRealloc(void* memory, std::size_t size, const char*, int) {
    ++allocations;
    return std::realloc(memory, size);
}

void plainFree(void* memory, const char*, int) {
    giveBack(memory);
}

// OpenSSL takes other memory functions only before its first allocation.
const bool opensslIsCounted = CRYPTO_set_mem_functions(countedMalloc, countedRealloc, plainFree) == 1;

} // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}

[[gnu::noinline]] void operator delete(void* memory) noexcept {
    giveBack(memory);
}

[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
    giveBack(memory);
}

using namespace cancuoc;
using namespace cancuoc::test;

namespace {

// Gives out responses that were made before.
class PreparedConnection final : public Connection {
public:
    std::vector<Bytes> responses;

    [[nodiscard]] Bytes transmit(BytesView) override { return std::move(responses.at(next_++)); }
    void reset() override {}
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "prepared"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return 261; }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return 256; }

private:
    std::size_t next_ = 0;
};

} // namespace

namespace {

class SecretRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> output) override {
        for (std::size_t index = 0; index < output.size(); ++index) {
            output[index] = secret.at(index % secret.size());
        }
    }
};

} // namespace

// Section 1d, 11: keys of other libraries stay in memory.
TEST_CASE("The terminal's ephemeral private key is wiped before its memory is given back") {
    REQUIRE(opensslIsCounted);
    void* const unwiped = OPENSSL_malloc(secret.size());
    std::copy(secret.begin(), secret.end(), static_cast<std::uint8_t*>(unwiped));
    OPENSSL_free(unwiped);
    CHECK(givenBackWithSecret == 1);
    givenBackWithSecret = 0;

    TestChip chip({});
    const auto can = AccessKey::fromCan("123456");
    chip.password = toBytes(can.encoded());
    chip.paceCurve = EllipticCurve::standardized(13);
    {
        SecretRandom random;
        CardSession session(chip);
        static_cast<void>(
            Pace(session, random)
                .perform(*PaceProtocol::from({ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13}),
                         can));
        CHECK(session.secureMessagingActive());
    }
    CHECK(givenBackWithSecret == 0);
}

TEST_CASE("In the steady state no APDU under secure messaging asks for memory") {
    REQUIRE(opensslIsCounted);
    for (const auto cipher : {BlockCipher::TripleDes, BlockCipher::Aes128, BlockCipher::Aes256}) {
        CAPTURE(nameOf(cipher));
        TestChip chip({});
        chip.files[identifier] = fileOf(3000);
        chip.shortIdentifiers[2] = identifier;
        chip.startSecureMessaging(cipher, sharedSecret);
        PreparedConnection connection;
        {
            CardSession session(chip);
            session.startSecureMessaging(SecureMessaging::fromSharedSecret(cipher, sharedSecret));
            chip.tamper = [&](Bytes response) {
                connection.responses.push_back(response);
                return response;
            };
            static_cast<void>(FileReader(session).read(byShortIdentifier));
        }
        CardSession session(connection);
        session.startSecureMessaging(SecureMessaging::fromSharedSecret(cipher, sharedSecret));
        std::vector<std::size_t> counts;
        counts.reserve(100);
        const CardSession::Step step(session, "read");
        static_cast<void>(FileReader(session).read(
            byShortIdentifier, [&](std::size_t, std::size_t) { counts.push_back(allocations); }));
        REQUIRE(counts.size() > 10);
        // The first two commands set the buffers up.
        CHECK(counts.back() == counts[2]);
        CHECK(counts[0] > 0);
    }
}
