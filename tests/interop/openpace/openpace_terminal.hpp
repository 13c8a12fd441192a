// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/interop/openpace/openpace.hpp"
#include "tests/interop/peer/reader.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace peer {

/// A static key of Chip Authentication with one way to use it (Doc 9303-11, 9.2.5 and 9.2.6).
struct ChipAuthenticationChoice {
    Bytes protocol;
    std::optional<Bytes> keyId;
    Bytes subjectPublicKeyInfo;
};

/// What a terminal authenticates itself with: certificates below the chip's trust point, the terminal's own
/// last, and its private key (PKCS#8).
struct TerminalCertificates {
    std::vector<Bytes> chain;
    Bytes privateKey;
};

/// A small terminal whose cryptography is OpenPACE's: PACE with the generic mapping, secure messaging, Chip
/// and Terminal Authentication version 1. A Library must live while the terminal does.
class OpenPaceTerminal {
public:
    /// Connects to the card in the reader.
    OpenPaceTerminal();

    /// EF.CardAccess, whose PACEInfos it knows from then on.
    Bytes readCardAccess();
    const std::vector<PaceInfo>& paceInfos() const { return paceInfos_; }
    /// Doc 9303-11, 4.4.4. `chat` sends a terminal type.
    void openPace(const PaceInfo& info, const Password& password, bool chat = false);
    void selectApplication();
    /// The choices that DG14 gives.
    static std::vector<ChipAuthenticationChoice> chipAuthenticationChoices(View dataGroup14);
    /// Doc 9303-11, 6.2: with MSE:Set KAT for 3DES, otherwise with GENERAL AUTHENTICATE.
    void authenticateChip(const ChipAuthenticationChoice& choice);
    /// Doc 9303-11, 7.1, after Chip Authentication.
    void authenticateTerminal(const TerminalCertificates& certificates);

    /// The file as it stands on the card; reads in portions of so many bytes at most.
    Bytes readFile(const std::string& name, std::uint16_t identifier, std::size_t portion);
    /// Whether the card answers to the selection of a file with 9000.
    bool selects(std::uint16_t identifier);
    /// Failure unless the card refuses to open the file with 6982.
    void expectRefusal(const std::string& name, std::uint16_t identifier);

private:
    Response exchange(const Command& command);
    Bytes expectSuccess(const Command& command, const std::string& step);
    Bytes generalAuthenticate(View request, std::uint32_t answerTag, const std::string& step, bool chained);
    Bytes readSelected(const std::string& name, std::size_t portion);
    Bytes readAt(std::size_t offset, std::size_t length, const std::string& name);
    void startSecureMessaging(int keys);

    CardConnection connection_;
    Context context_;
    std::optional<SecureMessaging> channel_;
    std::vector<PaceInfo> paceInfos_;
    /// Comp of the chip's public key of PACE and of the terminal's of Chip Authentication.
    Bytes compressedChipKey_;
    Bytes compressedTerminalKey_;
};

} // namespace peer
