// SPDX-License-Identifier: Apache-2.0
#include "qr/live_decoder.hpp"

#include <utility>

#include "host/base/error.hpp"
#include "qr/decoder.hpp"

namespace cancuoc::qr {

LiveDecoder::LiveDecoder(std::chrono::milliseconds budget, Found found)
    : budget_(budget), found_(std::move(found)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

LiveDecoder::~LiveDecoder() = default;

void LiveDecoder::look(GreyImage frame) {
    const std::lock_guard lock(mutex_);
    waiting_ = std::move(frame);
    changed_.notify_one();
}

bool LiveDecoder::isIdle() const {
    const std::lock_guard lock(mutex_);
    return !isLooking_ && !waiting_;
}

void LiveDecoder::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return waiting_.has_value(); })) {
        const GreyImage frame = *std::exchange(waiting_, std::nullopt);
        isLooking_ = true;
        lock.unlock();
        try {
            if (auto symbol = findSymbol(frame, Interruption{stop}.within(budget_))) {
                found_(*std::move(symbol));
            }
        } catch (const Cancelled&) {
            return;
        }
        lock.lock();
        isLooking_ = false;
    }
}

} // namespace cancuoc::qr
