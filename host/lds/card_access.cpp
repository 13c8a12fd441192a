// SPDX-License-Identifier: Apache-2.0
#include "host/lds/card_access.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

CardAccess CardAccess::vietnameseCitizenCard() {
    constexpr int brainpoolP256r1 = 13; // Doc 9303-11, 9.5.1
    return CardAccess{SecurityInfos{
        {TerminalAuthenticationInfo{ObjectIdentifier::fromText(oid::terminalAuthentication), 1, {}},
         ChipAuthenticationInfo{ObjectIdentifier::fromText(oid::chipAuthenticationEcdhAesCbcCmac128), 1,
                                std::nullopt},
         PaceInfo{ObjectIdentifier::fromText(oid::paceEcdhGmAesCbcCmac128), 2, brainpoolP256r1}}}};
}

CardAccess CardAccess::decode(BytesView file) {
    return decodeFile("EF.CardAccess", file, SecurityInfos::maximumLength,
                      [file] { return CardAccess{SecurityInfos::decode(file)}; });
}

Bytes CardAccess::encode() const {
    return securityInfos.encode();
}

} // namespace cancuoc::lds
