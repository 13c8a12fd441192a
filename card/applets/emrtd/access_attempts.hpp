// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/delay.hpp"
#include "card/storage/object_store.hpp"

#include <cstdint>

namespace cancuoc::card::emrtd {

/// Slows down whoever guesses passwords: every failed attempt in a row doubles the delay before the next one,
/// and none blocks the document. The count is in the store, so that taking the power away saves no time.
class AccessAttempts {
public:
    /// Both outlive the object.
    AccessAttempts(ObjectStore& store, Delay& delay) : store_(&store), delay_(&delay) {}

    /// Before the chip compares: lets the delay pass and counts the attempt as failed. False when the memory
    /// fails; nothing may be compared then.
    [[nodiscard]] bool begin();

    /// After a good comparison: forgets the failed attempts. False when the memory fails.
    [[nodiscard]] bool succeed();

    /// The delay in milliseconds after `failedAttempts` in a row.
    [[nodiscard]] static std::uint32_t delayAfter(std::uint8_t failedAttempts);

private:
    ObjectStore* store_;
    Delay* delay_;
};

} // namespace cancuoc::card::emrtd
