// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/authentication_token.hpp"
#include "host/base/object_identifier.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/domain_parameters.hpp"

#include <vector>

namespace cancuoc {

/// What a PACEInfo of EF.CardAccess offers (Doc 9303-11, 9.2.1), with the PACEDomainParameterInfo that
/// belongs to it (9.2.2).
struct PaceOffer {
    ObjectIdentifier protocol;
    std::optional<unsigned> parameterId;
    /// Domain parameters that the card gives explicitly, when they are known ones.
    std::optional<DomainParameters> explicitParameters{};
};

/// The mappings of Doc 9303-11, 4.4.3.3.
enum class MappingType { Generic, Integrated, ChipAuthentication };

/// "GM", "IM" or "CAM".
[[nodiscard]] std::string_view nameOf(MappingType mapping);

/// A PACE variant of Doc 9303-11, tables 2 and 3, with its domain parameters.
struct PaceProtocol {
    ObjectIdentifier protocol;
    MappingType mapping;
    BlockCipher cipher;
    DomainParameters domainParameters;
    /// What the card calls the domain parameters; nothing when it gives the only ones without a number.
    std::optional<unsigned> parameterId;
    /// The chip offers the protocol with several domain parameters, so MSE:Set AT must name them (4.4.4.1).
    bool ambiguousParameters = false;

    [[nodiscard]] KeyAgreement keyAgreement() const;
    /// The variant that `offer` names; nothing when the standard knows none: domain parameters of another
    /// kind of key agreement or none that are known, chip authentication mapping with 3DES, integrated
    /// mapping on P-224.
    [[nodiscard]] static std::optional<PaceProtocol> from(const PaceOffer& offer);
};

/// The variants among `offers`, best first: the strongest first, where 128 bits are enough; then elliptic
/// curves before DH, which is several times slower on a chip; the longer key; the mapping that authenticates
/// the chip as well; the smaller of sufficient curves.
[[nodiscard]] std::vector<PaceProtocol> rankPaceProtocols(std::span<const PaceOffer> offers);

/// The first of those; nothing when there is none.
[[nodiscard]] std::optional<PaceProtocol> choosePaceProtocol(std::span<const PaceOffer> offers);

} // namespace cancuoc
