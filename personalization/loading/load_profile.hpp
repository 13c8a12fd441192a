// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstddef>

namespace cancuoc::personalization {

/// What a loader must know about a chip product to personalize it with STORE DATA.
struct LoadProfile {
    Bytes issuerDomain; ///< application identifier of the security domain that takes the data
    Bytes application;  ///< application identifier of the eMRTD application
    std::size_t maximumCommandData =
        0; ///< of one command, secure channel included, where the reader takes it

    /// This project's chip.
    [[nodiscard]] static LoadProfile cancuoc();
};

} // namespace cancuoc::personalization
