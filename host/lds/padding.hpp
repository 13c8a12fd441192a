// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc::lds {

/// `rest` without the bytes 00 and FF at its start, which may stand before, between and behind interindustry
/// data objects and mean nothing (ISO/IEC 7816-4, 5.2.2). A view of the same bytes.
[[nodiscard]] BytesView withoutPadding(BytesView rest);

} // namespace cancuoc::lds
