// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "personalization/issuance/card_image.hpp"
#include "tests/support/chip_profiles.hpp"

#include <array>
#include <cstdint>

namespace cancuoc::test {

inline personalization::ChipKeyPair chipKeyPair(unsigned curve, RandomSource& random) {
    const auto pair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(curve), random);
    return {static_cast<std::uint8_t>(curve), SecretBytes(pair.privateKey()), toBytes(pair.publicKey())};
}

/// A card with four files, which no chip would activate: nothing announces its keys.
/// @param portrait bytes of DG2
inline personalization::CardImage smallCard(RandomSource& random, std::size_t portrait) {
    ChipDocument document;
    document.files = {{0x0102, encodeTlv(0x75, Bytes(portrait, 0x5A))},
                      {0x011E, encodeTlv(0x60, encodeTlv(0x5C, Bytes{0x61, 0x75}))}};
    setMachineReadableZone(document, machineReadableZone);
    personalization::CardImage card;
    for (const std::uint16_t identifier : std::array<std::uint16_t, 4>{0x0101, 0x0102, 0x011E, 0x011D}) {
        card.files.push_back({identifier, document.files.at(identifier)});
    }
    card.cardAccess = fromHex("3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a"
                              "04007f0007020204020202010202010d");
    card.cardAccessNumber = SecretBytes(viewOf("000001"));
    card.mrzInformation = SecretBytes(viewOf(mrzInformation));
    card.keys = {chipKeyPair(13, random), chipKeyPair(12, random)};
    return card;
}

} // namespace cancuoc::test
