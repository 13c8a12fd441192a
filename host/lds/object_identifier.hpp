// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>
#include <string_view>

namespace cancuoc::lds {

/// An ASN.1 OBJECT IDENTIFIER, kept as the content bytes of its DER encoding (X.690, 8.19).
class ObjectIdentifier {
public:
    static constexpr std::size_t maximumLength = 64;

    ObjectIdentifier() = default;

    /// From dotted decimal text, "2.23.136.1.1.1". Throws MalformedData.
    explicit ObjectIdentifier(std::string_view dotted);

    /// From the content bytes of a DER encoding, without tag and length. Throws MalformedData.
    [[nodiscard]] static ObjectIdentifier fromContent(BytesView content);

    /// The content bytes, without tag and length.
    [[nodiscard]] BytesView content() const { return content_; }

    /// Tag 06, length and content.
    [[nodiscard]] Bytes encode() const;

    [[nodiscard]] std::string dotted() const;

    /// Whether `parent` is a prefix of this identifier's arcs, or equal to it.
    [[nodiscard]] bool startsWith(const ObjectIdentifier& parent) const;

    friend bool operator==(const ObjectIdentifier&, const ObjectIdentifier&) = default;

private:
    Bytes content_;
};

} // namespace cancuoc::lds
