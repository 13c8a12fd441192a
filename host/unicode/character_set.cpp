// SPDX-License-Identifier: Apache-2.0
#include "host/unicode/character_set.hpp"

#include <cstdint>

#include <unicode/localpointer.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "host/base/error.hpp"

namespace cancuoc {

std::optional<std::string> encodeInCharacterSet(std::string_view text, const char* characterSet) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUConverterPointer converter(ucnv_open(characterSet, &status));
    // A character that the set lacks ends the conversion; by default it would become a substitute.
    ucnv_setFromUCallBack(converter.getAlias(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                          &status);
    ucnv_setToUCallBack(converter.getAlias(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status)) {
        throw BadConfiguration("The Unicode library does not know the character set " +
                               std::string(characterSet) + "; install the whole of ICU's data.");
    }
    const auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const auto room =
        UCNV_GET_MAX_BYTES_FOR_STRING(source.length(), ucnv_getMaxCharSize(converter.getAlias()));
    std::string bytes(static_cast<std::size_t>(room), '\0');
    const auto length = ucnv_fromUChars(converter.getAlias(), bytes.data(), room, source.getBuffer(),
                                        source.length(), &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(length));
    const icu::UnicodeString readAgain(bytes.data(), length, converter.getAlias(), status);
    if (U_FAILURE(status) || readAgain != source) {
        return std::nullopt;
    }
    return bytes;
}

} // namespace cancuoc
