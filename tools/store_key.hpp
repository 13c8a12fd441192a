// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "host/base/random.hpp"
#include "personalization/jobs/job_store.hpp"

namespace cancuoc::tools {

/// What --store-key takes.
inline constexpr const char* storeKeyHelp = "file with the key that seals what the store holds of citizens, "
                                            "made when there is none yet (default: STORE.key)";

/// Gives the store at `location` its key. `random` outlives the store.
/// @param file the key's file; empty: STORE.key beside a file, DATABASE.key in the current folder for a
/// server Throws BadConfiguration when the store has a key and the file is missing or holds another one.
void protectStore(personalization::JobStore& store, const std::string& location, const std::string& file,
                  RandomSource& random);

} // namespace cancuoc::tools
