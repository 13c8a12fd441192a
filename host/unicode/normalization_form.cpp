// SPDX-License-Identifier: Apache-2.0
#include "host/unicode/normalization_form.hpp"

#include <cstdint>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "host/base/error.hpp"
#include "host/base/utf8.hpp"

namespace cancuoc {

std::string toNormalizationFormC(std::string_view text) {
    if (!isUtf8(text)) {
        throw MalformedData("The text is not UTF-8.");
    }
    return toNormalizationFormCWithReplacements(text);
}

std::string toNormalizationFormCWithReplacements(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    const auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    icu::UnicodeString normalized;
    if (U_SUCCESS(status)) {
        normalized = normalizer->normalize(source, status);
    }
    if (U_FAILURE(status)) {
        throw MalformedData("The text cannot be brought to Unicode normalization form C.");
    }
    std::string result;
    return normalized.toUTF8String(result);
}

} // namespace cancuoc
