// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_authentication_mapping.hpp"

#include "host/crypto/padding.hpp"

namespace cancuoc {

bool ChipAuthenticationData::proves(const EllipticCurvePublicKey& chipKey) const {
    if (!(chipKey.curve == curve)) {
        return false;
    }
    const auto product = curve.multiply(chipAuthenticationData, *curve.decodePoint(chipKey.point));
    return EC_POINT_is_at_infinity(&curve.group(), product.get()) == 0 &&
           equal(curve.encodePoint(*product), mappingKey);
}

EphemeralDomainParameters ChipAuthenticationMapping::map(BytesView nonce, BytesView chipData) {
    chipMappingKey_ = toBytes(chipData);
    return GenericMapping::map(nonce, chipData);
}

ChipAuthenticationData ChipAuthenticationMapping::decrypt(const EllipticCurve& curve, BlockCipher cipher,
                                                          BytesView encryptionKey,
                                                          BytesView encryptedData) const {
    const std::size_t blockSize = blockSizeOf(cipher);
    constexpr std::size_t longest = 128;
    if (encryptedData.empty() || encryptedData.size() % blockSize != 0 || encryptedData.size() > longest) {
        throw MalformedData("The card's encrypted chip authentication data have a wrong length.");
    }
    const Bytes vector = encryptBlock(cipher, encryptionKey, Bytes(blockSize, 0xFF)); // IV = E(KS_Enc, -1)
    const SecretBytes padded(decryptCbc(cipher, encryptionKey, vector, encryptedData));
    const auto data = unpadded(padded.view(), blockSize);
    if (!data || data->size() != curve.orderSize()) {
        throw MalformedData("The card's chip authentication data are no number of the curve's width.");
    }
    return {curve, chipMappingKey_, toBytes(*data), {}};
}

} // namespace cancuoc
