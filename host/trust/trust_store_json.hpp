// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include <nlohmann/json.hpp>

#include "host/trust/trust_store.hpp"

namespace cancuoc::trust {

/// The object that `cancuoc trust list --json` prints: certificates with their defects, CRLs, deviation
/// lists.
/// @param now at which certificates are valid, expired or not valid yet
[[nodiscard]] nlohmann::ordered_json toJson(const TrustStore& store, std::chrono::sys_seconds now);

} // namespace cancuoc::trust
