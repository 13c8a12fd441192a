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

/// Holds an image that was loaded against the files that its chip is to hold, byte for byte: for what no
/// stranger can read back, the fingers, this and the secure channel stand for the reading. Throws
/// ReadBackFailed, naming the first file that is another.
void requireLoaded(const ChipFiles& files, const CardImage& image);

} // namespace cancuoc::personalization
