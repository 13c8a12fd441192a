// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/interop/openpace/card_content.hpp"
#include "tests/interop/openpace/openpace.hpp"

#include <optional>

namespace peer {

/// A small chip whose cryptography is OpenPACE's: PACE with CAN and MRZ, secure messaging, Chip
/// Authentication version 1, and Active Authentication (ECDSA, by OpenSSL).
class OpenPaceChip {
public:
    /// `mrz`: 90 characters. A Library must live while the chip does.
    OpenPaceChip(CardContent content, std::string can, std::string mrz);

    void reset();
    /// One command APDU and its response.
    Bytes transmit(View bytes);

private:
    Response process(const Command& command);
    Response select(const Command& command);
    Response open(std::uint16_t identifier);
    Response readBinary(const Command& command);
    Response manageSecurityEnvironment(const Command& command);
    Response selectPace(const Command& command);
    Response generalAuthenticate(const Command& command);
    Response openPace(View request);
    Response agree(const BUF_MEM& terminalToken);
    Response authenticateChip(View request);
    Response internalAuthenticate(const Command& command);
    void startSecureMessaging(int keys);

    CardContent content_;
    std::string can_;
    std::string mrz_;
    Context context_;
    std::optional<SecureMessaging> channel_;
    std::optional<Password> password_;
    std::optional<std::uint16_t> selectedFile_;
    Bytes terminalPublicKey_;
    bool applicationSelected_ = false;
    bool authenticated_ = false;
    bool chipAuthenticationSelected_ = false;
    bool newKeys_ = false;
};

} // namespace peer
