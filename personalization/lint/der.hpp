// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "host/apdu/tlv.hpp"

namespace cancuoc::personalization::lint {

/// Tags that the tables of Doc 9303-12 tell apart, besides those of lds::asn1.
namespace der {
inline constexpr std::uint32_t boolean = 0x01;
inline constexpr std::uint32_t utcTime = 0x17;
inline constexpr std::uint32_t generalizedTime = 0x18;
} // namespace der

/// Whether `bytes` are data objects in DER (ITU-T X.690, 10 and 11) as far as tags tell their types: shortest
/// tags and lengths, shortest integers, TRUE as FF, unused bits zero, no string in pieces, sets in order.
[[nodiscard]] bool isDer(BytesView bytes);

/// Whether an INTEGER is written in the fewest octets (X.690, 8.3.2).
[[nodiscard]] bool hasFewestOctets(BytesView integer);

/// Whether a Time is `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`, as its tag asks (RFC 5280, 4.1.2.5).
[[nodiscard]] bool isToTheSecondInUtc(const Tlv& time);

/// Whether a Time up to 2049 is a UTCTime and any later one a GeneralizedTime.
[[nodiscard]] bool hasFormOfItsYear(const Tlv& time);

/// One attribute of a Name (RFC 5280, 4.1.2.4).
struct NameAttribute {
    BytesView type; ///< OBJECT IDENTIFIER, content
    std::uint32_t stringTag = 0;
    std::string_view text; ///< as written
};

/// Attribute types, OBJECT IDENTIFIER content.
namespace attribute {
inline constexpr std::string_view commonName = "\x55\x04\x03";
inline constexpr std::string_view serialNumber = "\x55\x04\x05";
inline constexpr std::string_view countryName = "\x55\x04\x06";
inline constexpr std::string_view localityName = "\x55\x04\x07";
inline constexpr std::string_view stateOrProvinceName = "\x55\x04\x08";
} // namespace attribute

/// The attributes of a Name, the SEQUENCE of its relative names; they view into it. Throws MalformedData.
[[nodiscard]] std::vector<NameAttribute> attributesOf(BytesView name);

/// The attribute of that type, one of those above; nothing when the name has none.
[[nodiscard]] std::optional<NameAttribute> find(const std::vector<NameAttribute>& attributes,
                                                std::string_view type);

/// Whether the attribute's type is that one.
[[nodiscard]] bool isOfType(const NameAttribute& attribute, std::string_view type);

/// Whether an attribute other than countryName and serialNumber has the syntax DirectoryString and is neither
/// PrintableString nor UTF8String.
[[nodiscard]] bool isInForbiddenStringType(const NameAttribute& attribute);

/// An AlgorithmIdentifier (RFC 5280, 4.1.1.2).
struct AlgorithmIdentifier {
    std::string identifier;        ///< dotted
    std::optional<Tlv> parameters; ///< nothing: absent

    [[nodiscard]] bool hasNullParameters() const;
};

/// Reads the SEQUENCE. Throws MalformedData.
[[nodiscard]] AlgorithmIdentifier readAlgorithm(BytesView algorithmIdentifier);

namespace algorithm {
inline constexpr std::string_view rsaEncryption = "1.2.840.113549.1.1.1";
inline constexpr std::string_view rsassaPss = "1.2.840.113549.1.1.10";
inline constexpr std::string_view ecPublicKey = "1.2.840.10045.2.1";
inline constexpr std::string_view dsa = "1.2.840.10040.4.1";
} // namespace algorithm

/// sha256WithRSAEncryption and its like, and rsaEncryption itself, as CMS names it (RFC 8017, A.2.4).
[[nodiscard]] bool isRsaWithPkcs1Padding(const AlgorithmIdentifier& algorithm);

/// ecdsa-with-SHA256 and its like (RFC 5758, 3.2).
[[nodiscard]] bool isEcdsa(const AlgorithmIdentifier& algorithm);

/// Whether a signature algorithm has the parameters that its standard gives it: NULL (RFC 4055, 5), those of
/// RSASSA-PSS (RFC 4055, 3.1), none (RFC 5758, 3.2). True of algorithms that are not known here.
[[nodiscard]] bool hasItsParameters(const AlgorithmIdentifier& algorithm);

/// Whether a digest algorithm is SHA-224, SHA-256, SHA-384 or SHA-512 (Doc 9303-12, 4.1.6.4).
[[nodiscard]] bool isAllowedDigest(const AlgorithmIdentifier& algorithm);

/// The same of the hash algorithm inside of a signature algorithm; true where it names none.
[[nodiscard]] bool usesAllowedHash(const AlgorithmIdentifier& algorithm);

} // namespace cancuoc::personalization::lint
