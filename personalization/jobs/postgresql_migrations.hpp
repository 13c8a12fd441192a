// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cancuoc::personalization::postgresql {

/// SQL that makes the tables of a job store in a PostgreSQL database: each text makes the next version of the
/// one before, the first version 1 of an empty one.
[[nodiscard]] std::vector<std::string> migrations();

} // namespace cancuoc::personalization::postgresql
