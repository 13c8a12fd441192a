// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/card_content.hpp"
#include "personalization/sample/fictional_citizen.hpp"
#include "personalization/sample/fingerprint_drawing.hpp"
#include "personalization/sample/portrait_drawing.hpp"

namespace cancuoc::test {

inline biometric::Pixels pixelsOf(const personalization::DrawnImage& image) {
    return {static_cast<std::uint32_t>(image.width), static_cast<std::uint32_t>(image.height),
            static_cast<std::uint8_t>(image.channels), image.pixels};
}

/// A citizen by lot: the same number, the same person.
inline personalization::FictionalCitizen citizen(unsigned serial) {
    personalization::Lot lot(2099, serial);
    return personalization::drawCitizen(serial, lot);
}

/// What the card of `record` shows, with pictures of nobody in particular; drawing them takes most of a test.
inline cardface::CardContent contentOf(const personalization::CitizenRecord& record, qr::Profile profile) {
    static const auto pictures = [] {
        personalization::Lot lot(2099, 0);
        const auto face = citizen(1);
        return std::map<std::string, biometric::Pixels>{
            {"portrait",
             pixelsOf(personalization::drawPortrait({face.record.sex, face.ageAtIssue, face.mark}, lot))},
            {"leftIndex", pixelsOf(personalization::drawFingerprint(lot))},
            {"rightIndex", pixelsOf(personalization::drawFingerprint(lot))}};
    }();
    auto content = cardface::contentOf(record, {}, profile);
    content.pictures = pictures;
    return content;
}

} // namespace cancuoc::test
