// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/secure_channel.hpp"
#include "card/core/fault_guard.hpp"
#include "card/crypto/aes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// The card's side of Secure Channel Protocol 03 with AES-128, AES-192 or AES-256, in S8 mode (challenges,
/// cryptograms and MACs of 8 bytes) or S16 mode (of 16), with or without protection of responses
/// (GlobalPlatform Card Specification, Amendment D).
class SecureChannelProtocol03 final : public SecureChannel {
public:
    /// `guard` decides whether the host has proven itself, and whether a command is the host's.
    explicit SecureChannelProtocol03(FaultGuard guard) : guard_(guard) {}

    /// Bits of the implementation option "i" (Amendment D, 5.1).
    static constexpr std::uint8_t longMode = 0x01;
    static constexpr std::uint8_t pseudoRandomChallenge = 0x10;
    static constexpr std::uint8_t responseMacSupport = 0x20;
    static constexpr std::uint8_t responseEncryptionSupport = 0x40;

    /// Size of the sequence counter that pseudo-random challenges are derived from.
    static constexpr std::size_t sequenceCounterSize = 3;
    static constexpr std::size_t maximumChallengeSize = 16;

    /// Size of challenges, cryptograms and MACs in bytes under option `i`.
    [[nodiscard]] static constexpr std::size_t challengeSizeOf(std::uint8_t i) {
        return (i & longMode) != 0 ? 16 : 8;
    }

    /// Whether the protocol knows option `i`: 00, 10, 60 or 70, with or without S16 mode.
    [[nodiscard]] static constexpr bool isOption(std::uint8_t i) {
        const std::uint8_t responses = i & (responseMacSupport | responseEncryptionSupport);
        return (i & ~(longMode | pseudoRandomChallenge | responseMacSupport | responseEncryptionSupport)) ==
                   0 &&
               (responses == 0 || responses == (responseMacSupport | responseEncryptionSupport));
    }

    /// The pseudo-random card challenge (6.2.2.1) for a sequence counter and the identifier of the selected
    /// application, 5 to 16 bytes. False when the cryptography fails.
    [[nodiscard]] static bool deriveChallenge(const StaticKeys& keys,
                                              std::span<const std::uint8_t, sequenceCounterSize> counter,
                                              std::span<const std::uint8_t> applicationIdentifier,
                                              std::span<std::uint8_t> challenge);

    /// INITIALIZE UPDATE: derives the session keys from both challenges (6.2.1) and writes the card
    /// cryptogram (6.2.2.2). All three have the size that the option says. False when the cryptography fails.
    [[nodiscard]] bool initialize(const StaticKeys& keys, std::uint8_t option,
                                  std::span<const std::uint8_t> hostChallenge,
                                  std::span<const std::uint8_t> cardChallenge,
                                  std::span<std::uint8_t> cardCryptogram);

    [[nodiscard]] StatusWord authenticateHost(const Command& command) override;
    [[nodiscard]] bool active() const override { return state_ == State::Active; }
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data) override;
    [[nodiscard]] bool protect(StatusWord status, Response& response) override;
    /// CBC with a zero initial chaining vector under the static key (Amendment D, 4.1.4 and 7.2).
    [[nodiscard]] bool decryptSensitive(std::span<const std::uint8_t> cryptogram,
                                        std::span<std::uint8_t> plain) const override;
    [[nodiscard]] std::size_t sensitiveBlockSize() const override { return crypto::aesBlockSize; }
    void reset() override;

private:
    enum class State : std::uint8_t { Idle, Initialized, Active };

    [[nodiscard]] std::size_t macSize() const { return challengeSizeOf(option_); }
    [[nodiscard]] bool isKnownLevel(std::uint8_t level) const;
    [[nodiscard]] bool verifyCommandMac(const Command& command);
    [[nodiscard]] bool decryptCommand(Command& command, std::span<std::uint8_t> data);
    [[nodiscard]] bool encryptResponse(Response& response);
    [[nodiscard]] bool counterBlock(bool forResponse, crypto::AesBlock& initializationVector) const;

    FaultGuard guard_;
    State state_ = State::Idle;
    std::uint8_t option_ = 0;
    std::uint8_t securityLevel_ = 0;
    ChannelKey encryptionKey_;
    ChannelKey macKey_;
    ChannelKey responseMacKey_;
    ChannelKey dataEncryptionKey_;
    crypto::SecretBuffer<maximumChallengeSize> hostCryptogram_;
    crypto::SecretArray<crypto::aesBlockSize> macChaining_;
    std::uint32_t encryptionCounter_ = 0;
};

} // namespace cancuoc::card::manager
