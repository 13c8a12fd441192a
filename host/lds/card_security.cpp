// SPDX-License-Identifier: Apache-2.0
#include "host/lds/card_security.hpp"

#include "host/lds/asn1.hpp"

#include <utility>

namespace cancuoc::lds {

CardSecurity::CardSecurity(SignedData signedData) : signedData_(std::move(signedData)) {}

CardSecurity CardSecurity::decode(BytesView file) {
    return decodeFile("EF.CardSecurity", file, maximumLength,
                      [file] { return CardSecurity(SignedData::decode(file)); });
}

SecurityInfos CardSecurity::securityInfos() const {
    if (signedData_.contentType() != ObjectIdentifier::fromText(contentType)) {
        throw MalformedData("EF.CardSecurity holds signed content of the type " +
                            signedData_.contentType().toText() + ", not SecurityInfos.");
    }
    return SecurityInfos::decode(signedData_.content());
}

} // namespace cancuoc::lds
