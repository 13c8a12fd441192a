// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cancuoc::demo {

/// The page's style sheet.
[[nodiscard]] std::string_view pageStyle();

} // namespace cancuoc::demo
