// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/delay.hpp"

#include <cstdint>

namespace cancuoc::card {

/// A decision that no single flipped bit turns into another one: both values differ in every bit, and every
/// other value is a denial.
class SecureBool {
public:
    SecureBool() = default;
    explicit SecureBool(bool value) : word_(value ? granted : denied) {}

    [[nodiscard]] bool isGranted() const { return word_ == granted; }

private:
    static constexpr std::uint32_t granted = 0xA53C965A;
    static constexpr std::uint32_t denied = 0x5AC369A5;

    volatile std::uint32_t word_ = denied;
};

/// Takes security decisions so that one injected fault does not turn a denial into a grant: the condition is
/// evaluated twice, with a pause of random length before each evaluation. Through it goes what a terminal or
/// an issuer proves, what it then may, and whether the card's state still lets data in. Faults that change
/// what is computed, or what a plain variable or a stored object says both times, it does not see.
class FaultGuard {
public:
    /// The port's timer outlives the guard.
    explicit FaultGuard(Delay& delay) : delay_(&delay) {}

    /// Whether `condition`, called twice, says yes both times.
    template <typename Condition>
    [[nodiscard]] bool holds(const Condition& condition) const {
        pause();
        const SecureBool first(condition());
        pause();
        const SecureBool second(condition());
        return first.isGranted() && second.isGranted();
    }

private:
    // The compiler may not take the second evaluation for the first one: memory may have changed.
    void pause() const {
        delay_->scatter();
        asm volatile("" ::: "memory");
    }

    Delay* delay_;
};

} // namespace cancuoc::card
