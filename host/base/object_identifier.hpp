// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <compare>

namespace cancuoc {

/// An ASN.1 OBJECT IDENTIFIER, kept as the content bytes of its DER encoding (ITU-T X.690, 8.19).
class ObjectIdentifier {
public:
    /// From dotted decimal text, "0.4.0.127.0.7.2.2.4.2.2". Throws MalformedData.
    [[nodiscard]] static ObjectIdentifier fromText(std::string_view text);
    /// From the content bytes (without tag and length), at most 64. Throws MalformedData unless they end with
    /// a whole component that starts without padding.
    [[nodiscard]] static ObjectIdentifier fromContent(BytesView content);

    [[nodiscard]] std::string toText() const;
    /// The content bytes, as MSE:Set AT carries them in data object 80.
    [[nodiscard]] BytesView content() const { return content_; }
    /// With tag 06 and length.
    [[nodiscard]] Bytes encode() const;

    friend auto operator<=>(const ObjectIdentifier&, const ObjectIdentifier&) = default;

private:
    explicit ObjectIdentifier(Bytes content);

    Bytes content_;
};

} // namespace cancuoc
