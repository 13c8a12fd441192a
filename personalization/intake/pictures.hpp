// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc::personalization {

/// The pictures of one record, as their files stand.
struct Pictures {
    Bytes portrait;   ///< JPEG
    Bytes leftIndex;  ///< PNG
    Bytes rightIndex; ///< PNG
};

} // namespace cancuoc::personalization
