// SPDX-License-Identifier: Apache-2.0
#include "qr/oddity.hpp"

#include <algorithm>
#include <iterator>

namespace cancuoc::qr {

namespace {

struct Description {
    OddityKind kind;
    std::string_view name;
    std::string_view sentence;
};

constexpr Description descriptions[] = {
    {OddityKind::ByteOrderMark, "byte-order-mark", "a byte-order mark was removed"},
    {OddityKind::SurroundingSpaces, "surrounding-spaces", "spaces around the text were removed"},
    {OddityKind::ControlCharacters, "control-characters", "control characters were removed"},
    {OddityKind::FullWidthCharacters, "full-width-characters",
     "full-width characters were replaced by the usual ones"},
    {OddityKind::NotNormalizationFormC, "not-normalization-form-c",
     "letters were not in normalization form C"},
    {OddityKind::DoubledSeparators, "doubled-separators", "field separators were doubled"},
    {OddityKind::MistakenCharacterSet, "mistaken-character-set",
     "the text had been read in a wrong character set and was turned back"},
    {OddityKind::NotUtf8, "not-utf-8", "the text is not UTF-8; unreadable letters are shown as U+FFFD"},
    {OddityKind::ForeignCharacters, "foreign-characters",
     "the text holds characters that are not Vietnamese; the scanner may have spoilt it"},
    {OddityKind::FieldCount, "field-count", "the text has neither 7 nor 11 fields"},
    {OddityKind::FieldsLeftOut, "fields-left-out", "fields after the eleventh were left out"},
    {OddityKind::OldNumberForm, "old-number-form", "the old number is not 9 digits"},
    {OddityKind::NameEmpty, "name-empty", "the name is empty"},
    {OddityKind::BirthDateForm, "birth-date-form", "the birth date is not ddmmyyyy"},
    {OddityKind::SexForm, "sex-form", "the sex is neither Nam nor Nữ"},
    {OddityKind::IssueDateForm, "issue-date-form", "the issue date is not ddmmyyyy"},
    {OddityKind::BirthDateDay, "birth-date-day", "the birth date is a day that no calendar has"},
    {OddityKind::IssueDateDay, "issue-date-day", "the issue date is a day that no calendar has"},
    {OddityKind::ResidenceEmpty, "residence-empty", "the residence is empty"},
    {OddityKind::FieldSpaces, "field-spaces", "a field has spaces at its ends, or several side by side"},
};

const Description& describe(OddityKind kind) {
    return *std::find_if(std::begin(descriptions), std::end(descriptions),
                         [&](const Description& description) { return description.kind == kind; });
}

} // namespace

std::string_view oddityName(OddityKind kind) {
    return describe(kind).name;
}

bool isUndone(OddityKind kind) {
    return kind <= OddityKind::MistakenCharacterSet;
}

Oddity oddityAt(OddityKind kind, std::size_t position) {
    return {kind, std::string(describe(kind).sentence), position, std::nullopt};
}

Oddity oddityOfField(OddityKind kind, std::size_t field) {
    return {kind, std::string(describe(kind).sentence), std::nullopt, field};
}

std::vector<std::string> remarksOn(const std::vector<Oddity>& oddities) {
    std::vector<std::string> remarks;
    std::transform(oddities.begin(), oddities.end(), std::back_inserter(remarks),
                   [](const Oddity& oddity) { return oddity.sentence; });
    return remarks;
}

} // namespace cancuoc::qr
