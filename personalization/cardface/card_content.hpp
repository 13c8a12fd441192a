// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/biometric/pixels.hpp"
#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/pictures.hpp"
#include "qr/card_identity.hpp"

#include <map>
#include <string>
#include <vector>

namespace cancuoc::cardface {

/// What the faces of one card show.
struct CardContent {
    std::map<std::string, std::string> fields;         ///< texts by the names of fieldNames(); NFC
    std::map<std::string, biometric::Pixels> pictures; ///< by the names that layouts call them
    std::vector<std::string> mrz;                      ///< three lines of 30 characters
    std::string qr;                                    ///< the payload of the card's QR
    Bytes seal; ///< a digital seal (qr/digital_seal.hpp); empty: the card has none
};

/// The record as the QR and its comparison know it.
[[nodiscard]] qr::CardIdentity cardIdentityOf(const personalization::CitizenRecord& record);

/// What the card of `record` shows: its texts, the pictures decoded, the MRZ, the QR of that generation.
/// Pictures that are empty are left out.
/// @throws MalformedData naming the field that no card can show
[[nodiscard]] CardContent contentOf(const personalization::CitizenRecord& record,
                                    const personalization::Pictures& pictures, qr::Profile profile);

} // namespace cancuoc::cardface
