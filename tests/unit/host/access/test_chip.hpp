// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/chip_secure_messaging.hpp"
#include "host/apdu/response.hpp"
#include "host/base/random.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/mac.hpp"
#include "host/reader/connection.hpp"

#include <functional>
#include <map>
#include <optional>

namespace cancuoc::test {

/// A command as a chip understands it, unprotected.
struct ReceivedCommand {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    Bytes data;
    std::optional<std::size_t> le;

    [[nodiscard]] std::uint16_t p1p2() const { return static_cast<std::uint16_t>(p1 << 8U | p2); }
    [[nodiscard]] static ReceivedCommand parse(BytesView encoded);
    /// What secure messaging held.
    [[nodiscard]] static ReceivedCommand of(const CommandApdu& command);
};

/// A chip for the tests of the terminal's side, with the habits that chips in the field have.
class TestChip final : public Connection {
public:
    struct Habits {
        bool extendedLength = false;
        /// READ BINARY of more bytes than this answers `refusal`.
        std::size_t largestRead = 65536;
        StatusWord refusal = status_word::wrongLength;
        /// The refusal comes without secure messaging, which ends.
        bool refusesInPlain = false;
        /// READ BINARY of more than is left answers this and no data.
        std::optional<StatusWord> overReadRefusal{};
        /// The same, and the data that are left.
        std::optional<StatusWord> overReadWarning{};
        /// READ BINARY of more than is left gives zeros for what is not there.
        bool padsBehindEnd = false;
        /// READ BINARY gives at most so many bytes, whatever is asked.
        std::size_t largestAnswer = 65536;
        /// READ BINARY gives at least so many bytes, if they are there, whatever is asked.
        std::size_t smallestAnswer = 0;
        /// Le on SELECT and MSE answers 6700.
        bool refusesNeedlessLe = false;
        bool knowsShortIdentifiers = true;
        /// The key agreement of PACE ends in a shared secret that starts with a zero byte.
        bool leadingZeroSecret = false;
        /// The reader loses the card at this command, counted from 1; 0 for never.
        std::size_t removedAt = 0;
    };

    explicit TestChip(Habits habits);

    std::map<std::uint16_t, Bytes> files;
    std::map<std::uint8_t, std::uint16_t> shortIdentifiers;
    /// Those that count, besides, until an application is selected.
    std::map<std::uint8_t, std::uint16_t> masterFileShortIdentifiers;
    /// The application that can be selected.
    Bytes application;
    /// Signs a challenge for INTERNAL AUTHENTICATE, when set.
    std::function<Bytes(BytesView)> activeAuthentication;
    /// f(password), for PACE.
    Bytes password;
    std::optional<EllipticCurve> paceCurve;
    /// The SHA-1 value of the MRZ information, for Basic Access Control, without which the application's
    /// files are refused then.
    std::optional<Bytes> basicAccessKeySeed;
    BlockCipher paceCipher = BlockCipher::Aes128;
    std::optional<EllipticCurveKeyPair> chipAuthenticationKey;
    /// With which the chip agrees instead, when it is a clone.
    std::optional<EllipticCurveKeyPair> otherChipAuthenticationKey;
    BlockCipher chipAuthenticationCipher = BlockCipher::Aes128;
    /// PACE proves the chip authentication key as well (Doc 9303-11, 4.4.3.5.1).
    bool chipAuthenticationMapping = false;

    /// Encoded commands as received.
    std::vector<Bytes> received;
    /// Bytes of the longest encoded response given.
    std::size_t longestResponse = 0;
    /// Answers a command, as the chip understood it, in place of the chip; nothing leaves it to the chip.
    std::function<std::optional<ResponseApdu>(const ReceivedCommand&)> intercept;
    /// Changes the encoded response before it is sent, when set.
    std::function<Bytes(Bytes)> tamper;

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "test chip"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override;
    [[nodiscard]] std::size_t maximumResponseLength() const override;
    [[nodiscard]] bool secureMessagingActive() const { return secureMessaging_.has_value(); }
    /// The ephemeral public key of the last PACE.
    [[nodiscard]] BytesView paceKey() const { return chipKey_; }
    /// The terminal's.
    [[nodiscard]] BytesView paceTerminalKey() const { return terminalKey_; }
    /// The nonce of the last PACE.
    [[nodiscard]] BytesView paceNonce() const { return nonce_; }
    /// Everything that session keys were derived from, since the chip was made.
    struct AgreedSecret {
        BlockCipher cipher;
        Bytes secret;
    };
    [[nodiscard]] const std::vector<AgreedSecret>& agreedSecrets() const { return agreedSecrets_; }
    void startSecureMessaging(BlockCipher cipher, BytesView sharedSecret);

private:
    [[nodiscard]] Bytes answer(BytesView encoded);
    [[nodiscard]] ResponseApdu process(const ReceivedCommand& command);
    [[nodiscard]] bool isClosed(const ReceivedCommand& command) const;
    [[nodiscard]] ResponseApdu giveChallenge();
    [[nodiscard]] ResponseApdu authenticateMutually(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu manageSecurityEnvironment(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu generalAuthenticate(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu mapNonce(BytesView terminalKey);
    [[nodiscard]] ResponseApdu agreeOnKey(BytesView terminalKey);
    [[nodiscard]] ResponseApdu authenticate(BytesView token);
    [[nodiscard]] Bytes encryptedChipAuthenticationData() const;
    [[nodiscard]] ResponseApdu authenticateChip(BytesView terminalKey);
    [[nodiscard]] const std::uint16_t* fileByShortIdentifier(std::uint8_t identifier) const;
    [[nodiscard]] ResponseApdu select(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu readBinary(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu readBinaryOdd(const ReceivedCommand& command);
    [[nodiscard]] std::optional<StatusWord> refusedRead(std::size_t offset, std::size_t wanted) const;
    [[nodiscard]] Bytes part(std::size_t offset, std::size_t wanted) const;
    [[nodiscard]] ResponseApdu given(Bytes data, std::size_t wanted) const;

    Habits habits_;
    SystemRandom random_;
    Bytes challenge_;
    Bytes protocol_;
    Bytes nonce_;
    Bytes mappingKey_;
    EcPointPtr generator_;
    Bytes terminalKey_;
    Bytes chipKey_;
    Bytes sharedSecret_;
    std::vector<AgreedSecret> agreedSecrets_;
    std::optional<ChipSecureMessaging> secureMessaging_;
    std::optional<ChipSecureMessaging> nextSecureMessaging_;
    bool endsInPlain_ = false;
    bool applicationSelected_ = false;
    BytesView current_;
};

} // namespace cancuoc::test
