// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/generic_mapping.hpp"
#include "host/crypto/cipher.hpp"

namespace cancuoc {

/// What the chip authentication mapping leaves to check once the chip's static key is known and authentic.
struct ChipAuthenticationData {
    EllipticCurve curve;
    /// PK_Map,IC: the chip's public key of the mapping, an uncompressed point.
    Bytes mappingKey;
    /// CA_IC, decrypted: a number of the order's width. It opens nothing, and is kept as evidence.
    Bytes chipAuthenticationData;
    /// The keyId of the chip's static key: the parameterId of the PACEInfo (9.2.1).
    std::optional<unsigned> keyId{};

    /// Whether the chip holds the private key of `chipKey` (Doc 9303-11, 4.4.3.5.2): PK_Map,IC = CA_IC *
    /// PK_IC. A key on another curve proves nothing.
    [[nodiscard]] bool proves(const EllipticCurvePublicKey& chipKey) const;
};

/// The chip authentication mapping, Doc 9303-11, 4.4.3.3.3: the generic one, whose key pair of the chip later
/// proves that the chip holds its static private key. On elliptic curves and with AES only.
class ChipAuthenticationMapping final : public GenericMapping {
public:
    using GenericMapping::GenericMapping;

    [[nodiscard]] EphemeralDomainParameters map(BytesView nonce, BytesView chipData) override;

    /// Decrypts the Encrypted Chip Authentication Data with KS_Enc (4.4.3.5.3 and 4.4.3.5.4). Throws
    /// MalformedData when they are not a number of the order's width, padded.
    [[nodiscard]] ChipAuthenticationData decrypt(const EllipticCurve& curve, BlockCipher cipher,
                                                 BytesView encryptionKey, BytesView encryptedData) const;

private:
    Bytes chipMappingKey_;
};

} // namespace cancuoc
