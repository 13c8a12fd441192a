// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "personalization/issuance/card_image.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cancuoc::personalization {

/// For each file of a card image CREATE FILE (ISO/IEC 7816-9, 6.2.1) with DO'62' { DO'80' size, DO'83' file
/// identifier }, then UPDATE BINARY (ISO/IEC 7816-4, 11.3.4): D6, and D7 from offset 32768 on.
/// `cardAccess` is the identifier under which EF.CardAccess is created; `maximumCommandData` as for
/// storeFileCommands. Throws BadConfiguration for a file that is empty or has more than 65535 bytes.
[[nodiscard]] std::vector<CommandApdu> createFileCommands(const CardImage& image, std::uint16_t cardAccess,
                                                          std::size_t maximumCommandData);

} // namespace cancuoc::personalization
