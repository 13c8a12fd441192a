// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

namespace cancuoc::personalization {

/// The expiry date that the law gives a card: the birthday in the year the holder turns 14, 25, 40 or 60; a
/// card issued within two years before one of them runs to the next; after the last it does not expire
/// (Law on Identification 2023, article 21).
/// A birthday of 29 February falls on the 28th in a common year.
[[nodiscard]] std::optional<std::chrono::year_month_day> lawfulExpiry(std::chrono::year_month_day birth,
                                                                      std::chrono::year_month_day issue);

} // namespace cancuoc::personalization
