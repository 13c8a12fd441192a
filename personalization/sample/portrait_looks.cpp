// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/portrait_looks.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::personalization {

namespace {

constexpr std::array<Colour, 6> skinTones{{{0.98, 0.86, 0.75},
                                           {0.96, 0.82, 0.69},
                                           {0.93, 0.77, 0.62},
                                           {0.88, 0.70, 0.54},
                                           {0.82, 0.63, 0.47},
                                           {0.74, 0.55, 0.41}}};
constexpr std::array<Colour, 4> hairTones{
    {{0.08, 0.07, 0.08}, {0.11, 0.09, 0.09}, {0.16, 0.11, 0.09}, {0.22, 0.15, 0.11}}};
constexpr std::array<Colour, 3> greyHairTones{{{0.36, 0.35, 0.36}, {0.55, 0.54, 0.55}, {0.74, 0.73, 0.74}}};
constexpr std::array<Colour, 10> garmentTones{{{0.95, 0.96, 0.98},
                                               {0.73, 0.83, 0.94},
                                               {0.16, 0.23, 0.38},
                                               {0.24, 0.26, 0.29},
                                               {0.52, 0.16, 0.22},
                                               {0.15, 0.42, 0.40},
                                               {0.86, 0.72, 0.45},
                                               {0.80, 0.62, 0.72},
                                               {0.42, 0.36, 0.58},
                                               {0.33, 0.45, 0.29}}};
constexpr std::array<Colour, 4> accentTones{
    {{0.60, 0.14, 0.18}, {0.14, 0.28, 0.52}, {0.20, 0.22, 0.26}, {0.80, 0.66, 0.30}}};
constexpr std::array<Colour, 4> backgrounds{
    {{0.93, 0.95, 0.98}, {0.80, 0.88, 0.96}, {0.88, 0.90, 0.92}, {0.72, 0.84, 0.95}}};

constexpr std::array menStyles{HairStyle::Crop, HairStyle::SidePart, HairStyle::SweptUp};
constexpr std::array womenStyles{HairStyle::LongStraight, HairStyle::Bob, HairStyle::TiedBack,
                                 HairStyle::Bun};
constexpr std::array menGarments{Garment::Shirt, Garment::Suit, Garment::RoundNeck, Garment::VeeNeck};
constexpr std::array womenGarments{Garment::HighCollar, Garment::Shirt, Garment::RoundNeck, Garment::VeeNeck};

} // namespace

Looks drawLooks(const PortraitSubject& subject, Lot& lot) {
    const bool man = subject.sex == Sex::Male;
    Looks looks{};
    looks.sex = subject.sex;
    looks.skin = lot.pick(skinTones);
    const bool grey = subject.age > 48 && lot.chance((subject.age - 45) * 4);
    looks.hair = grey ? lot.pick(greyHairTones) : lot.pick(hairTones);
    looks.hairStyle = man ? lot.pick(menStyles) : lot.pick(womenStyles);
    if (man && subject.age > 45 && lot.chance(40)) {
        looks.hairStyle = HairStyle::Receding;
    }
    looks.garment = man ? lot.pick(menGarments) : lot.pick(womenGarments);
    looks.garmentColour = lot.pick(garmentTones);
    if (looks.garment == Garment::Suit) {
        looks.garmentColour = garmentTones[2 + lot.below(2)];
    }
    looks.accentColour = lot.pick(accentTones);
    looks.background = lot.pick(backgrounds);
    looks.faceHalfWidth = man ? lot.real(59, 66) : lot.real(56, 62);
    looks.jawHalfWidth = looks.faceHalfWidth * (man ? lot.real(0.70, 0.84) : lot.real(0.60, 0.74));
    looks.chinY = man ? lot.real(268, 279) : lot.real(264, 274);
    looks.eyeDistance = lot.real(27, 30.5);
    looks.eyeHalfWidth = lot.real(12, 14);
    looks.eyeOpening = lot.real(4.4, 6.4) + (man ? 0 : 0.6);
    looks.browThickness = man ? lot.real(3.6, 5.2) : lot.real(2.2, 3.4);
    looks.browArch = lot.real(-2, 3);
    looks.noseHalfWidth = lot.real(11, 14.5) + (man ? 1 : 0);
    looks.mouthHalfWidth = lot.real(19, 24);
    looks.lipFullness = lot.real(5, 7.5) + (man ? 0 : 1);
    looks.doubleEyelid = lot.chance(60);
    looks.partedLeft = lot.chance(50);
    looks.wrinkles = std::clamp((subject.age - 38) / 30.0, 0.0, 1.0);
    return looks;
}

} // namespace cancuoc::personalization
