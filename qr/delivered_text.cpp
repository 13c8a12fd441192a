// SPDX-License-Identifier: Apache-2.0
#include "qr/delivered_text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "host/base/ascii.hpp"
#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"
#include "qr/mistaken_character_set.hpp"

namespace cancuoc::qr {

namespace {

constexpr char32_t zeroWidthNoBreakSpace = 0xFEFF;
constexpr char32_t ideographicSpace = 0x3000;
constexpr std::string_view byteOrderMarkInUtf8 = "\xEF\xBB\xBF";

bool isControl(char32_t codePoint) {
    return codePoint < 0x20 || codePoint == 0x7F;
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char character) { return static_cast<unsigned char>(character) < 0x80; });
}

// U+FF01 to U+FF5E are the printable characters of ASCII in East Asian width.
bool isFullWidth(char32_t codePoint) {
    return (codePoint >= 0xFF01 && codePoint <= 0xFF5E) || codePoint == ideographicSpace;
}

char inUsualWidth(char32_t codePoint) {
    return codePoint == ideographicSpace ? ' ' : static_cast<char>(codePoint - 0xFF01 + '!');
}

// A byte that is no UTF-8 counts as one replacement character.
char32_t takeAny(std::string_view& text) {
    if (const auto codePoint = takeCodePoint(text)) {
        return *codePoint;
    }
    text.remove_prefix(1);
    return replacement;
}

template <class Predicate>
std::size_t positionOf(std::string_view text, Predicate&& predicate) {
    auto rest = text;
    while (!rest.empty()) {
        const auto position = text.size() - rest.size();
        if (predicate(takeAny(rest))) {
            return position;
        }
    }
    return text.size();
}

bool isBlank(char32_t codePoint) {
    return codePoint == ' ' || codePoint == ideographicSpace;
}

// The letters of Vietnamese in form C, and what stands between them; decomposed text has marks besides. An
// apostrophe is looked at more closely: after an Ã it is what Windows-1252 makes of Ò.
bool isVietnamese(char32_t codePoint) {
    constexpr std::u32string_view letters = U"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u2013\u2014";
    return codePoint < 0x80 || (codePoint >= 0x1EA0 && codePoint <= 0x1EF9) ||
           (codePoint >= 0x300 && codePoint <= 0x36F) || letters.find(codePoint) != std::u32string_view::npos;
}

// Whole letters and no marks beside them are in form C already: so nearly every text comes.
bool isAsOnTheCard(std::string_view delivered) {
    if (delivered.starts_with(' ') || delivered.ends_with(' ')) {
        return false;
    }
    return positionOf(delivered, [](char32_t codePoint) {
               const bool isMark = codePoint >= 0x300 && codePoint <= 0x36F;
               return isControl(codePoint) || isMark || !isVietnamese(codePoint);
           }) == delivered.size();
}

/// One text on its way back to what the card says.
class Restoration {
public:
    explicit Restoration(std::string_view delivered) : delivered_(delivered), text_(delivered) {}

    DeliveredText finish() && {
        removeByteOrderMark();
        removeControlCharacters();
        if (!isAscii(text_)) {
            restoreLetters();
        }
        removeSurroundingSpaces();
        return {std::move(text_), std::move(oddities_)};
    }

private:
    void removeByteOrderMark() {
        if (text_.starts_with(byteOrderMarkInUtf8)) {
            text_.erase(0, byteOrderMarkInUtf8.size());
            note(OddityKind::ByteOrderMark, 0);
        }
    }

    void removeControlCharacters() {
        if (std::erase_if(text_, [](char character) {
                return isControl(static_cast<unsigned char>(character));
            }) != 0) {
            note(OddityKind::ControlCharacters, positionOf(delivered_, isControl));
        }
    }

    void restoreLetters() {
        if (!isUtf8(text_)) {
            note(OddityKind::NotUtf8,
                 positionOf(delivered_, [](char32_t codePoint) { return codePoint == replacement; }));
            makeUsualWidth();
        } else {
            // A mistake can hide behind full-width characters, and these can be part of a mistake.
            turnBack();
            makeUsualWidth();
            turnBack();
        }
        normalize();
        noteForeignCharacters();
    }

    // Bytes that are no UTF-8 have become replacement characters and are named already.
    void noteForeignCharacters() {
        const bool isNamed = isNoted(OddityKind::NotUtf8);
        const auto isForeign = [&](char32_t codePoint) {
            return !isOfLatinText(codePoint) && !(isNamed && codePoint == replacement);
        };
        if (positionOf(text_, isForeign) == text_.size()) {
            return;
        }
        const std::size_t begin =
            delivered_.starts_with(byteOrderMarkInUtf8) ? byteOrderMarkInUtf8.size() : 0;
        note(OddityKind::ForeignCharacters,
             begin + positionOf(delivered_.substr(begin), [&](char32_t codePoint) {
                 return isForeign(codePoint) && !isControl(codePoint) && !isFullWidth(codePoint);
             }));
    }

    // The mistake can have been made twice; each time back makes the text shorter.
    void turnBack() {
        const auto isStrange = [](char32_t codePoint) {
            return !isVietnamese(codePoint) && !isFullWidth(codePoint);
        };
        while (positionOf(text_, isStrange) != text_.size()) {
            // What was composed or taken apart after the mistake is composed again first: form C has one
            // character for each of the mistaken character set, but for a few of Big5 that only the text as
            // it came has.
            auto turned = turnBackMistakenCharacterSet(text_);
            if (!turned) {
                turned = turnBackMistakenCharacterSet(toNormalizationFormC(text_));
                if (!turned) {
                    return;
                }
                noteNotNormalized();
            }
            text_ = std::move(turned->text);
            note(OddityKind::MistakenCharacterSet, firstNonAscii());
            oddities_.back().sentence =
                "the text had been taken for " + std::string(turned->characterSet) + " and was turned back";
            removeByteOrderMark();
        }
    }

