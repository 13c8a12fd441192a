// SPDX-License-Identifier: Apache-2.0
#include "host/reader/card_thread.hpp"

#include "host/base/error.hpp"

#include <condition_variable>
#include <mutex>

namespace cancuoc {

namespace {

// How long the destructor waits for a card to be given back, and for a call that was given up already.
constexpr std::chrono::milliseconds closingPatience(2000);
constexpr std::chrono::milliseconds gracePeriod(100);

} // namespace

/// What the thread shares with its owner, and keeps when the owner has given up.
struct CardThread::State {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::shared_ptr<Task> task; ///< that is to be run, or runs
    bool begun = false;
    bool closing = false;
    bool givenUp = false; ///< a call was left alone
    bool ended = false;
};

CardThread::CardThread(std::chrono::milliseconds keepAliveEvery)
    : state_(std::make_shared<State>()), thread_(work, state_, keepAliveEvery) {}

CardThread::~CardThread() {
    std::unique_lock lock(state_->mutex);
    state_->closing = true;
    state_->changed.notify_all();
    const bool ended = state_->changed.wait_for(lock, state_->givenUp ? gracePeriod : closingPatience,
                                                [this] { return state_->ended; });
    lock.unlock();
    if (ended) {
        thread_.join();
    } else {
        thread_.detach();
    }
}

void CardThread::run(Task task, const Interruption& interruption) {
    requireUninterrupted(interruption);
    // Held here to the end: what the task leaves behind, an exception among it, is given back by the caller.
    const auto mine = std::make_shared<Task>(std::move(task));
    std::unique_lock lock(state_->mutex);
    if (state_->givenUp) {
        throw ReaderUnavailable("The reader has not answered yet what it was asked last. Unplug it, plug it "
                                "in again, and start again.");
    }
    state_->task = mine;
    state_->begun = false;
    state_->changed.notify_all();
    const auto done = [&] { return state_->task != mine; };
    const bool answered = interruption.deadline ? state_->changed.wait_until(lock, interruption.stop,
                                                                             *interruption.deadline, done)
                                                : state_->changed.wait(lock, interruption.stop, done);
    if (answered) {
        return;
    }
    state_->givenUp = true;
    state_->changed.notify_all();
    lock.unlock();
    requireUninterrupted(interruption);
}

void CardThread::work(const std::shared_ptr<State>& state, std::chrono::milliseconds keepAliveEvery) {
    {
        Slot card;
        std::unique_lock lock(state->mutex);
        const auto called = [&] {
            return state->closing || state->givenUp || (state->task && !state->begun);
        };
        while (true) {
            if (!state->changed.wait_for(lock, keepAliveEvery, called)) {
                lock.unlock();
                if (card) {
                    card->keepAlive();
                }
                lock.lock();
                continue;
            }
            if (state->closing || state->givenUp) {
                break;
            }
            state->begun = true;
            Task& task = *state->task;
            lock.unlock();
            task(card);
            lock.lock();
            state->task = nullptr;
            state->changed.notify_all();
        }
        lock.unlock();
    } // gives the card back
    const std::lock_guard lock(state->mutex);
    state->ended = true;
    state->changed.notify_all();
}

} // namespace cancuoc
