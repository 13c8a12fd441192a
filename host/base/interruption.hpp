// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

namespace cancuoc {

/// When to stop waiting and to send no more commands: once the caller asks to, or at a moment. The default
/// never interrupts.
struct Interruption {
    std::stop_token stop{};
    std::optional<std::chrono::steady_clock::time_point> deadline{};

    /// A deadline that comes after `patience` from now, and the same stop token.
    [[nodiscard]] Interruption within(std::chrono::milliseconds patience) const;
};

/// Throws Cancelled if the caller asked to stop, DeadlineExceeded if the deadline has passed.
void requireUninterrupted(const Interruption& interruption);

} // namespace cancuoc
