// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "host/base/secret_bytes.hpp"
#include "personalization/issuance/card_image.hpp"

#include <cstddef>
#include <vector>

namespace cancuoc::personalization {

/// The STORE DATA commands that write a whole card image, in their order (GlobalPlatform Card Specification
/// 2.3.1, 11.11): one data grouping for each file, cut wherever a command is full, then one command for each
/// secret and setting, encrypted under the data encryption key. `maximumCommandData` is the most data of one
/// command before the secure channel adds its own, at least 100 bytes. Block numbers go from 0 and begin
/// again after FF. Throws BadConfiguration for a secret that does not fit into one command, a keyId over 127
/// and more than two trust points.
[[nodiscard]] std::vector<CommandApdu> storeDataCommands(const CardImage& image,
                                                         const SecretBytes& dataEncryptionKey,
                                                         std::size_t maximumCommandData);

} // namespace cancuoc::personalization
