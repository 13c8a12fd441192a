// SPDX-License-Identifier: Apache-2.0
// The faces of one card of each generation as they were found good by eye. What a machine reads is kept pixel
// by pixel (the resin), the whole look in a quarter of the size. After an intended change, look at new ones
// and keep them:
//
//   CANCUOC_RENEW_FACES=tests/data/cardface test_unit_personalization_cardface --test-case='*as they were*'
#include "host/base/file.hpp"
#include "host/biometric/png_image.hpp"
#include "personalization/cardface/face_renderer.hpp"
#include "qr/png_file.hpp"
#include "tests/unit/personalization/cardface/fictional_card.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace cancuoc;
using namespace cancuoc::cardface;

namespace {

/// The picture in a quarter of its size, in grey.
biometric::Pixels quarter(const biometric::Pixels& picture) {
    biometric::Pixels small{picture.width / 4, picture.height / 4, 1, {}};
    for (std::size_t y = 0; y < small.height; ++y) {
        for (std::size_t x = 0; x < small.width; ++x) {
            unsigned sum = 0;
            for (std::size_t row = 4 * y; row < 4 * y + 4; ++row) {
                for (std::size_t byte = 0; byte < std::size_t{4} * picture.channels; ++byte) {
                    sum += picture.data[(row * picture.width + 4 * x) * picture.channels + byte];
                }
            }
            small.data.push_back(static_cast<std::uint8_t>(sum / (16U * picture.channels)));
        }
    }
    return small;
}

/// How many pixels differ by more than `tolerance` from the picture that is kept under that name; renews it
/// when that is asked for.
std::size_t differences(const std::string& name, const biometric::Pixels& picture, const Bytes& file,
                        int tolerance) {
    if (const char* folder = std::getenv("CANCUOC_RENEW_FACES")) {
        writeFile(std::filesystem::path(folder) / name, file);
    }
    const auto kept = biometric::decodePixels(test::readTestData("cardface/" + name));
    REQUIRE(kept.data.size() == picture.data.size());
    std::size_t count = 0;
    for (std::size_t index = 0; index < kept.data.size(); ++index) {
        count += std::abs(int{kept.data[index]} - int{picture.data[index]}) > tolerance ? 1 : 0;
    }
    return count;
}

} // namespace

TEST_CASE("the faces are as they were found good") {
    for (const std::string& layout : Layout::names()) {
        FaceRenderer renderer(Layout::find(layout), 300);
        const auto content = test::contentOf(test::citizen(11).record, renderer.layout().qrProfile);
        const auto faces = renderer.render(content);
        for (const Side side : {Side::Front, Side::Back}) {
            const std::string name = layout + "-" + std::string(nameOf(side));
            CAPTURE(name);
            const auto& resin = faces.of(side).of(Channel::Resin);
            CHECK(differences(name + "-resin.png", resin,
                              qr::writeBlackAndWhitePng({resin.width, resin.height, resin.data}, 300),
                              0) == 0);
            const auto look = quarter(renderer.preview(faces.of(side), content, side));
            CHECK(differences(name + ".png", look, biometric::encodePng(look), 2) == 0);
        }
    }
}
