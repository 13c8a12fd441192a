// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::trust {

/// An attribute of an LDIF entry with one value of it.
struct LdifAttribute {
    std::string name; ///< as written, with its options: "userCertificate;binary"
    Bytes value;      ///< decoded

    /// The name without its options, in lower case.
    [[nodiscard]] std::string type() const;

    friend bool operator==(const LdifAttribute&, const LdifAttribute&) = default;
};

/// What one entry of a directory holds, or is to hold.
struct LdifEntry {
    std::size_t line = 0; ///< where it begins in the file, the first line being 1
    std::vector<LdifAttribute> attributes;
    std::string defect; ///< why the entry cannot be read; empty when it can

    /// The value of the first attribute of `type` (lower case); nothing when there is none.
    [[nodiscard]] std::optional<std::string> text(std::string_view type) const;
};

/// Reads the entries of an LDIF file (RFC 2849), the form in which the ICAO PKD gives out its directory. An
/// entry that cannot be read does not stop the reading of those behind it.
class LdifReader {
public:
    /// A line, folded lines put together, and an entry have at most so many bytes and attributes.
    static constexpr std::size_t maximumLineLength = std::size_t{32} << 20;
    static constexpr std::size_t maximumAttributes = 1000;

    /// `file` must outlive the reader.
    explicit LdifReader(std::string_view file);

    /// Whether a file looks like LDIF: it begins, behind comments, with a version or an entry.
    [[nodiscard]] static bool isLdif(BytesView file);

    /// The next entry; nothing at the end of the file.
    [[nodiscard]] std::optional<LdifEntry> next();

private:
    [[nodiscard]] std::string_view takePhysicalLine();
    /// The next line that is no comment, folded lines put together; empty at the end.
    [[nodiscard]] std::string takeLine();

    std::string_view remaining_;
    std::size_t line_ = 1; ///< of `remaining_`
    std::size_t lineBegin_ = 1;
};

} // namespace cancuoc::trust
