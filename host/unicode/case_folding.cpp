// SPDX-License-Identifier: Apache-2.0
#include "host/unicode/case_folding.hpp"

#include <cstdint>

#include <unicode/unistr.h>

#include "host/unicode/normalization_form.hpp"

namespace cancuoc {

std::string foldCase(std::string_view text) {
    auto folded =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    folded.foldCase();
    std::string result;
    return toNormalizationFormCWithReplacements(folded.toUTF8String(result));
}

} // namespace cancuoc
