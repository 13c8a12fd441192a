// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/distinguishing_mark.hpp"

#include <array>

namespace cancuoc::personalization {

namespace {

// In the order of DistinguishingMark::Place; left and right are the holder's.
constexpr std::array placeNames{"đuôi mắt trái", "đuôi mắt phải", "đầu lông mày trái", "đầu lông mày phải",
                                "cánh mũi trái", "cánh mũi phải", "mép trái"};

} // namespace

DistinguishingMark DistinguishingMark::draw(Lot& lot) {
    constexpr std::array distances{0.5, 1.0, 1.5, 2.0};
    DistinguishingMark mark;
    mark.kind = lot.chance(65) ? Kind::Mole : Kind::Scar;
    mark.place = static_cast<Place>(lot.below(placeNames.size()));
    // Above an eye or a brow lies the other, or the hair.
    mark.below = mark.place <= Place::RightEyeCorner || lot.chance(50);
    mark.outwards = lot.chance(60);
    mark.centimetres = lot.pick(distances);
    return mark;
}

std::string DistinguishingMark::text() const {
    const auto halves = static_cast<int>(centimetres * 2);
    const std::string distance = std::to_string(halves / 2) + (halves % 2 == 1 ? ",5" : "");
    return std::string(kind == Kind::Mole ? "Nốt ruồi" : "Sẹo chấm") + " C:" + distance + "cm" +
           (below ? " dưới" : " trên") + (outwards ? " sau " : " trước ") +
           placeNames.at(static_cast<std::size_t>(place));
}

} // namespace cancuoc::personalization
