// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/digest.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

/// The eMRTD application's objects in the store that are no files; ElementaryFile tells those of files.
/// Identifiers of passwords and keys are those of the data groupings that bring them.
namespace cancuoc::card::emrtd {

/// Present, and empty, once the application is personalized.
inline constexpr ObjectIdentifier personalizedObject = 0x8000;
/// The Card Access Number: 6 digits in ASCII.
inline constexpr ObjectIdentifier cardAccessNumberObject = 0x8001;
/// Document number, date of birth and date of expiry with their check digits, in ASCII: 24 characters, more
/// with a long document number (Doc 9303-11, 9.7.3).
inline constexpr ObjectIdentifier mrzInformationObject = 0x8002;
/// The private key of Chip Authentication that has no keyId: id of the standardized domain parameters, then
/// the scalar at the full width of the group order.
inline constexpr ObjectIdentifier chipAuthenticationKeyObject = 0x8003;
/// The private key of Active Authentication with ECDSA, in the same form.
inline constexpr ObjectIdentifier activeAuthenticationKeyObject = 0x8004;
/// The private key of Active Authentication with RSA: number of the hash function (1 SHA-1 to 5 SHA-512, see
/// hashAlgorithmOf), public exponent (4 bytes), both primes at the same width.
inline constexpr ObjectIdentifier rsaActiveAuthenticationKeyObject = 0x8005;
/// The protocol profile (see protocol_profile.hpp), 2 bytes. Without it a document has Basic Access Control
/// and PACE.
inline constexpr ObjectIdentifier protocolProfileObject = 0x8006;
/// The trust points of Terminal Authentication as certified keys (see certified_key.hpp). Their data
/// groupings bring CVCA certificates: DO'7F21' with body and signature, the most recent one in the first.
inline constexpr ObjectIdentifier firstTrustPointObject = 0x8007;
inline constexpr ObjectIdentifier secondTrustPointObject = 0x8008;
/// The current date YYMMDD, one digit a byte.
inline constexpr ObjectIdentifier currentDateObject = 0x8009;
/// Failed attempts at a password since the last good one, 1 byte; the chip keeps it.
inline constexpr ObjectIdentifier failedAttemptsObject = 0x800A;
/// Present, and empty, when the second trust point is the more recent one; the chip keeps it.
inline constexpr ObjectIdentifier recentTrustPointObject = 0x800B;

/// The largest keyId of a Chip Authentication key.
inline constexpr std::uint8_t maximumKeyId = 0x7F;

/// The private key of Chip Authentication with `keyId`, in the form of the one without: 8300 to 837F.
[[nodiscard]] constexpr ObjectIdentifier chipAuthenticationKeyObjectOf(std::uint8_t keyId) {
    return static_cast<ObjectIdentifier>(0x8300 | keyId);
}

[[nodiscard]] constexpr bool isChipAuthenticationKeyObject(ObjectIdentifier id) {
    return id == chipAuthenticationKeyObject || (id & ~maximumKeyId) == chipAuthenticationKeyObjectOf(0);
}

inline constexpr std::size_t cardAccessNumberLength = 6;
inline constexpr std::size_t minimumMrzInformationLength = 24;
inline constexpr std::size_t maximumMrzInformationLength = 38;
inline constexpr std::size_t rsaPublicExponentLength = 4;

/// The hash function by its number in TR-03111 and in the Active Authentication key: 1 SHA-1, 2 SHA-224,
/// 3 SHA-256, 4 SHA-384, 5 SHA-512; nothing for any other.
[[nodiscard]] constexpr std::optional<crypto::HashAlgorithm> hashAlgorithmOf(std::uint8_t number) {
    switch (number) {
    case 1:
        return crypto::HashAlgorithm::Sha1;
    case 2:
        return crypto::HashAlgorithm::Sha224;
    case 3:
        return crypto::HashAlgorithm::Sha256;
    case 4:
        return crypto::HashAlgorithm::Sha384;
    case 5:
        return crypto::HashAlgorithm::Sha512;
    default:
        return std::nullopt;
    }
}

} // namespace cancuoc::card::emrtd
