// SPDX-License-Identifier: Apache-2.0
#include "qr/unicode.hpp"

#include <cstdint>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "host/base/error.hpp"

namespace cancuoc::qr {

bool isUtf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    std::int32_t position = 0;
    while (position < length) {
        UChar32 codePoint = 0;
        U8_NEXT(bytes, position, length, codePoint);
        if (codePoint < 0) {
            return false;
        }
    }
    return true;
}

std::string toNormalizationFormC(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    const auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    icu::UnicodeString normalized;
    if (U_SUCCESS(status)) {
        normalized = normalizer->normalize(source, status);
    }
    if (U_FAILURE(status)) {
        throw Error(std::string("The Unicode library cannot normalize text: ") + u_errorName(status) +
                    "; reinstall libicu.");
    }
    std::string result;
    return normalized.toUTF8String(result);
}

} // namespace cancuoc::qr
