// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/audit/merkle_tree.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace cancuoc::personalization::audit {

/// What an audit log says about one moment. It holds no personal data: cards and requests stand in it by
/// pseudonyms (see Pseudonyms).
struct Event {
    std::chrono::sys_seconds at;
    std::string who;                                   ///< the person or program that is answerable
    std::string station;                               ///< empty: none
    std::string what;                                  ///< in words with hyphens: "loading-begun"
    std::string card;                                  ///< pseudonym of a chip's serial; empty: none
    std::string request;                               ///< pseudonym of a request's id; empty: none
    nlohmann::json members = nlohmann::json::object(); ///< anything else; no fractions, names in ASCII

    friend bool operator==(const Event&, const Event&) = default;
};

/// The event as canonical JSON (RFC 8785): one object with the members at, card, members, request, station,
/// what and who in this order, without white space. Text that is not UTF-8 gets U+FFFD.
/// Throws BadConfiguration for members that are no object or hold what has no canonical form here.
[[nodiscard]] std::string encode(const Event& event);

/// Reads what encode() writes, to the byte. Throws MalformedData.
[[nodiscard]] Event decodeEvent(std::string_view json);

/// One line of an audit log, without its line feed:
///
///     HASH SP INDEX SP PREVIOUS SP EVENT
///
/// INDEX counts from 0, in decimal digits without leading zeros. PREVIOUS is the HASH of the line before, 64
/// zeros in the first. HASH is RFC 6962's hash of a leaf, SHA-256 over the byte 00 and everything behind
/// "HASH SP", in 64 lower-case hexadecimal digits: it chains the entries, and is the leaf of the Merkle tree.
/// The views are into the line.
struct EntryLine {
    static constexpr std::size_t maximumLength = 65536;

    Hash hash{};
    std::uint64_t index = 0;
    Hash previous{};
    std::string_view event;   ///< as written
    std::string_view content; ///< what HASH is over

    /// Nothing unless `line` has this form. Says nothing about the hash being right, nor about the event.
    [[nodiscard]] static std::optional<EntryLine> parse(std::string_view line);
};

/// The line of an entry, with its line feed, and its hash. Throws BadConfiguration when it is longer than
/// EntryLine::maximumLength.
[[nodiscard]] std::string encodeLine(std::uint64_t index, const Hash& previous, std::string_view event,
                                     TreeHasher& hasher, Hash& hash);

/// 64 lower-case hexadecimal digits; nothing for any other text.
[[nodiscard]] std::optional<Hash> hashFromHex(std::string_view text);

/// Decimal digits without leading zeros, below 10^18; nothing for any other text.
[[nodiscard]] std::optional<std::uint64_t> countFrom(std::string_view digits);

} // namespace cancuoc::personalization::audit
