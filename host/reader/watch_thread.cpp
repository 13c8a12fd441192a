// SPDX-License-Identifier: Apache-2.0
#include "host/reader/watch_thread.hpp"

#include "host/base/error.hpp"

#include <condition_variable>
#include <mutex>

namespace cancuoc {

namespace {

// How long a thread is waited for, and how often a wait of its is ended: one that was about to begin when it
// was to be ended is not.
constexpr int mostCancellations = 50;
constexpr std::chrono::milliseconds cancelEvery(10);

} // namespace

struct WatchThread::Control::State {
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::shared_ptr<PcscContext> context;
    bool stopped = false;
    bool ended = false;

    void end() {
        const std::lock_guard lock(mutex);
        context = nullptr;
        ended = true;
        changed.notify_all();
    }

    /// Whether the thread has ended in time.
    [[nodiscard]] bool awaitEnd() {
        std::unique_lock lock(mutex);
        for (int round = 0; round < mostCancellations && !ended; ++round) {
            if (const auto running = context) {
                lock.unlock();
                running->cancel();
                lock.lock();
            }
            changed.wait_for(lock, cancelEvery, [this] { return ended; });
        }
        return ended;
    }
};

WatchThread::Control::Control() : state_(std::make_unique<State>()) {}

WatchThread::Control::~Control() = default;

bool WatchThread::Control::stopped() const {
    const std::lock_guard lock(state_->mutex);
    return state_->stopped;
}

std::shared_ptr<PcscContext> WatchThread::Control::openContext() {
    auto context = std::make_shared<PcscContext>();
    const std::lock_guard lock(state_->mutex);
    state_->context = context;
    return context;
}

void WatchThread::Control::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait_for(lock, time, [this] { return state_->stopped; });
}

WatchThread::WatchThread(std::function<void(Control&)> body)
    : control_(std::make_shared<Control>()), thread_([control = control_, body = std::move(body)]() mutable {
          try {
              body(*control);
          } catch (const Error&) { // the owner sees that it has ended
          }
          body = nullptr;
          control->state_->end();
      }) {}

WatchThread::~WatchThread() {
    requestStop();
    if (control_->state_->awaitEnd()) {
        thread_.join();
    } else {
        thread_.detach();
    }
}

void WatchThread::requestStop() {
    const std::lock_guard lock(control_->state_->mutex);
    control_->state_->stopped = true;
    control_->state_->changed.notify_all();
}

bool WatchThread::ended() const {
    const std::lock_guard lock(control_->state_->mutex);
    return control_->state_->ended;
}

} // namespace cancuoc
