// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace cancuoc::personalization {

/// A load profile that is part of the program.
struct ShippedProfile {
    std::string_view name;
    std::string_view text; ///< JSON
};

/// The files of personalization/loading/profiles.
[[nodiscard]] std::span<const ShippedProfile> shippedProfiles();

} // namespace cancuoc::personalization
