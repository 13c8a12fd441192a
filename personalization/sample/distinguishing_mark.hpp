// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/lot.hpp"

#include <string>

namespace cancuoc::personalization {

/// A mole or a scar on a face, as the card describes it under "Đặc điểm nhận dạng". The drawn portrait shows
/// it where the text says.
struct DistinguishingMark {
    enum class Kind { Mole, Scar };
    enum class Place {
        LeftEyeCorner,
        RightEyeCorner,
        LeftBrow,
        RightBrow,
        LeftNostril,
        RightNostril,
        LeftMouthCorner
    };

    Kind kind = Kind::Mole;
    Place place = Place::LeftEyeCorner;
    bool below = false;       ///< below the place, else above
    bool outwards = false;    ///< behind the place as seen from the nose, else in front of it
    double centimetres = 1.0; ///< distance from the place

    [[nodiscard]] static DistinguishingMark draw(Lot& lot);

    /// In the words of the card, such as "Nốt ruồi C:1cm dưới trước đuôi mắt trái".
    [[nodiscard]] std::string text() const;
};

} // namespace cancuoc::personalization
