// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/object_store.hpp"

namespace cancuoc::card::greeting {

/// The text, as its data grouping brings it.
inline constexpr ObjectIdentifier textObject = 0xA001;
/// There when the application was activated.
inline constexpr ObjectIdentifier activatedObject = 0xA002;

} // namespace cancuoc::card::greeting
