// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/delay.hpp"

namespace cancuoc::card::host {

/// Lets the thread sleep.
class SystemDelay final : public Delay {
public:
    void wait(std::uint32_t milliseconds) override;
    /// Nothing: there is no clock to glitch in a process.
    void scatter() override;
};

} // namespace cancuoc::card::host
