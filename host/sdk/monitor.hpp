// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

#include "host/reader/reader_monitor.hpp"

namespace cancuoc::sdk {

/// What a cancuoc_monitor names.
class Monitor {
public:
    [[nodiscard]] const ReaderMonitor& readers() const { return readers_; }

    /// How long a call waits.
    /// @param milliseconds negative: until the monitor is closed
    [[nodiscard]] Interruption interruption(std::int64_t milliseconds) const;
    /// Ends the calls that wait.
    void stop() { stop_.request_stop(); }

private:
    ReaderMonitor readers_;
    std::stop_source stop_;
};

} // namespace cancuoc::sdk
