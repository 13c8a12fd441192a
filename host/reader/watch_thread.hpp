// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/pcsc_context.hpp"

#include <functional>
#include <memory>
#include <thread>

namespace cancuoc {

/// A thread that waits for news of the smart card service, over a link of its own. Its owner can end it at
/// any time: a wait is ended, and a call that does not come back is left alone.
class WatchThread {
public:
    /// What the thread asks and tells its owner.
    class Control {
    public:
        Control();
        ~Control();
        Control(const Control&) = delete;
        Control& operator=(const Control&) = delete;

        [[nodiscard]] bool stopped() const;
        /// Opens a link whose waits are ended when the thread is to stop. Throws ReaderUnavailable.
        [[nodiscard]] std::shared_ptr<PcscContext> openContext();
        /// Returns when the time is over, or the thread is to stop.
        void pause(std::chrono::milliseconds time);

    private:
        friend class WatchThread;
        struct State;
        std::unique_ptr<State> state_;
    };

    /// `body` ends soon after Control::stopped; it owns what it uses. What it throws ends it.
    explicit WatchThread(std::function<void(Control&)> body);
    WatchThread(const WatchThread&) = delete;
    WatchThread& operator=(const WatchThread&) = delete;
    ~WatchThread();

    /// Asks the thread to stop, without waiting for it.
    void requestStop();
    [[nodiscard]] bool ended() const;

private:
    std::shared_ptr<Control> control_;
    std::thread thread_;
};

} // namespace cancuoc
