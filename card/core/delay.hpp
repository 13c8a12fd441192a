// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cancuoc::card {

/// How the chip lets time pass: the port's timer on a chip, a record of the times in a test.
class Delay {
public:
    /// Returns after `milliseconds`, no sooner.
    virtual void wait(std::uint32_t milliseconds) = 0;

    /// Returns after a short time that nobody outside can tell beforehand, so that nobody knows when a
    /// security decision is taken. The hook against fault injection: on a chip a loop of random length.
    virtual void scatter() = 0;

protected:
    ~Delay() = default;
};

} // namespace cancuoc::card
