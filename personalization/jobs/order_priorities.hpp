// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/database.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// Every function works within the transaction of its caller.

/// The waiting request whose turn it is, held for the caller: remakes first, then by the priorities of the
/// orders, then in the order of import. Nothing when none waits that nobody holds.
[[nodiscard]] std::optional<std::string> nextInLine(sql::Database& database);

/// Gives an order its priority. Throws BadConfiguration when there is no such order, or the priority is more
/// than JobStore::highestPriority away from 0.
void setOrderPriority(sql::Database& database, std::string_view order, int priority);

} // namespace cancuoc::personalization
