// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/command.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/aes.hpp"
#include "card/crypto/secret_array.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// The static keys of a security domain, AES-128 (GlobalPlatform Amendment D, 6.1).
struct StaticKeys {
    static constexpr std::size_t keySize = 16;
    crypto::SecretArray<keySize> encryption;
    crypto::SecretArray<keySize> mac;
    crypto::SecretArray<keySize> dataEncryption;
};

/// Bits of the security level that EXTERNAL AUTHENTICATE asks for (GlobalPlatform Amendment D, 7.1.2.1).
enum SecurityLevel : std::uint8_t {
    CommandMac = 0x01,
    CommandDecryption = 0x02,
    ResponseMac = 0x10,
    ResponseEncryption = 0x20,
};

/// The card's side of Secure Channel Protocol 03 with 8-byte cryptograms and MACs (GlobalPlatform Card
/// Specification, Amendment D). The order of calls: initialize, authenticateHost, then unprotect and protect
/// for each command; every failure ends the session.
class SecureChannelProtocol03 {
public:
    static constexpr std::size_t challengeSize = 8;
    static constexpr std::size_t cryptogramSize = 8;
    static constexpr std::size_t macSize = 8;

    /// INITIALIZE UPDATE: derives the session keys from both challenges (6.2.1) and writes the card
    /// cryptogram (6.2.2.2). False when the cryptography fails.
    [[nodiscard]] bool initialize(const StaticKeys& keys,
                                  std::span<const std::uint8_t, challengeSize> hostChallenge,
                                  std::span<const std::uint8_t, challengeSize> cardChallenge,
                                  std::span<std::uint8_t, cryptogramSize> cardCryptogram);

    /// EXTERNAL AUTHENTICATE with its data, host cryptogram and MAC (7.1.2): 9000, and the session is open at
    /// the security level of P1; or an error, and there is no session.
    [[nodiscard]] StatusWord authenticateHost(const Command& command);

    /// Whether the host has authenticated itself and the session goes on.
    [[nodiscard]] bool active() const { return state_ == State::Active; }

    /// Verifies the MAC of a command and decrypts its data in place, as the level demands (6.2.4 and 6.2.6).
    /// `command` then holds the plain data and CLA 80. 6982 ends the session.
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data);

    /// Encrypts the response data and appends the MAC, as the level demands (6.2.5 and 6.2.7). An error
    /// status goes out bare. False when there is no room; the session is ended.
    [[nodiscard]] bool protect(StatusWord status, Response& response);

    /// Wipes the session.
    void reset();

private:
    enum class State : std::uint8_t { Idle, Initialized, Active };

    [[nodiscard]] bool verifyCommandMac(const Command& command);
    [[nodiscard]] bool decryptCommand(Command& command, std::span<std::uint8_t> data);
    [[nodiscard]] bool encryptResponse(Response& response);
    [[nodiscard]] bool counterBlock(bool forResponse, crypto::AesBlock& initializationVector) const;

    State state_ = State::Idle;
    std::uint8_t securityLevel_ = 0;
    crypto::SecretArray<StaticKeys::keySize> encryptionKey_;
    crypto::SecretArray<StaticKeys::keySize> macKey_;
    crypto::SecretArray<StaticKeys::keySize> responseMacKey_;
    crypto::SecretArray<cryptogramSize> hostCryptogram_;
    crypto::SecretArray<crypto::aesBlockSize> macChaining_;
    std::uint32_t encryptionCounter_ = 0;
};

} // namespace cancuoc::card::manager
