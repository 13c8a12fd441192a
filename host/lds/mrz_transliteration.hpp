// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc::lds {

/// A name as the MRZ writes it: capitals A to Z, one space between components (Doc 9303-3, 4.6 and section
/// 6). Latin letters lose their diacritics, composed or with combining marks, and đ becomes D; apostrophes
/// and full stops vanish; hyphens and other separators become the space between components. `name` is UTF-8.
/// Throws MalformedData for broken UTF-8 or a letter that has no place in the Latin table.
[[nodiscard]] std::string transliterate(std::string_view name);

} // namespace cancuoc::lds