    void makeUsualWidth() {
        if (positionOf(text_, isFullWidth) == text_.size()) {
            return;
        }
        std::string usual;
        for (std::string_view rest = text_; !rest.empty();) {
            const auto before = rest;
            const auto codePoint = takeAny(rest);
            if (isFullWidth(codePoint)) {
                usual.push_back(inUsualWidth(codePoint));
            } else {
                usual.append(before.substr(0, before.size() - rest.size()));
            }
        }
        text_ = std::move(usual);
        note(OddityKind::FullWidthCharacters, positionOf(delivered_, isFullWidth));
    }

    void normalize() {
        text_ = withReplacements(text_);
        auto normalized = toNormalizationFormC(text_);
        if (normalized != text_) {
            noteNotNormalized();
        }
        text_ = std::move(normalized);
    }

    // Once, though it can have happened before a mistake and after it.
    void noteNotNormalized() {
        if (!isNoted(OddityKind::NotNormalizationFormC)) {
            note(OddityKind::NotNormalizationFormC, firstNotNormalized());
        }
    }

    void removeSurroundingSpaces() {
        const auto first = std::min(text_.find_first_not_of(' '), text_.size());
        const auto end = text_.find_last_not_of(' ') + 1; // 0 if there is none
        if (first == 0 && end == text_.size()) {
            return;
        }
        note(OddityKind::SurroundingSpaces,
             first > 0 ? positionOf(delivered_, isBlank) : beginOfTrailingBlanks());
        text_ = first < end ? text_.substr(first, end - first) : std::string();
    }

    [[nodiscard]] std::size_t firstNonAscii() const {
        return positionOf(delivered_, [](char32_t codePoint) { return codePoint > 0x7F; });
    }

    // Control characters among the blanks were removed before.
    [[nodiscard]] std::size_t beginOfTrailingBlanks() const {
        std::size_t begin = 0;
        for (auto rest = delivered_; !rest.empty();) {
            const auto codePoint = takeAny(rest);
            if (!isBlank(codePoint) && !isControl(codePoint)) {
                begin = delivered_.size() - rest.size();
            }
        }
        return begin + positionOf(delivered_.substr(begin), isBlank);
    }

    [[nodiscard]] std::size_t firstNotNormalized() const {
        const auto replaced = withReplacements(delivered_);
        const auto normalized = toNormalizationFormC(replaced);
        const auto difference =
            std::mismatch(replaced.begin(), replaced.end(), normalized.begin(), normalized.end()).first;
        if (difference == replaced.end()) {
            return firstNonAscii();
        }
        // Back to the text as it came, in which a replaced byte is shorter.
        std::string_view rest = delivered_;
        auto left = difference - replaced.begin();
        while (!rest.empty()) {
            auto next = rest;
            takeAny(next);
            left -= static_cast<std::ptrdiff_t>(
                withReplacements(rest.substr(0, rest.size() - next.size())).size());
            if (left < 0) {
                break;
            }
            rest = next;
        }
        return delivered_.size() - rest.size();
    }

    [[nodiscard]] bool isNoted(OddityKind kind) const {
        return std::any_of(oddities_.begin(), oddities_.end(),
                           [&](const Oddity& oddity) { return oddity.kind == kind; });
    }

    void note(OddityKind kind, std::size_t position) { oddities_.push_back(oddityAt(kind, position)); }

    std::string_view delivered_;
    std::string text_;
    std::vector<Oddity> oddities_;
};

} // namespace

std::string withReplacements(std::string_view text) {
    constexpr std::string_view replacementInUtf8 = "\xEF\xBF\xBD";
    std::string replaced;
    replaced.reserve(text.size());
    while (!text.empty()) {
        const auto before = text;
        if (takeCodePoint(text)) {
            replaced.append(before.substr(0, before.size() - text.size()));
        } else {
            text.remove_prefix(1);
            replaced.append(replacementInUtf8);
        }
    }
    return replaced;
}

DeliveredText readDelivered(std::string_view delivered) {
    if (isAsOnTheCard(delivered)) {
        return {std::string(delivered), {}};
    }
    return Restoration(delivered).finish();
}

std::vector<std::string> splitFields(std::string_view text) {
    std::vector<std::string> fields;
    while (true) {
        const auto end = text.find(fieldSeparator);
        fields.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return fields;
        }
        text.remove_prefix(end + 1);
    }
}

std::size_t positionOfSeparator(std::string_view delivered) {
    constexpr char32_t fullWidthSeparator = 0xFF5C;
    return positionOf(delivered, [](char32_t codePoint) {
        return codePoint == static_cast<unsigned char>(fieldSeparator) || codePoint == fullWidthSeparator;
    });
}

LeadingDigits leadingDigits(std::string_view delivered) {
    LeadingDigits digits;
    digits.end = positionOf(delivered, [&](char32_t codePoint) {
        const bool isNumber = (codePoint <= '9' && isDigit(static_cast<char>(codePoint))) ||
                              (isFullWidth(codePoint) && isDigit(inUsualWidth(codePoint)));
        digits.count += isNumber ? 1U : 0U;
        const bool isBefore = digits.count == 0 && (isBlank(codePoint) || codePoint == zeroWidthNoBreakSpace);
        return !isNumber && !isBefore && !isControl(codePoint);
    });
    return digits;
}

} // namespace cancuoc::qr
