// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/lds/data_group.hpp"

#include <vector>

namespace cancuoc::lds {

/// What DG5 and DG7 have in common: 1 to 9 pictures for a person to look at, JPEG or JPEG 2000 (Doc 9303-10,
/// 4.7.5 and 4.7.7). None needs a state of its own; the two data groups name what the pictures show.
namespace displayed_images {

constexpr std::size_t maximumLength = std::size_t{1} << 20;
constexpr std::size_t maximumCount = 9;

/// Reads the pictures of `file`, each the content of a data object `imageTag`, as written. How many there are
/// counts, not how many the file says there are: cards leave the number out, or err in it. Throws
/// MalformedData.
[[nodiscard]] std::vector<Bytes> decode(BytesView content, FileId file, std::uint32_t imageTag);

/// Throws MalformedData for more than 9 pictures.
[[nodiscard]] Bytes encode(const std::vector<Bytes>& images, FileId file, std::uint32_t imageTag);

} // namespace displayed_images

} // namespace cancuoc::lds
