// SPDX-License-Identifier: Apache-2.0
#include "host/access/authentication_token.hpp"

#include "host/apdu/tlv.hpp"
#include "host/crypto/padding.hpp"

namespace cancuoc {

Bytes ephemeralPublicKeyDataObject(const ObjectIdentifier& protocol, BytesView publicKey,
                                   KeyAgreement agreement) {
    const std::uint32_t tag = agreement == KeyAgreement::EllipticCurve ? 0x86 : 0x84;
    return encodeTlv(0x7F49, encodeTlv(0x06, protocol.content()), encodeTlv(tag, publicKey));
}

MessageAuthenticationCode::Value authenticationToken(BlockCipher cipher, BytesView macKey,
                                                     const ObjectIdentifier& protocol, BytesView publicKey,
                                                     KeyAgreement agreement) {
    Bytes input = ephemeralPublicKeyDataObject(protocol, publicKey, agreement);
    if (cipher == BlockCipher::TripleDes) {
        pad(input, blockSizeOf(cipher));
    }
    return MessageAuthenticationCode(cipher, macKey).compute(input);
}

} // namespace cancuoc
