// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/secure_channel.hpp"
#include "card/core/fault_guard.hpp"
#include "card/crypto/triple_des.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// The card's side of Secure Channel Protocol 02 with options i=15 and i=55: three keys, explicit initiation,
/// C-MAC on the modified APDU, its chaining value encrypted (GlobalPlatform Card Specification, annex E).
class SecureChannelProtocol02 final : public SecureChannel {
public:
    /// `guard` decides whether the host has proven itself, and whether a command is the host's.
    explicit SecureChannelProtocol02(FaultGuard guard) : guard_(guard) {}

    static constexpr std::uint8_t randomChallengeOption = 0x15;
    /// The card challenge is derived from the identifier of the selected application.
    static constexpr std::uint8_t pseudoRandomChallengeOption = 0x55;

    static constexpr std::size_t hostChallengeSize = 8;
    static constexpr std::size_t cardChallengeSize = 6;
    static constexpr std::size_t cryptogramSize = 8;
    static constexpr std::size_t macSize = 8;
    static constexpr std::size_t sequenceCounterSize = 2;

    [[nodiscard]] static constexpr bool isOption(std::uint8_t i) {
        return i == randomChallengeOption || i == pseudoRandomChallengeOption;
    }

    using SequenceCounter = std::span<const std::uint8_t, sequenceCounterSize>;

    /// The pseudo-random card challenge of i=55 (E.1.2.1). False when the cryptography fails.
    [[nodiscard]] static bool deriveChallenge(const StaticKeys& keys, SequenceCounter counter,
                                              std::span<const std::uint8_t> applicationIdentifier,
                                              std::span<std::uint8_t, cardChallengeSize> challenge);

    /// INITIALIZE UPDATE: derives the session keys from the sequence counter (E.4.1) and writes the card
    /// cryptogram (E.4.2.1). False when the keys are no two-key 3DES keys.
    [[nodiscard]] bool initialize(const StaticKeys& keys, SequenceCounter counter,
                                  std::span<const std::uint8_t, hostChallengeSize> hostChallenge,
                                  std::span<const std::uint8_t, cardChallengeSize> cardChallenge,
                                  std::span<std::uint8_t, cryptogramSize> cardCryptogram);

    [[nodiscard]] StatusWord authenticateHost(const Command& command) override;
    [[nodiscard]] bool active() const override { return state_ == State::Active; }
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data) override;
    /// Responses go out bare.
    [[nodiscard]] bool protect(StatusWord status, Response& response) override;
    /// ECB under the session's data encryption key (E.4.7).
    [[nodiscard]] bool decryptSensitive(std::span<const std::uint8_t> cryptogram,
                                        std::span<std::uint8_t> plain) const override;
    [[nodiscard]] std::size_t sensitiveBlockSize() const override { return crypto::desBlockSize; }
    void reset() override;

private:
    enum class State : std::uint8_t { Idle, Initialized, Active };
    using Key = crypto::SecretArray<crypto::tripleDesKeySize>;

    /// The MAC of a command whose data are the first `length` bytes of `padded`; the byte that padding begins
    /// with follows them, and zeros to the end. Its work hangs on the size of `padded` alone.
    [[nodiscard]] bool computeMac(const Command& command, std::span<const std::uint8_t> padded,
                                  std::size_t length, std::span<std::uint8_t, macSize> mac) const;
    /// Whether both are equal; their first bytes are the MAC, which then becomes the chaining value.
    [[nodiscard]] bool takeMac(std::span<const std::uint8_t> expected,
                               std::span<const std::uint8_t> received);

    FaultGuard guard_;
    State state_ = State::Idle;
    std::uint8_t securityLevel_ = 0;
    Key encryptionKey_;
    Key macKey_;
    Key dataEncryptionKey_;
    crypto::SecretArray<cryptogramSize> hostCryptogram_;
    /// The MAC of the command before, encrypted; zero before the first one.
    crypto::SecretArray<macSize> chaining_;
};

} // namespace cancuoc::card::manager
