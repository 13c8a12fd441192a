// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/diffie_hellman.hpp"
#include "host/crypto/elliptic_curve.hpp"

#include <variant>

namespace cancuoc {

/// The domain parameters of a key agreement (Doc 9303-11, 9.5): a curve or a Diffie-Hellman group.
using DomainParameters = std::variant<EllipticCurve, DiffieHellmanGroup>;

/// "brainpoolP256r1", "MODP-2048/256".
[[nodiscard]] std::string nameOf(const DomainParameters& parameters);

/// The standardized domain parameters of that number, 0 to 2 or 8 to 18; nothing for other numbers.
[[nodiscard]] std::optional<DomainParameters> standardizedDomainParameters(unsigned parameterId);

/// The standardized domain parameters that a DER AlgorithmIdentifier writes out (Doc 9303-11, 9.5.2):
/// dhpublicnumber, ecPublicKey, or the number of standardized ones. Nothing for parameters that are none of
/// those: whatever else a card gives may be insecure and leak the password (9.2.2). Throws MalformedData
/// for broken encodings.
[[nodiscard]] std::optional<DomainParameters> decodeDomainParameters(BytesView algorithmIdentifier);

} // namespace cancuoc
