// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/latency_delay.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc::card::host {

using Milliseconds = LatencyModel::Milliseconds;

LatencyDelay::LatencyDelay(const LatencyModel& model, Delay& delay, Now now)
    : model_(model), delay_(&delay), now_(std::move(now)) {}

void LatencyDelay::wait(std::uint32_t milliseconds) {
    delay_->wait(milliseconds);
    chosen_ += Milliseconds(milliseconds);
}

void LatencyDelay::begin() {
    begun_ = now_();
    chosen_ = Milliseconds();
}

void LatencyDelay::finish(LatencyModel::Bytes command, LatencyModel::Bytes response, std::size_t programmed) {
    const Milliseconds whole = model_.exchange(command, response) + model_.programming(programmed) + chosen_;
    owed_ += std::max(Milliseconds(), whole - Milliseconds(now_() - begun_));
    const auto milliseconds = static_cast<std::uint32_t>(owed_.count());
    if (milliseconds > 0) {
        delay_->wait(milliseconds);
        owed_ -= Milliseconds(milliseconds);
    }
}

} // namespace cancuoc::card::host
