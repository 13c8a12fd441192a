// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/reader/connection.hpp"

namespace cancuoc {

/// Where a card is that may be lifted, or lose its power, while it is read, and come back.
class CardSource {
public:
    CardSource() = default;
    CardSource(const CardSource&) = delete;
    CardSource& operator=(const CardSource&) = delete;
    virtual ~CardSource() = default;

    /// The card as it is now; valid until isBack() is called.
    [[nodiscard]] virtual Connection& connection() = 0;
    /// Whether the card can be talked to again after `lost`; waits for it as long as the source is willing
    /// to. Throws Cancelled, DeadlineExceeded.
    [[nodiscard]] virtual bool isBack(const CardRemoved& lost) = 0;
};

/// Resets the card again after CardReset, a few times: whoever needs that more often has a bad contact.
class CardResetter {
public:
    /// Whether `connection` is of use again after `lost`.
    [[nodiscard]] bool answersAgain(const CardRemoved& lost, Connection& connection);

private:
    int resets_ = 0;
};

} // namespace cancuoc
