// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/reader_features.hpp"

#include <winscard.h>

namespace cancuoc {

/// What a reader can do, and how it is asked to.
struct PcscFeatures {
    ReaderFeatures features;
    std::optional<DWORD> executePace; ///< control code of FEATURE_EXECUTE_PACE
};

/// Asks the reader of a connected card (PC/SC part 10, 2.2). What it does not answer, it cannot.
[[nodiscard]] PcscFeatures readFeatures(SCARDHANDLE card, std::string_view readerName);

} // namespace cancuoc
