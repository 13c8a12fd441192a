// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/command.hpp"
#include "card/core/random.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/digest.hpp"
#include "card/crypto/elliptic_curve.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// The private key of Active Authentication with ECDSA; `privateKey` views storage.
struct EcdsaActiveAuthenticationKey {
    crypto::StandardizedDomainParameters domainParameters;
    /// As the ActiveAuthenticationInfo of EF.DG14 announces (Doc 9303-11, 9.2.4).
    crypto::HashAlgorithm hash = crypto::HashAlgorithm::Sha256;
    /// The private scalar at the full width of the group order, big-endian.
    std::span<const std::uint8_t> privateKey;
};

/// The private key of Active Authentication with RSA, 1024 to 2048 bits; the spans view storage.
struct RsaActiveAuthenticationKey {
    crypto::HashAlgorithm hash = crypto::HashAlgorithm::Sha256;
    std::span<const std::uint8_t> firstPrime;
    std::span<const std::uint8_t> secondPrime;
    std::span<const std::uint8_t> publicExponent;
};

/// Size of the terminal's nonce RND.IFD in bytes (Doc 9303-11, 6.1.2.1).
inline constexpr std::size_t activeAuthenticationNonceSize = 8;

/// INTERNAL AUTHENTICATE (Doc 9303-11, 6.1.2.3 and 6.1.3): signs the nonce in the command data by ECDSA and
/// appends the plain signature r || s. The ephemeral scalar is the first that `random` yields.
///
/// WrongLength (6700) when the nonce has not 8 bytes; IncorrectParameters (6A86) when P1-P2 is not 0000;
/// ReferenceDataNotUsable (6984) when the key is not one.
[[nodiscard]] StatusWord internalAuthenticate(const Command& command, const EcdsaActiveAuthenticationKey& key,
                                              RandomSource& random, Response& response);

/// INTERNAL AUTHENTICATE (Doc 9303-11, 6.1.2.2 and 6.1.3): signs by ISO/IEC 9796-2 digital signature scheme 1
/// the message M1 || nonce and appends the signature. M1 is the first that `random` yields.
///
/// Status words as with ECDSA.
[[nodiscard]] StatusWord internalAuthenticate(const Command& command, const RsaActiveAuthenticationKey& key,
                                              RandomSource& random, Response& response);

} // namespace cancuoc::card::emrtd
