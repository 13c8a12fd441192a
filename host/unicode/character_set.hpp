// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cancuoc {

/// The bytes that mean `text` in another character set, and nothing else: nothing if a character is not in
/// that set, or if the bytes would be read as another text.
/// @param text UTF-8, at most 2^31 - 1 bytes
/// @param characterSet a name that ICU knows, such as `Shift_JIS`
/// @throws BadConfiguration if ICU does not know the character set
[[nodiscard]] std::optional<std::string> encodeInCharacterSet(std::string_view text,
                                                              const char* characterSet);

} // namespace cancuoc
