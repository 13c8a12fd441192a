// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <winscard.h>

#include <cstddef>
#include <optional>

namespace cancuoc {

/// The most data bytes of an APDU that the reader states it can carry (PC/SC part 10, 2.6.14, property
/// dwMaxAPDUDataSize): 0 for short lengths only; nothing when the reader does not say.
[[nodiscard]] std::optional<std::size_t> maximumApduDataSize(SCARDHANDLE card);

} // namespace cancuoc
