// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "card/storage/object_store.hpp"
#include "host/base/random.hpp"
#include "host/lds/security_infos.hpp"
#include "host/reader/in_process_connection.hpp"

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

/// A chip and a terminal in one process, with the randomness of both in the hands of the test.
namespace cancuoc::e2e {

/// Scripted bytes first, then pseudo-random ones of a seed.
class ByteScript {
public:
    explicit ByteScript(std::uint64_t seed) : generator_(seed) {}

    /// The bytes to yield next, in place of any scripted before.
    void set(Bytes bytes);
    void fill(std::span<std::uint8_t> output);
    /// Whether all scripted bytes were drawn.
    [[nodiscard]] bool exhausted() const { return position_ == bytes_.size(); }

private:
    Bytes bytes_;
    std::size_t position_ = 0;
    std::mt19937_64 generator_;
};

class TerminalRandom final : public RandomSource {
public:
    explicit TerminalRandom(std::uint64_t seed) : script(seed) {}
    void fill(std::span<std::uint8_t> output) override { script.fill(output); }

    ByteScript script;
};

class ChipRandom final : public card::RandomSource {
public:
    explicit ChipRandom(std::uint64_t seed) : script(seed) {}
    [[nodiscard]] bool fill(std::span<std::uint8_t> output) override {
        script.fill(output);
        return true;
    }

    ByteScript script;
};

/// The id of brainpoolP256r1 among the standardized domain parameters, the Vietnamese card's.
inline constexpr std::uint8_t brainpoolP256r1 = 13;

/// A private key of the chip's.
struct StaticKey {
    /// At the width of the group's order.
    Bytes scalar;
    /// Of the standardized domain parameters.
    std::uint8_t parameterId = brainpoolP256r1;
    /// Of a key of Chip Authentication, where the document names it.
    std::optional<std::uint8_t> keyId{};
};

/// What a chip is personalized with, as its store keeps it.
struct ChipContent {
    Bytes cardAccessNumber;
    Bytes mrzInformation;
    StaticKey chipAuthenticationKey;
    StaticKey activeAuthenticationKey;
};

/// A personalized chip in memory and the connection to it, which keeps what went over it. EF.CardAccess and
/// EF.DG14 announce what the Vietnamese card does, until they are announced otherwise.
class ChipInProcess {
public:
    explicit ChipInProcess(std::uint64_t seed);

    /// Replaces passwords and keys and powers the chip up anew.
    void personalize(const ChipContent& content);
    /// Writes EF.CardAccess and EF.DG14, visible from the next personalize on.
    void announce(const lds::SecurityInfos& securityInfos);
    /// Stores a file, visible from the next personalize on.
    void storeFile(std::uint16_t identifier, BytesView content);

    [[nodiscard]] Connection& connection() { return connection_; }
    [[nodiscard]] ByteScript& random() { return random_.script; }

    /// Commands and responses in turn, since the last call.
    [[nodiscard]] std::vector<Bytes> takeDialogue();

private:
    ChipRandom random_;
    card::host::FlashMemory memory_;
    card::host::VirtualChip chip_;
    std::vector<Bytes> dialogue_;
    InProcessConnection connection_;
};

} // namespace cancuoc::e2e
