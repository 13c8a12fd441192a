// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/delay.hpp"
#include "card/ports/host/latency_model.hpp"

#include <functional>

namespace cancuoc::card::host {

/// Makes each exchange take as long as its model says, and the chip's own delays on top. What the chip took
/// to work on this machine is part of that time.
class LatencyDelay final : public Delay {
public:
    using Clock = std::chrono::steady_clock;
    using Now = std::function<Clock::time_point()>;

    /// `delay` lets the time pass that `now` tells; it outlives the object.
    LatencyDelay(const LatencyModel& model, Delay& delay, Now now);

    void wait(std::uint32_t milliseconds) override;
    void scatter() override { delay_->scatter(); }

    /// A command has come.
    void begin();
    /// Returns when the exchange has taken its time: the command, its response, and so many bytes of
    /// non-volatile memory that were written for it.
    void finish(LatencyModel::Bytes command, LatencyModel::Bytes response, std::size_t programmed);

private:
    LatencyModel model_;
    Delay* delay_;
    Now now_;
    Clock::time_point begun_{};
    /// What the exchange takes besides, as the chip waits.
    LatencyModel::Milliseconds chosen_{};
    /// Parts of milliseconds from exchanges before.
    LatencyModel::Milliseconds owed_{};
};

} // namespace cancuoc::card::host
