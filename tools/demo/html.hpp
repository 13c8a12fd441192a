// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc::demo {

/// The text with the characters replaced that mean something in HTML. What a card says is never trusted.
[[nodiscard]] std::string escaped(std::string_view text);

/// A data URI, so that the page is one file.
[[nodiscard]] std::string dataUri(std::string_view mediaType, std::string_view content);

} // namespace cancuoc::demo
