// SPDX-License-Identifier: Apache-2.0
#include "tools/stop_signals.hpp"

namespace cancuoc::tools {

StopSignals::StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, &former_);
    waiter_ = std::thread([this] {
        int signal = 0;
        sigwait(&signals_, &signal);
        source_.request_stop();
    });
}

StopSignals::~StopSignals() {
    // The thread waits for this signal, and is not killed by it.
    pthread_kill(waiter_.native_handle(), SIGTERM); // NOLINT(bugprone-bad-signal-to-kill-thread)
    waiter_.join();
    pthread_sigmask(SIG_SETMASK, &former_, nullptr);
}

} // namespace cancuoc::tools
