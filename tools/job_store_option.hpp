// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cancuoc::tools {

/// What --store takes (personalization::openJobStore).
inline constexpr const char* jobStoreHelp =
    "the job store: an SQLite file, or postgresql://[user@]host/database";

} // namespace cancuoc::tools
