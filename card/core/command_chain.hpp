// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/command.hpp"
#include "card/core/configuration.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// Bit 5 of a class byte of the first interindustry range: the command is not the last of its chain (ISO/IEC
/// 7816-4, 5.4.1).
inline constexpr std::uint8_t chainingBit = 0x10;

/// The data of a command that comes in a chain of commands (ISO/IEC 7816-4, 5.3.3). The commands of a chain
/// agree in CLA but for the chaining bit, INS and P1-P2.
class CommandChain {
public:
    /// Whether a chain has begun and waits for its next command.
    [[nodiscard]] bool open() const { return open_; }

    /// Whether `command` carries the chaining bit.
    [[nodiscard]] static bool continues(const Command& command) {
        return (command.cla & (proprietaryBit | chainingBit)) == chainingBit;
    }

    /// Whether `command` goes on with the open chain.
    [[nodiscard]] bool accepts(const Command& command) const;

    /// Takes the data of one command of the chain, the first one included. WrongLength (6700), and the chain
    /// is over, when they exceed `configuration::maximumCommandData` together.
    [[nodiscard]] StatusWord append(const Command& command);

    /// The data of all commands so far.
    [[nodiscard]] std::span<const std::uint8_t> data() const { return std::span(bytes_.view()).first(size_); }

    /// Ends the chain and wipes its data.
    void reset();

private:
    static constexpr std::uint8_t proprietaryBit = 0x80;

    bool open_ = false;
    std::uint8_t cla_ = 0;
    std::uint8_t ins_ = 0;
    std::uint8_t p1_ = 0;
    std::uint8_t p2_ = 0;
    crypto::SecretArray<configuration::maximumCommandData> bytes_;
    std::size_t size_ = 0;
};

} // namespace cancuoc::card
