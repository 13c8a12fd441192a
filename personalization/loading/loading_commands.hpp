// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "personalization/issuance/card_image.hpp"
#include "personalization/loading/load_profile.hpp"

#include <cstddef>
#include <vector>

namespace cancuoc::personalization {

/// The commands that write a whole card image into a chip of this profile, files and secrets in its order,
/// after INSTALL [for personalization] and before the activation. Parameters and errors are those of
/// storeFileCommands, storeSecretCommands and createFileCommands.
[[nodiscard]] std::vector<CommandApdu> loadingCommands(const CardImage& image, const LoadProfile& profile,
                                                       const SecretEncryption& encryption,
                                                       std::size_t maximumCommandData);

} // namespace cancuoc::personalization
