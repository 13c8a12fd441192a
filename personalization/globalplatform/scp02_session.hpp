// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"
#include "personalization/globalplatform/secure_channel_session.hpp"
#include "personalization/globalplatform/security_domain_keys.hpp"

namespace cancuoc::personalization {

/// The host's end of an SCP02 session with options i=15 and i=55 (GlobalPlatform Card Specification 2.3.1,
/// annex E): three base keys, explicit initiation, C-MAC on the modified APDU with its chaining value
/// encrypted; responses are not protected. The options differ in how the card makes its challenge.
class Scp02Session final : public SecureChannelSession {
public:
    static constexpr std::uint8_t identifier = 0x02;
    static constexpr std::size_t hostChallengeSize = 8;
    static constexpr std::size_t cardChallengeSize = 6;
    static constexpr std::size_t sequenceCounterSize = 2;
    static constexpr std::size_t cryptogramSize = 8;
    static constexpr std::size_t macSize = 8;

    /// Bit 7 of "i": the card challenge is pseudo-random by a known algorithm (Table E-1).
    static constexpr std::uint8_t pseudoRandomChallengeOption = 0x40;

    /// Derives the session keys from the static keys and the sequence counter (2 bytes). Throws
    /// BadConfiguration unless the keys have 16 bytes each.
    Scp02Session(const SecurityDomainKeys& keys, BytesView sequenceCounter, BytesView hostChallenge,
                 BytesView cardChallenge);

    /// The card challenge that a card with i=55 derives for a sequence counter and the identifier of the
    /// selected domain (E.1.2.1): 6 bytes.
    [[nodiscard]] static Bytes pseudoRandomChallenge(const SecurityDomainKeys& keys,
                                                     BytesView sequenceCounter, BytesView domain);

    [[nodiscard]] bool isCardCryptogram(BytesView cardCryptogram) const override;
    /// Throws BadConfiguration for a level with protected responses.
    [[nodiscard]] CommandApdu externalAuthenticate(SecurityLevel level) override;
    [[nodiscard]] CommandApdu wrap(const CommandApdu& command) override;
    /// Responses come bare.
    [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response) const override { return response; }
    /// ECB under the session's data encryption key (E.4.7).
    [[nodiscard]] Bytes encryptSensitive(BytesView plain) const override;
    [[nodiscard]] std::size_t sensitiveBlockSize() const override { return 8; }
    [[nodiscard]] KeyType keyType() const override { return KeyType::TripleDes; }
    /// The padding of one block and the C-MAC.
    [[nodiscard]] std::size_t maximumOverhead() const override { return 8 + macSize; }
    [[nodiscard]] bool takesExtendedLength() const override { return false; }

private:
    [[nodiscard]] Bytes takeMac(const CommandApdu& command);

    Bytes sequenceAndCardChallenge_;
    Bytes hostChallenge_;
    SecretBytes encryptionKey_;
    SecretBytes macKey_;
    SecretBytes dataEncryptionKey_;
    std::uint8_t level_ = 0;
    Bytes chainingValue_; ///< the MAC of the command before, encrypted; zeros before the first one
};

} // namespace cancuoc::personalization
