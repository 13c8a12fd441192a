// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "qr/image.hpp"

namespace cancuoc::qr {

/// Looks for a QR symbol in the frames of a camera, on a thread of its own. Cameras are quicker than
/// decoders: of the frames that come while one is looked at, only the last is looked at next. All functions
/// return at once and may be called from any thread.
class LiveDecoder {
public:
    /// Called on the decoder's thread with the bytes of a symbol, once for each frame that has one; must not
    /// throw.
    using Found = std::function<void(std::string symbol)>;

    /// @param budget how long a frame is looked at: so long does a hand wait for the next
    LiveDecoder(std::chrono::milliseconds budget, Found found);
    LiveDecoder(const LiveDecoder&) = delete;
    LiveDecoder& operator=(const LiveDecoder&) = delete;
    /// Ends the thread; a frame that is looked at is given up at the next attempt.
    ~LiveDecoder();

    /// Takes a frame; the one that waits is forgotten.
    void look(GreyImage frame);
    /// Whether a frame would be looked at at once: others need not be made.
    [[nodiscard]] bool isIdle() const;

private:
    void work(const std::stop_token& stop);

    std::chrono::milliseconds budget_;
    Found found_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<GreyImage> waiting_;
    bool isLooking_ = false;
    std::jthread thread_; ///< last: it uses the others
};

} // namespace cancuoc::qr
