// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/crypto/digest.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/lds/document_security_object.hpp"
#include "personalization/issuance/card_image.hpp"

#include <string_view>

namespace cancuoc::test {

inline personalization::ChipKeyPair chipKeyPair(unsigned curve, RandomSource& random) {
    const auto pair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(curve), random);
    return {static_cast<std::uint8_t>(curve), SecretBytes(pair.privateKey()), toBytes(pair.publicKey())};
}

/// An EF.SOD with the hashes of DG1 and DG2, which nobody signed.
inline Bytes unsignedSecurityObject(BytesView dataGroup1, BytesView dataGroup2) {
    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, digest(object.hashAlgorithm, dataGroup1)},
                              {2, digest(object.hashAlgorithm, dataGroup2)}};
    const Bytes content =
        encodeTlv(0x30, fromHex("0606678108010101"), encodeTlv(0xA0, encodeTlv(0x04, object.encode())));
    const Bytes signedData =
        encodeTlv(0x30, fromHex("020103"), encodeTlv(0x31, fromHex("300B0609608648016503040201")), content);
    return encodeTlv(0x77, encodeTlv(0x30, fromHex("06092A864886F70D010702"), encodeTlv(0xA0, signedData)));
}

/// A card with four files, which no chip would activate: nothing announces its keys.
/// @param portrait bytes of DG2
inline personalization::CardImage smallCard(RandomSource& random, std::size_t portrait) {
    personalization::CardImage card;
    const std::string_view zone = "IDVNM2990000011<<<<<<<<<<<<<<<9901018F2401014VNM<<<<<<<<<<<0"
                                  "NGUYEN<<MAU<<<<<<<<<<<<<<<<<<<";
    const Bytes dataGroup1 = encodeTlv(0x61, encodeTlv(0x5F1F, viewOf(zone)));
    const Bytes dataGroup2 = encodeTlv(0x75, Bytes(portrait, 0x5A));
    card.files = {{0x0101, dataGroup1},
                  {0x0102, dataGroup2},
                  {0x011E, encodeTlv(0x60, encodeTlv(0x5C, Bytes{0x61, 0x75}))},
                  {0x011D, unsignedSecurityObject(dataGroup1, dataGroup2)}};
    card.cardAccess = fromHex("3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a"
                              "04007f0007020204020202010202010d");
    card.cardAccessNumber = SecretBytes(viewOf("000001"));
    card.mrzInformation = SecretBytes(viewOf("299000001199010182401014"));
    card.keys = {chipKeyPair(13, random), chipKeyPair(12, random)};
    return card;
}

} // namespace cancuoc::test
