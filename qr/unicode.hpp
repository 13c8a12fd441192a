// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc::qr {

/// Tells whether `text` is UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates.
bool isUtf8(std::string_view text);

/// Text in Unicode normalization form C, the form in which the card holds Vietnamese letters.
/// @param text any bytes; what is not UTF-8 becomes U+FFFD
std::string toNormalizationFormC(std::string_view text);

} // namespace cancuoc::qr
