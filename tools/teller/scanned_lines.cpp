// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/scanned_lines.hpp"

#include <algorithm>

#include "host/base/ascii.hpp"
#include "host/lds/machine_readable_zone.hpp"

namespace cancuoc::teller {

namespace {

bool isLetter(char character) {
    return character >= 'A' && character <= 'Z';
}

bool isZoneCharacter(char character) {
    return isLetter(character) || isDigit(character) || character == '<';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

// Lines of a zone whose lines are so long (Doc 9303-5, 4.2; 9303-6, 4.2; 9303-4, 4.2); 0 for no zone's
// length.
std::size_t linesOfLength(std::size_t length) {
    if (length == lineLength(lds::MrzFormat::Td1)) {
        return 3;
    }
    return length == lineLength(lds::MrzFormat::Td2) || length == lineLength(lds::MrzFormat::Td3) ? 2 : 0;
}

bool isZoneLine(std::string_view line) {
    return linesOfLength(line.size()) != 0 && std::all_of(line.begin(), line.end(), isZoneCharacter);
}

} // namespace

std::string inZoneCharacters(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char character) {
        return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A') : character;
    });
    return result;
}

std::optional<std::string> ScannedLines::add(std::string_view line) {
    const auto text = trimmed(line);
    if (text.empty()) {
        return std::nullopt;
    }
    const auto zoneLine = inZoneCharacters(text);
    if (!isZoneLine(zoneLine)) {
        clear();
        return std::string(text);
    }
    // The first line begins with the document code, a letter; a line of another length begins anew.
    if (count_ == 0 || zoneLine.size() != lineLength_) {
        clear();
        if (!isLetter(zoneLine.front())) {
            return std::string(text);
        }
        lineLength_ = zoneLine.size();
    }
    lines_ += zoneLine + ' ';
    if (++count_ < expected()) {
        return std::nullopt;
    }
    std::string whole(trimmed(lines_));
    clear();
    return whole;
}

std::size_t ScannedLines::expected() const {
    return linesOfLength(lineLength_);
}

void ScannedLines::clear() {
    lines_.clear();
    lineLength_ = 0;
    count_ = 0;
}

} // namespace cancuoc::teller
