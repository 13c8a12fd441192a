// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>

namespace cancuoc {

/// Appends 80 and then 00 up to the next multiple of `blockSize` (ISO/IEC 9797-1, padding method 2).
void pad(Bytes& bytes, std::size_t blockSize);

[[nodiscard]] Bytes padded(BytesView bytes, std::size_t blockSize);

/// `bytes` without their padding, or nothing when they do not end with a padding of at most `blockSize`
/// bytes.
[[nodiscard]] std::optional<BytesView> unpadded(BytesView bytes, std::size_t blockSize);

} // namespace cancuoc
