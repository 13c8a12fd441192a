// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::qr {

/// What can be unusual about the text of a QR, without being a reason to refuse it.
enum class OddityKind {
    // What happened on the way from the symbol; it was undone.
    ByteOrderMark,         ///< the text began with U+FEFF
    SurroundingSpaces,     ///< spaces before or after the text
    ControlCharacters,     ///< carriage return, line feed, NUL and the like
    FullWidthCharacters,   ///< digits, separators or letters in the width of East Asian ones
    NotNormalizationFormC, ///< letters and their marks apart, or in another order
    DoubledSeparators,     ///< every '|' came twice
    MistakenCharacterSet,  ///< the UTF-8 of the card was read in another character set
    // What could not be undone with certainty; the text is as it was delivered.
    NotUtf8,           ///< bytes that are no UTF-8; each is shown as U+FFFD
    ForeignCharacters, ///< characters that no Vietnamese name or address has
    // What the card itself says in another form than cards do.
    FieldCount,    ///< neither 7 nor 11 fields
    FieldsLeftOut, ///< fields after the eleventh
    OldNumberForm, ///< the old number is not 9 digits
    NameEmpty,
    BirthDateForm, ///< not ddmmyyyy
    SexForm,       ///< neither `Nam` nor `Nữ`
    IssueDateForm, ///< not ddmmyyyy
    BirthDateDay,  ///< ddmmyyyy of a day that no calendar has
    IssueDateDay,  ///< ddmmyyyy of a day that no calendar has
    ResidenceEmpty,
    FieldSpaces ///< a field begins or ends with a space, or has two of them side by side
};

/// One thing that is unusual about a text.
struct Oddity {
    OddityKind kind{};
    std::string sentence; ///< for people; holds nothing of the text
    /// Where it begins in the text as it was delivered, in bytes from 0.
    std::optional<std::size_t> position;
    /// The field that it is about, counted from 1.
    std::optional<std::size_t> field;

    bool operator==(const Oddity&) const = default;
};

/// The kind's name in JSON, such as `doubled-separators`.
[[nodiscard]] std::string_view oddityName(OddityKind kind);

/// Whether the text was brought back to what the card says: then the fields read are the card's own.
[[nodiscard]] bool isUndone(OddityKind kind);

/// An oddity of the delivered text, with the kind's own sentence.
[[nodiscard]] Oddity oddityAt(OddityKind kind, std::size_t position);

/// An oddity of one field, with the kind's own sentence.
[[nodiscard]] Oddity oddityOfField(OddityKind kind, std::size_t field);

/// The sentences alone.
[[nodiscard]] std::vector<std::string> remarksOn(const std::vector<Oddity>& oddities);

} // namespace cancuoc::qr
