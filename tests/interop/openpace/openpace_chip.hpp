// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/interop/openpace/card_content.hpp"
#include "tests/interop/openpace/openpace.hpp"

#include <optional>

namespace peer {

/// What opens a card.
struct Passwords {
    std::string can;
    std::string mrz; ///< 90 characters
    std::string pin = {};
    std::string puk = {};
};

/// A small chip whose cryptography is OpenPACE's: PACE with the generic mapping, secure messaging, Chip and
/// Terminal Authentication version 1, and Active Authentication (ECDSA, by OpenSSL).
class OpenPaceChip {
public:
    /// A Library must live while the chip does.
    OpenPaceChip(CardContent content, Passwords passwords);

    void reset();
    /// One command APDU and its response.
    Bytes transmit(View bytes);

private:
    Response process(const Command& received);
    Response select(const Command& command);
    Response open(std::uint16_t identifier);
    Response readBinary(const Command& command);
    Response manageSecurityEnvironment(const Command& command);
    Response selectPace(const Command& command);
    std::optional<Password> passwordOf(std::uint8_t reference) const;
    Response generalAuthenticate(const Command& command);
    Response openPace(View request);
    Response agree(const BUF_MEM& terminalToken);
    Response authenticateChip(View publicKey);
    Response verifyCertificate(const Command& command);
    Response authenticateTerminal(const Command& command);
    Response internalAuthenticate(const Command& command);
    void startSecureMessaging(int keys);

    CardContent content_;
    Passwords passwords_;
    Context context_;
    std::optional<SecureMessaging> channel_;
    std::optional<Password> password_;
    std::optional<std::uint16_t> selectedFile_;
    Bytes terminalPublicKey_;
    /// Comp of the chip's public key of PACE and of the terminal's of Chip Authentication.
    Bytes compressedChipKey_;
    Bytes compressedTerminalKey_;
    int domainParameters_ = 0;
    Bytes chipAuthenticationProtocol_;
    /// The data of a chain so far.
    Bytes chained_;
    bool terminalAuthenticated_ = false;
    bool applicationSelected_ = false;
    bool authenticated_ = false;
    bool newKeys_ = false;
};

} // namespace peer
