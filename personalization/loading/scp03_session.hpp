// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "host/apdu/response.hpp"
#include "host/base/bytes.hpp"
#include "host/base/secret_bytes.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// The static AES-128 keys of a security domain (GlobalPlatform Amendment D, 6.1).
struct Scp03Keys {
    std::uint8_t keyVersion = 0;
    SecretBytes encryption;     ///< Key-ENC, 16 bytes
    SecretBytes mac;            ///< Key-MAC, 16 bytes
    SecretBytes dataEncryption; ///< Key-DEK, 16 bytes

    /// The keys in blank chips before a programme brings in its own: the test keys that GlobalPlatform
    /// publishes, under version 30.
    [[nodiscard]] static Scp03Keys transport();
};

/// P1 of EXTERNAL AUTHENTICATE: what protects each command and response (Amendment D, 7.1.2.1).
enum class Scp03SecurityLevel : std::uint8_t {
    CommandMac = 0x01,
    CommandMacAndEncryption = 0x03,
    CommandAndResponseMac = 0x11,
    CommandMacAndEncryptionResponseMac = 0x13,
    CommandAndResponseMacAndEncryption = 0x33,
};

/// What the card answers to INITIALIZE UPDATE in S8 mode (Amendment D, 7.1.1.6).
struct InitializeUpdateResponse {
    Bytes keyDiversificationData;             ///< 10 bytes: the chip's serial
    std::uint8_t keyVersion = 0;              ///< of the keys that the card took
    std::uint8_t secureChannelIdentifier = 0; ///< 03
    std::uint8_t implementationOption = 0;    ///< "i": 60 for random challenges with R-MAC and R-ENCRYPTION
    Bytes cardChallenge;                      ///< 8 bytes
    Bytes cardCryptogram;                     ///< 8 bytes

    /// Throws MalformedData when `data` is no response of SCP03 in S8 mode.
    [[nodiscard]] static InitializeUpdateResponse decode(BytesView data);
};

/// The host's end of an SCP03 session (Amendment D, 6.2): session keys, cryptograms, and the protection of
/// one command and its response after another.
class Scp03Session {
public:
    static constexpr std::size_t challengeSize = 8;
    static constexpr std::size_t macSize = 8;
    /// The most that wrapping adds to a command's data: the padding of one block and the C-MAC.
    static constexpr std::size_t maximumOverhead = 16 + macSize;

    /// Derives the session keys from the static keys and both challenges (8 bytes each).
    Scp03Session(const Scp03Keys& keys, BytesView hostChallenge, BytesView cardChallenge);

    /// Whether the card knows the static keys; compares in constant time.
    [[nodiscard]] bool isCardCryptogram(BytesView cardCryptogram) const;

    /// EXTERNAL AUTHENTICATE with the host cryptogram and its C-MAC; from then on `level` holds.
    [[nodiscard]] CommandApdu externalAuthenticate(Scp03SecurityLevel level);

    /// Encrypts the data of `command` when the level says so, and adds the C-MAC.
    [[nodiscard]] CommandApdu wrap(const CommandApdu& command);

    /// Checks the R-MAC of the response to the command wrapped last, takes it off, and decrypts the data.
    /// An error's status word comes without R-MAC and is passed on. Throws SecureMessagingError when the
    /// R-MAC is missing or wrong.
    [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response) const;

private:
    [[nodiscard]] bool protects(std::uint8_t bits) const;
    [[nodiscard]] Bytes counterBlock(std::uint8_t firstByte) const;
    [[nodiscard]] CommandApdu withMac(CommandApdu command);

    Bytes context_; ///< both challenges
    SecretBytes encryptionKey_;
    SecretBytes macKey_;
    SecretBytes responseMacKey_;
    std::uint8_t level_ = 0;
    std::uint64_t commandCounter_ = 0;
    Bytes macChainingValue_;
};

} // namespace cancuoc::personalization
