// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// A span of calendar time, in its order of addition: months, then days.
struct Span {
    std::chrono::months months{0};
    std::chrono::days days{0};

    /// Reads ISO 8601's form: "P5Y", "P3M", "P14D", "P1Y2M". Throws MalformedData.
    [[nodiscard]] static Span decode(std::string_view text);

    /// In the same form.
    [[nodiscard]] std::string encode() const;

    friend Span operator+(const Span& first, const Span& second) {
        return {first.months + second.months, first.days + second.days};
    }
    friend bool operator==(const Span&, const Span&) = default;
};

/// The same time of day `span` after `moment`, on the last day of the month where that lacks the day.
[[nodiscard]] std::chrono::sys_seconds after(std::chrono::sys_seconds moment, const Span& span);

/// How long keys and certificates of an authority are used, and how often. The defaults are within the bounds
/// of Doc 9303-12, 4.1.
struct PkiPolicy {
    Span cscaKeyUsage{std::chrono::years(5)};            ///< 3 to 5 years (4.1.4.2)
    Span documentSignerKeyUsage{std::chrono::months(3)}; ///< up to 3 months (4.1.1.2)

    /// The longest validity of a card, 1 to 100 years. The document signer's certificate lives this long
    /// after the last day of its private key (4.1.1.1). A card without an expiry date outlives every
    /// certificate, so a programme that issues such cards has to decide how long their signatures are to
    /// verify.
    Span documentValidity{std::chrono::years(10)};

    /// Signatures of one document signer: what a key that was lost would spoil (4.1.1.2 leaves the number to
    /// the State).
    std::uint64_t documentSignerSignatures = 100'000;
    /// So long before the end of its key's usage period a document signer signs no more.
    Span documentSignerEndsBefore{{}, std::chrono::days(1)};

    Span sealSignerKeyUsage{std::chrono::years(1)}; ///< 1 to 2 years (Table 1)
    Span sealValidity{std::chrono::years(5)};       ///< of what carries the seal, up to 100 years (4.1.3.1)

    Span crlPeriod{{}, std::chrono::days(90)}; ///< 2 to 90 days (4.1.5)

    /// Reads a policy: a JSON object whose members, all optional, are those that encode() writes. Throws
    /// BadConfiguration naming the member that is unknown, malformed or outside its bounds, with the clause.
    /// @param name of the file, for messages
    [[nodiscard]] static PkiPolicy decode(std::string_view json, const std::string& name);

    /// As a JSON object with all members, for people too.
    [[nodiscard]] std::string encode() const;

    /// The policy in `file`; the defaults where there is no such file. Throws as decode().
    [[nodiscard]] static PkiPolicy read(const std::filesystem::path& file);

    friend bool operator==(const PkiPolicy&, const PkiPolicy&) = default;
};

} // namespace cancuoc::personalization
