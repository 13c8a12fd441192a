// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc {

/// The text without the difference of capitals and small letters (Unicode's full case folding), in
/// normalization form C: two texts that differ in nothing else become the same.
/// @param text UTF-8; what is not becomes U+FFFD
/// @throws MalformedData if ICU refuses the text
[[nodiscard]] std::string foldCase(std::string_view text);

} // namespace cancuoc
