// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace cancuoc::cardface {

/// A layout that is part of the program.
struct ShippedLayout {
    std::string_view name;
    std::string_view text; ///< JSON
};

/// The files of personalization/cardface/layouts.
[[nodiscard]] std::span<const ShippedLayout> shippedLayouts();

/// personalization/cardface/layouts/face-layout.schema.json.
[[nodiscard]] std::string_view layoutSchema();

} // namespace cancuoc::cardface
