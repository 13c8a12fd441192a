// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// Whether the process of this machine with that name lives still; nothing when that cannot be told. Empty:
/// it never can.
using ProcessLives = std::function<std::optional<bool>(std::string_view process)>;

/// A run of the line, as it presents itself to a job store. Several may work on one store.
struct Worker {
    /// Where its stations and their chips are. Runs on one machine find each other's chips.
    std::string machine;
    /// Names the process among all that ever ran on the machine.
    std::string process;
    ProcessLives lives;
    /// So long after its last sign of life others may take its requests.
    std::chrono::seconds lease{60};
    std::string shift = {}; ///< in which it works; blanks are reconciled by it
};

/// The number of a worker in its store.
enum class WorkerId : std::int64_t {};

/// The right to work on a request. A store gives out a greater token whenever the request goes to somebody,
/// and takes no word from the holder of a former one.
struct Hold {
    std::string requestId;
    std::int64_t token = 0;
};

/// Others were given what this run works on, because it gave no sign of life for the time of its lease, or a
/// person decided so. It must not go on.
class LeaseLost : public Error {
public:
    using Error::Error;
};

} // namespace cancuoc::personalization
