// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cancuoc::card {

/// How the chip lets time pass: the port's timer on a chip, a record of the times in a test.
class Delay {
public:
    /// Returns after `milliseconds`, no sooner.
    virtual void wait(std::uint32_t milliseconds) = 0;

protected:
    ~Delay() = default;
};

} // namespace cancuoc::card
