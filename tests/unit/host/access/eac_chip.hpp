// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/host/access/terminal_verifier.hpp"

#include <functional>
#include <map>
#include <string>

namespace cancuoc::test {

/// A chip behind secure messaging that authenticates itself, and terminals: Chip Authentication and Terminal
/// Authentication, written for the tests from the chip's side of Doc 9303-11, 6.2 and 7.1.
class EacChip final : public Connection {
public:
    /// A private key for Chip Authentication: the terminal's ephemeral public key in, the shared secret out.
    using Agree = std::function<Bytes(BytesView terminalKey)>;

    struct Configuration {
        /// Keys by the bytes of their keyId, which are none for the only key.
        std::map<std::string, Agree> chipKeys;
        BlockCipher chipAuthenticationCipher = BlockCipher::Aes128;
        bool extendedLength = false;
        /// Knows MSE:Set KAT, MSE:Set AT with GENERAL AUTHENTICATE, or both.
        bool knowsKeyAgreementTemplate = true;
        bool knowsAuthenticationTemplate = true;
        /// Comp of the terminal's ephemeral key is its SHA-1 hash instead of a coordinate.
        bool diffieHellman = false;
        /// Version 2: a nonce goes into the keys, and a token of this protocol comes back.
        std::optional<Bytes> version2Nonce;
        /// What DG3 holds; readable after Terminal Authentication.
        Bytes fingers;
    };

    EacChip(Configuration configuration, BlockCipher cipher, BytesView sharedSecret);

    /// Commands as the chip understood them: unprotected, chained parts joined.
    std::vector<ReceivedCommand> received;
    /// Encoded commands as they came.
    std::vector<Bytes> encoded;
    /// Encoded responses as they went.
    std::vector<Bytes> responses;
    /// The token of the last Chip Authentication version 2.
    Bytes token;
    /// Gives another token than the right one.
    bool changesToken = false;
    TerminalVerifier terminalVerifier;

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override {}
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "EAC chip"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override {
        return configuration_.extendedLength ? 65544 : 261;
    }
    [[nodiscard]] std::size_t maximumResponseLength() const override {
        return configuration_.extendedLength ? 65536 : 256;
    }

private:
    [[nodiscard]] ResponseApdu process(const ReceivedCommand& part);
    [[nodiscard]] ResponseApdu execute(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu manageSecurityEnvironment(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu authenticateChip(BytesView keyId, BytesView terminalKey, bool withToken);
    [[nodiscard]] Bytes tokenOver(BytesView terminalKey, BytesView secret) const;

    Configuration configuration_;
    std::optional<ChipSecureMessaging> secureMessaging_;
    std::optional<ChipSecureMessaging> nextSecureMessaging_;
    Bytes chained_;
    Bytes protocol_;
    Bytes keyId_;
};

} // namespace cancuoc::test
