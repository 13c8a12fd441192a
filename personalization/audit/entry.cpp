// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/entry.hpp"

#include "host/base/ascii.hpp"
#include "host/base/moment.hpp"

#include <algorithm>

namespace cancuoc::personalization::audit {

namespace {

using Json = nlohmann::json;

constexpr std::size_t hashDigits = 64;
constexpr std::size_t mostCountDigits = 18;
constexpr std::int64_t largestExactInteger = (std::int64_t{1} << 53) - 1; // RFC 8785, 3.2.2.3; RFC 7493, 2.2
constexpr int deepestMembers = 32;

bool isPlainName(const std::string& name) {
    return std::all_of(name.begin(), name.end(),
                       [](char character) { return character >= ' ' && character <= '~'; });
}

// nlohmann-json writes as RFC 8785 wants it but for numbers with fractions, integers that a double cannot
// hold, and the order of names outside ASCII. Those have no place in an event.
bool isCanonical(const Json& value, int depth) {
    if (value.is_number_unsigned()) {
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(largestExactInteger);
    }
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        return number >= -largestExactInteger && number <= largestExactInteger;
    }
    if (value.is_object() || value.is_array()) {
        return depth > 0 && std::all_of(value.items().begin(), value.items().end(), [&](const auto& item) {
                   return (value.is_array() || isPlainName(item.key())) &&
                          isCanonical(item.value(), depth - 1);
               });
    }
    return value.is_string() || value.is_boolean() || value.is_null();
}

std::string text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::uint8_t> digitOf(char character) {
    if (isDigit(character)) {
        return static_cast<std::uint8_t>(character - '0');
    }
    if (character >= 'a' && character <= 'f') {
        return static_cast<std::uint8_t>(character - 'a' + 10);
    }
    return std::nullopt;
}

} // namespace

std::string encode(const Event& event) {
    if (!event.members.is_object() || !isCanonical(event.members, deepestMembers)) {
        throw BadConfiguration(
            "The members of an audit event must be one JSON object with names in ASCII, without fractions.");
    }
    return text({{"at", toIso(event.at)},
                 {"card", event.card},
                 {"members", event.members},
                 {"request", event.request},
                 {"station", event.station},
                 {"what", event.what},
                 {"who", event.who}});
}

Event decodeEvent(std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    Event event;
    try {
        event = {momentFromIso(parsed.at("at").get<std::string>()),
                 parsed.at("who"),
                 parsed.at("station"),
                 parsed.at("what"),
                 parsed.at("card"),
                 parsed.at("request"),
                 parsed.at("members")};
        if (encode(event) == json) {
            return event;
        }
    } catch (const Json::exception&) {
    } catch (const Error&) {
    }
    throw MalformedData("This is no event of an audit log.");
}

std::optional<Hash> hashFromHex(std::string_view text) {
    if (text.size() != hashDigits) {
        return std::nullopt;
    }
    Hash hash{};
    for (std::size_t index = 0; index < hash.size(); ++index) {
        const auto high = digitOf(text[2 * index]);
        const auto low = digitOf(text[2 * index + 1]);
        if (!high || !low) {
            return std::nullopt;
        }
        hash[index] = static_cast<std::uint8_t>(*high << 4 | *low);
    }
    return hash;
}

std::optional<std::uint64_t> countFrom(std::string_view digits) {
    if (digits.empty() || digits.size() > mostCountDigits || !isDigits(digits) ||
        (digits.size() > 1 && digits.front() == '0')) {
        return std::nullopt;
    }
    std::uint64_t count = 0;
    for (const char digit : digits) {
        count = count * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return count;
}

std::optional<EntryLine> EntryLine::parse(std::string_view line) {
    constexpr std::size_t contentStart = hashDigits + 1;
    if (line.size() <= contentStart || line.size() > maximumLength || line[hashDigits] != ' ') {
        return std::nullopt;
    }
    const std::string_view content = line.substr(contentStart);
    const std::size_t indexEnd = content.find(' ');
    if (indexEnd == std::string_view::npos || content.size() <= indexEnd + 1 + hashDigits ||
        content[indexEnd + 1 + hashDigits] != ' ') {
        return std::nullopt;
    }
    const auto hash = hashFromHex(line.substr(0, hashDigits));
    const auto index = countFrom(content.substr(0, indexEnd));
    const auto previous = hashFromHex(content.substr(indexEnd + 1, hashDigits));
    if (!hash || !index || !previous) {
        return std::nullopt;
    }
    return EntryLine{*hash, *index, *previous, content.substr(indexEnd + 2 + hashDigits), content};
}

std::string encodeLine(std::uint64_t index, const Hash& previous, std::string_view event, TreeHasher& hasher,
                       Hash& hash) {
    const std::string content =
        std::to_string(index) + " " + toLowerCaseHex(previous) + " " + std::string(event);
    hash = hasher.leaf(viewOf(content));
    std::string line = toLowerCaseHex(hash) + " " + content;
    if (line.size() > EntryLine::maximumLength) {
        throw BadConfiguration("An audit event has more than " + std::to_string(EntryLine::maximumLength) +
                               " bytes. Give it fewer or shorter members.");
    }
    return line + "\n";
}

} // namespace cancuoc::personalization::audit
