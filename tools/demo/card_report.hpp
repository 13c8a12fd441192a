// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cancuoc::demo {

/// One check of a verdict, as `cancuoc read --json` names it.
struct Check {
    std::string name;
    std::string result; ///< passed, failed, not-supported or not-performed
    std::string reason;
};

/// One step of the dialogue with the chip.
struct DialogueStep {
    std::string name;
    std::size_t commands = 0;
    double milliseconds = 0;
};

/// What the demonstration found out about one card.
struct CardReport {
    std::string number;   ///< 12 digits
    std::string fullName; ///< with its diacritics, from DG13
    std::string verdict;  ///< genuine, not-genuine or incomplete
    std::string access;   ///< protocol, mapping, password and curve, for a person
    std::vector<std::string> machineReadableZone;
    std::vector<std::pair<std::string, std::string>>
        citizen; ///< item name of the JSON, value; as the card orders them
    std::vector<Check> checks;
    std::vector<std::pair<std::string, std::string>> notRead; ///< files the chip kept closed, with the reason
    std::vector<DialogueStep> steps;
    std::size_t commands = 0;
    std::size_t bytesSent = 0;
    std::size_t bytesReceived = 0;
    double milliseconds = 0;
    std::size_t fileBytes = 0; ///< all files read, together
    std::string portrait;      ///< JPEG as read from the chip
    std::string qrCode;        ///< SVG
    bool qrMatches = false;    ///< what `cancuoc qr verify` found

    /// Reads what demo.sh left in a card's folder: read.json, the portrait, qr.svg, and qr-verify.status with
    /// the exit status of the comparison. Throws std::runtime_error naming the file that is missing or
    /// malformed.
    [[nodiscard]] static CardReport load(const std::filesystem::path& folder);
};

} // namespace cancuoc::demo
