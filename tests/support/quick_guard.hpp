// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/fault_guard.hpp"

namespace cancuoc::card::test {

/// A guard whose pauses take no time.
inline FaultGuard quickGuard() {
    class NoDelay final : public Delay {
    public:
        void wait(std::uint32_t) override {}
        void scatter() override {}
    };
    static NoDelay delay;
    return FaultGuard(delay);
}

} // namespace cancuoc::card::test
