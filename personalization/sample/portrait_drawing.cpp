// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/portrait_drawing.hpp"

#include "personalization/sample/canvas.hpp"
#include "personalization/sample/portrait_face.hpp"
#include "personalization/sample/portrait_garment.hpp"
#include "personalization/sample/portrait_hair.hpp"
#include "personalization/sample/portrait_looks.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

void paintBackground(cairo_t* cr, const Looks& looks) {
    const Pattern light(cairo_pattern_create_radial(middleX, 150, 40, middleX, 180, 320));
    addStop(light, 0, looks.background.lit(1.35));
    addStop(light, 1, looks.background.lit(0.93));
    cairo_set_source(cr, light.get());
    cairo_paint(cr);
}

// The noise of a camera: without it the file would be a fraction of the size that real portraits have.
void addGrain(DrawnImage& image, Lot& lot) {
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
        const int grain = lot.between(-3, 3) + lot.between(-3, 3);
        for (std::size_t channel = 0; channel < 3; ++channel) {
            image.pixels[i + channel] =
                static_cast<std::uint8_t>(std::clamp(image.pixels[i + channel] + grain, 0, 255));
        }
    }
}

} // namespace

DrawnImage drawPortrait(const PortraitSubject& subject, Lot& lot) {
    const Looks looks = drawLooks(subject, lot);
    const Canvas canvas;
    cairo_t* cr = canvas.context();
    paintBackground(cr, looks);
    paintHairBehind(cr, looks);
    paintNeck(cr, looks);
    paintGarment(cr, looks);
    paintHead(cr, looks);
    paintHair(cr, looks);
    paintMark(cr, looks, subject.mark);
    DrawnImage image = canvas.image();
    addGrain(image, lot);
    return image;
}

} // namespace cancuoc::personalization
