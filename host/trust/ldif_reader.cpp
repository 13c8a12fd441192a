// SPDX-License-Identifier: Apache-2.0
#include "host/trust/ldif_reader.hpp"

#include "host/base/base64.hpp"
#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::trust {

namespace {

std::string toLower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

std::string_view withoutLeadingSpaces(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
}

// RFC 2849: attrval-spec = AttributeDescription value-spec
LdifAttribute readAttribute(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        throw MalformedData("a line has no attribute in front of a colon");
    }
    LdifAttribute attribute{std::string(line.substr(0, colon)), {}};
    const auto value = line.substr(colon + 1);
    if (value.starts_with('<')) {
        throw MalformedData("a value is only referred to, and not here");
    }
    if (value.starts_with(':')) {
        try {
            attribute.value = fromBase64(withoutLeadingSpaces(value.substr(1)));
        } catch (const MalformedData&) {
            throw MalformedData("the value of " + attribute.type() + " is no base64");
        }
    } else {
        attribute.value = toBytes(viewOf(withoutLeadingSpaces(value)));
    }
    return attribute;
}

} // namespace

std::string LdifAttribute::type() const {
    return toLower(std::string_view(name).substr(0, name.find(';')));
}

std::optional<std::string> LdifEntry::text(std::string_view type) const {
    const auto found =
        std::find_if(attributes.begin(), attributes.end(),
                     [type](const LdifAttribute& attribute) { return attribute.type() == type; });
    return found != attributes.end() ? std::optional(toText(found->value)) : std::nullopt;
}

LdifReader::LdifReader(std::string_view file) : remaining_(file) {}

bool LdifReader::isLdif(BytesView file) {
    constexpr std::size_t beginning = 65536;
    LdifReader reader(
        std::string_view(reinterpret_cast<const char*>(file.data()), std::min(file.size(), beginning)));
    while (!reader.remaining_.empty()) {
        const auto line = toLower(reader.takeLine());
        if (!line.empty()) {
            return line.starts_with("version:") || line.starts_with("dn:");
        }
    }
    return false;
}

std::string_view LdifReader::takePhysicalLine() {
    const auto end = std::min(remaining_.find('\n'), remaining_.size());
    auto line = remaining_.substr(0, end);
    remaining_.remove_prefix(std::min(end + 1, remaining_.size()));
    ++line_;
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

// A line that begins with a space goes on where the line before it stopped; a comment may do so too.
std::string LdifReader::takeLine() {
    std::string line;
    do {
        lineBegin_ = line_;
        line = takePhysicalLine();
        while (remaining_.starts_with(' ')) {
            const auto more = takePhysicalLine().substr(1);
            if (line.size() <= maximumLineLength) {
                line.append(more);
            }
        }
    } while (line.starts_with('#') && !remaining_.empty());
    return line.starts_with('#') ? std::string() : line;
}

std::optional<LdifEntry> LdifReader::next() {
    LdifEntry entry;
    while (!remaining_.empty()) {
        const auto line = takeLine();
        if (line.empty()) {
            if (entry.line != 0) {
                break;
            }
            continue;
        }
        entry.line = entry.line == 0 ? lineBegin_ : entry.line;
        try {
            if (line.size() > maximumLineLength || entry.attributes.size() == maximumAttributes) {
                throw MalformedData("it is larger than any of a PKD");
            }
            entry.attributes.push_back(readAttribute(line));
        } catch (const MalformedData& error) {
            entry.defect = error.what();
        }
    }
    return entry.line != 0 ? std::optional(std::move(entry)) : std::nullopt;
}

} // namespace cancuoc::trust
