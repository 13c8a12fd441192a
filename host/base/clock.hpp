// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

namespace cancuoc {

/// Tells the time as UTC seconds. Passed in wherever a result depends on the time.
using Clock = std::function<std::chrono::sys_seconds()>;

/// The clock of the machine.
[[nodiscard]] Clock systemClock();

} // namespace cancuoc
