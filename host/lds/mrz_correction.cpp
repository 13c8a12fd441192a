// SPDX-License-Identifier: Apache-2.0
#include "host/lds/mrz_correction.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/lds/machine_readable_zone.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::string_view letters = "OIZSGB";
constexpr std::string_view digits = "012568";

// What stands at each place of a zone: A letters, 9 digits, x either; o is optional data, which no check
// digit covers alone.
constexpr std::string_view td1 = "AAAAAxxxxxxxxx9ooooooooooooooo"
                                 "9999999A9999999AAAooooooooooo9"
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
// Its document number is the end of the personal number behind it.
constexpr std::string_view vietnameseTd1 = "AAAAA9999999999999999999999oo9"
                                           "9999999A9999999AAAooooooooooo9"
                                           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
constexpr std::string_view td2 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                 "xxxxxxxxx9AAA9999999A9999999ooooooo9";
constexpr std::string_view td3 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                 "xxxxxxxxx9AAA9999999A9999999oooooooooooooo99";

std::string_view kindsFor(std::string_view zone) {
    if (zone.size() == td1.size() && zone.starts_with("IDVNM")) {
        return vietnameseTd1;
    }
    for (const auto kinds : {td1, td2, td3}) {
        if (kinds.size() == zone.size()) {
            return kinds;
        }
    }
    return {};
}

// The character that is taken for this one; nothing if none is.
std::optional<char> twinOf(char character) {
    for (const auto& [from, to] : {std::pair(letters, digits), std::pair(digits, letters)}) {
        const auto position = from.find(character);
        if (position != std::string_view::npos) {
            return to[position];
        }
    }
    return std::nullopt;
}

bool hasRightCheckDigits(const std::string& text) {
    try {
        return MachineReadableZone::parse(text).wrongCheckDigits.empty();
    } catch (const MalformedData&) {
        return false;
    }
}

void putRightByPlace(std::string& text, std::string_view kinds) {
    for (std::size_t place = 0; place < text.size(); ++place) {
        const bool isMistaken =
            (kinds[place] == '9' && !isDigit(text[place])) || (kinds[place] == 'A' && isDigit(text[place]));
        if (isMistaken) {
            text[place] = twinOf(text[place]).value_or(text[place]);
        }
    }
}

// The places of the document number where the twin of the character makes all check digits right.
std::vector<std::size_t> placesToPutRight(std::string& text, std::string_view kinds, bool digitsForLetters) {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < text.size(); ++place) {
        const auto twin = twinOf(text[place]);
        if (kinds[place] != 'x' || !twin || isDigit(*twin) != digitsForLetters) {
            continue;
        }
        const char given = std::exchange(text[place], *twin);
        if (hasRightCheckDigits(text)) {
            places.push_back(place);
        }
        text[place] = given;
    }
    return places;
}

// Makes the text the only reading with right check digits; false where there is none or more than one. A
// letter among digits is more often the mistake than the other way round.
bool takeOnlyRightReading(std::string& text, std::string_view kinds) {
    for (const bool digitsForLetters : {true, false}) {
        const auto places = placesToPutRight(text, kinds, digitsForLetters);
        if (places.size() == 1) {
            text[places.front()] = twinOf(text[places.front()]).value();
        }
        if (!places.empty()) {
            return places.size() == 1;
        }
    }
    return false;
}

std::size_t countDifferences(std::string_view one, std::string_view other) {
    return static_cast<std::size_t>(
        std::inner_product(one.begin(), one.end(), other.begin(), 0, std::plus<>(), std::not_equal_to<>()));
}

} // namespace

std::optional<CorrectedZone> correctZone(std::string_view text) {
    WipedText given(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(given.text),
                 [](char character) { return !isBlank(character); });
    const auto kinds = kindsFor(given.text);
    if (kinds.empty()) {
        return std::nullopt;
    }
    WipedText reading{std::string_view(given.text)};
    putRightByPlace(reading.text, kinds);
    if (!hasRightCheckDigits(reading.text) && !takeOnlyRightReading(reading.text, kinds)) {
        return std::nullopt;
    }
    return CorrectedZone{reading.text, countDifferences(given.text, reading.text)};
}

} // namespace cancuoc::lds
