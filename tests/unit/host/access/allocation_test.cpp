// SPDX-License-Identifier: Apache-2.0
// What a protected READ BINARY costs in memory once a session runs: nothing, on our side and on OpenSSL's.
#include "tests/unit/host/access/reading_fixture.hpp"

#include <doctest/doctest.h>
#include <openssl/crypto.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations{0};

void* countedMalloc(std::size_t size, const char*, int) {
    ++allocations;
    return std::malloc(size);
}

void* countedRealloc(void* memory, std::size_t size, const char*, int) {
    ++allocations;
    return std::realloc(memory, size);
}

void plainFree(void* memory, const char*, int) {
    std::free(memory);
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
    std::free(memory);
}

[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
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
