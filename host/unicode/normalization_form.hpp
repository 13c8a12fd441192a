// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc {

/// `text` in Unicode normalization form C, in which each Vietnamese letter is one character.
/// Throws MalformedData when `text` is not UTF-8.
[[nodiscard]] std::string toNormalizationFormC(std::string_view text);

/// The same for text from anywhere: what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string toNormalizationFormCWithReplacements(std::string_view text);

} // namespace cancuoc
