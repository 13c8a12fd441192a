// SPDX-License-Identifier: Apache-2.0
#include "host/access/step_clock.hpp"

#include <algorithm>

namespace cancuoc {

std::size_t StepClock::enter(std::string_view name) {
    const std::size_t previous = current_;
    switchTo(find(name));
    return previous;
}

void StepClock::leave(std::size_t previous) {
    switchTo(previous);
}

void StepClock::count(std::size_t sent, std::size_t received) {
    StepStatistics& step = steps_[current_ != none ? current_ : find("other")];
    ++step.commands;
    step.bytesSent += sent;
    step.bytesReceived += received;
}

StepStatistics StepClock::total() const {
    StepStatistics total{"total"};
    for (const StepStatistics& step : steps_) {
        total.commands += step.commands;
        total.bytesSent += step.bytesSent;
        total.bytesReceived += step.bytesReceived;
        total.duration += step.duration;
    }
    return total;
}

std::string_view StepClock::current() const {
    return current_ != none ? std::string_view(steps_[current_].name) : std::string_view();
}

std::size_t StepClock::find(std::string_view name) {
    const auto found = std::find_if(steps_.begin(), steps_.end(),
                                    [name](const StepStatistics& step) { return step.name == name; });
    if (found != steps_.end()) {
        return static_cast<std::size_t>(found - steps_.begin());
    }
    steps_.push_back({std::string(name)});
    return steps_.size() - 1;
}

void StepClock::switchTo(std::size_t step) {
    const SteadyTime now = std::chrono::steady_clock::now();
    if (current_ != none) {
        steps_[current_].duration += now - lastSwitch_;
    }
    current_ = step;
    lastSwitch_ = now;
}

} // namespace cancuoc
