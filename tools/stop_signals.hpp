// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace cancuoc::tools {

/// Turns SIGINT and SIGTERM into a stop request while it lives, so that a long-running command ends cleanly.
/// Must be made before any other thread is started: they inherit the blocked signals.
class StopSignals {
public:
    StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals();

    /// Tells when the first signal has come.
    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

private:
    sigset_t signals_{};
    sigset_t former_{};
    std::stop_source source_;
    std::thread waiter_;
};

} // namespace cancuoc::tools
