// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "host/crypto/cipher.hpp"
#include "personalization/globalplatform/secure_channel_session.hpp"
#include "personalization/globalplatform/security_domain_keys.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// The host's end of an SCP03 session with AES-128, AES-192 or AES-256, in S8 mode (challenges, cryptograms
/// and MACs of 8 bytes) or S16 mode (of 16), whatever the card's option (GlobalPlatform Amendment D, 6.2).
class Scp03Session final : public SecureChannelSession {
public:
    static constexpr std::uint8_t identifier = 0x03;
    static constexpr std::size_t sequenceCounterSize = 3;

    /// Bits of the implementation option "i" (Amendment D, 5.1).
    static constexpr std::uint8_t longModeOption = 0x01;
    static constexpr std::uint8_t pseudoRandomChallengeOption = 0x10;
    static constexpr std::uint8_t responseMacOption = 0x20;
    static constexpr std::uint8_t responseEncryptionOption = 0x40;

    /// Size of challenges, cryptograms and MACs in bytes under option `i`.
    [[nodiscard]] static constexpr std::size_t challengeSizeOf(std::uint8_t i) {
        return (i & longModeOption) != 0 ? 16 : 8;
    }

    /// Derives the session keys from the static keys and both challenges: 8 bytes each, or 16 in S16 mode.
    /// Throws BadConfiguration for keys of a size that AES does not have.
    Scp03Session(const SecurityDomainKeys& keys, BytesView hostChallenge, BytesView cardChallenge);

    /// The card challenge that a card with pseudo-random ones derives for a sequence counter (3 bytes) and
    /// the identifier of the selected domain (Amendment D, 6.2.2.1). `size` is 8 or 16.
    [[nodiscard]] static Bytes pseudoRandomChallenge(const SecurityDomainKeys& keys,
                                                     BytesView sequenceCounter, BytesView domain,
                                                     std::size_t size);

    [[nodiscard]] bool isCardCryptogram(BytesView cardCryptogram) const override;
    [[nodiscard]] CommandApdu externalAuthenticate(SecurityLevel level) override;
    [[nodiscard]] CommandApdu wrap(const CommandApdu& command) override;
    [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response) const override;
    /// CBC with zeros for the initial chaining value, under the static key (Amendment D, 4.1.4).
    [[nodiscard]] Bytes encryptSensitive(BytesView plain) const override;
    [[nodiscard]] std::size_t sensitiveBlockSize() const override { return 16; }
    [[nodiscard]] KeyType keyType() const override { return KeyType::Aes; }
    /// The padding of one block and the C-MAC.
    [[nodiscard]] std::size_t maximumOverhead() const override { return 16 + macSize_; }
    [[nodiscard]] bool takesExtendedLength() const override { return true; }

private:
    [[nodiscard]] bool protects(std::uint8_t bits) const;
    [[nodiscard]] Bytes counterBlock(std::uint8_t firstByte) const;
    [[nodiscard]] CommandApdu withMac(CommandApdu command);

    BlockCipher cipher_;
    std::size_t macSize_;
    Bytes context_; ///< both challenges
    SecretBytes encryptionKey_;
    SecretBytes macKey_;
    SecretBytes responseMacKey_;
    SecretBytes dataEncryptionKey_;
    std::uint8_t level_ = 0;
    std::uint64_t commandCounter_ = 0;
    Bytes macChainingValue_;
};

} // namespace cancuoc::personalization
