// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/object_identifier.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/elliptic_curve.hpp"

namespace cancuoc {

/// What a PACEInfo of EF.CardAccess offers (Doc 9303-11, 9.2.1).
struct PaceOffer {
    ObjectIdentifier protocol;
    std::optional<unsigned> parameterId;
};

/// A PACE variant that this library speaks: ECDH with generic mapping over standardized domain parameters.
struct PaceProtocol {
    ObjectIdentifier protocol;
    BlockCipher cipher;
    EllipticCurve curve;
    /// The chip offers the protocol with several domain parameters, so MSE:Set AT must name them (4.4.4.1).
    bool ambiguousParameters = false;

    /// "GM".
    [[nodiscard]] std::string_view mapping() const { return "GM"; }
    /// The variant that `offer` names; nothing when it is not supported.
    [[nodiscard]] static std::optional<PaceProtocol> from(const PaceOffer& offer);
};

/// The best supported variant among `offers`: the strongest cipher first, then the largest curve up to 256
/// bits, then larger ones, then smaller ones; nothing when none is supported.
[[nodiscard]] std::optional<PaceProtocol> choosePaceProtocol(std::span<const PaceOffer> offers);

} // namespace cancuoc
