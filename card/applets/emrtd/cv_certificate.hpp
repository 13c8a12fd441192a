// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/digest.hpp"
#include "card/crypto/key_agreement_group.hpp"
#include "card/crypto/rsa.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// A date YYMMDD, one digit a byte (Doc 9303-12, 7.2.2); later dates compare greater.
using CvDate = std::array<std::uint8_t, 6>;

/// Longest Certification Authority Reference or Certificate Holder Reference in bytes (Doc 9303-12, 7.2.2).
inline constexpr std::size_t maximumReferenceLength = 16;

/// What the holder of a certificate is (Doc 9303-11, K.1 and Doc 9303-12, 7.2.2.5): the two high bits of its
/// authorization.
enum class CvRole : std::uint8_t {
    InspectionSystem = 0x00,
    ForeignDocumentVerifier = 0x40,
    DomesticDocumentVerifier = 0x80,
    CountryVerifyingAuthority = 0xC0,
};

/// Access rights in an authorization (Doc 9303-11, K.1).
inline constexpr std::uint8_t readFingerprints = 0x01;
inline constexpr std::uint8_t readIris = 0x02;

/// How signatures are made with a public key of Terminal Authentication (Doc 9303-11, 7.1.4 and TR-03110-3,
/// A.6.4): the arcs of its object identifier under id-TA.
struct SignatureAlgorithm {
    /// 1 RSA, 2 ECDSA.
    std::uint8_t family = 0;
    std::uint8_t scheme = 0;

    [[nodiscard]] bool isRsa() const { return family == 1; }
    /// The hash function; nothing when the chip does not know the algorithm. SHA-1 is not among them.
    [[nodiscard]] std::optional<crypto::HashAlgorithm> hash() const;
    [[nodiscard]] crypto::RsaPadding rsaPadding() const;
};

/// The public key in a certificate; the spans view it.
struct CvPublicKey {
    SignatureAlgorithm algorithm;
    /// Of RSA.
    std::span<const std::uint8_t> modulus;
    std::span<const std::uint8_t> exponent;
    /// Of ECDSA; nothing when the certificate leaves them to the issuer's key.
    std::optional<crypto::StandardizedDomainParameters> domainParameters;
    std::span<const std::uint8_t> point;
};

/// A card verifiable certificate (Doc 9303-12, 7.2), taken apart; the spans view it.
struct CvCertificate {
    /// What is signed: DO'7F4E' with tag and length.
    std::span<const std::uint8_t> body;
    std::span<const std::uint8_t> authorityReference;
    CvPublicKey publicKey;
    std::span<const std::uint8_t> holderReference;
    CvRole role{};
    /// The access rights, the six low bits of the authorization.
    std::uint8_t rights = 0;
    CvDate effectiveDate{};
    CvDate expirationDate{};
    std::span<const std::uint8_t> signature;
};

/// Reads the data field of PSO:Verify Certificate: DO'7F4E' and DO'5F37'. Nothing when the certificate is
/// malformed, its profile is unknown, its holder no inspection system, document verifier or CVCA, its key of
/// an algorithm or on a curve that the chip does not know, or its extensions malformed; extensions themselves
/// are of no meaning to the eMRTD application.
[[nodiscard]] std::optional<CvCertificate> readCvCertificate(std::span<const std::uint8_t> data);

/// Whether `date` consists of digits that make a month and a day.
[[nodiscard]] bool isCvDate(std::span<const std::uint8_t> date);

} // namespace cancuoc::card::emrtd
