// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/lds/data_group.hpp"
#include "personalization/issuance/card_image.hpp"

#include <map>

namespace cancuoc::personalization {

/// The content of every file of a chip, EF.CardAccess among them.
using ChipFiles = std::map<lds::FileId, Bytes>;

/// The files of a card image.
[[nodiscard]] ChipFiles chipFiles(const CardImage& image);

} // namespace cancuoc::personalization
