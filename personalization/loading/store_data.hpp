// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "personalization/issuance/card_image.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace cancuoc::personalization {

/// Pads a key or another secret and encrypts it under the data encryption key of the chip's channel.
using SecretEncryption = std::function<Bytes(BytesView secret)>;

/// The data grouping identifiers of a chip product; files go by their file identifiers.
struct DataGroupings {
    std::uint16_t cardAccess = 0x011C;
    std::uint16_t cardAccessNumber = 0x8001;
    std::uint16_t mrzInformation = 0x8002;
    std::uint16_t chipAuthentication = 0x8003;
    std::uint16_t activeAuthentication = 0x8004;
    std::uint16_t rsaActiveAuthentication = 0x8005;
    std::uint16_t protocolProfile = 0x8006;
    std::uint16_t firstTrustPoint = 0x8007; ///< the second one follows
    std::uint16_t currentDate = 0x8009;
    std::uint16_t identifiedChipAuthentication = 0x8300; ///< and the keyId in the low byte
};

/// STORE DATA commands for the files of a card image (GlobalPlatform Card Specification 2.3.1, 11.11): one
/// data grouping for each file, cut wherever a command is full. `maximumCommandData` is the most data of one
/// command before the secure channel adds its own, at least 100 bytes. Throws BadConfiguration for a file
/// that is empty or has more than 65535 bytes.
[[nodiscard]] std::vector<CommandApdu>
storeFileCommands(const CardImage& image, const DataGroupings& groupings, std::size_t maximumCommandData);

/// One STORE DATA command for each password, key and setting of a card image, encrypted by `encryption`.
/// Throws BadConfiguration for a secret that does not fit into one command, a keyId over 127 and more than
/// two trust points.
[[nodiscard]] std::vector<CommandApdu> storeSecretCommands(const CardImage& image,
                                                           const DataGroupings& groupings,
                                                           const SecretEncryption& encryption,
                                                           std::size_t maximumCommandData);

/// Gives the STORE DATA commands among `commands` their block numbers, from 0 and again after FF, and marks
/// the last one.
void numberBlocks(std::vector<CommandApdu>& commands);

} // namespace cancuoc::personalization
