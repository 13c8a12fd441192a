// SPDX-License-Identifier: Apache-2.0
#include "host/access/authentication_token.hpp"

#include "host/apdu/tlv.hpp"
#include "host/crypto/padding.hpp"

namespace cancuoc {

Bytes ephemeralPublicKeyDataObject(const ObjectIdentifier& protocol, BytesView publicKey) {
    return encodeTlv(0x7F49, encodeTlv(0x06, protocol.content()), encodeTlv(0x86, publicKey));
}

MessageAuthenticationCode::Value authenticationToken(BlockCipher cipher, BytesView macKey,
                                                     const ObjectIdentifier& protocol, BytesView publicKey) {
    Bytes input = ephemeralPublicKeyDataObject(protocol, publicKey);
    if (cipher == BlockCipher::TripleDes) {
        pad(input, blockSizeOf(cipher));
    }
    return MessageAuthenticationCode(cipher, macKey).compute(input);
}

} // namespace cancuoc
