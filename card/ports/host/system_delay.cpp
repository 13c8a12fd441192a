// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/system_delay.hpp"

#include <chrono>
#include <thread>

namespace cancuoc::card::host {

void SystemDelay::wait(std::uint32_t milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

void SystemDelay::scatter() {}

} // namespace cancuoc::card::host
