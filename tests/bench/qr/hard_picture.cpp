// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/qr/hard_picture.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <vector>

#include <turbojpeg.h>

#include "host/base/date.hpp"
#include "personalization/sample/fictional_citizen.hpp"
#include "personalization/sample/lot.hpp"
#include "qr/card_identity.hpp"
#include "qr/symbol.hpp"
#include "tests/bench/qr/card_picture.hpp"

namespace cancuoc::bench {

namespace {

using personalization::Lot;

constexpr double pi = 3.14159265358979;
constexpr double leastRoom = 1.1;

/// How a card is photographed. Lengths are in modules of the symbol, so that they mean the same at every
/// resolution.
struct Camera {
    double pixelsPerModule = 4;
    double turn = 0;            ///< of the card in its plane, in radians
    double tilt = 0;            ///< out of its plane, in radians
    double defocus = 0.15;      ///< standard deviation of the blur
    double motion = 0;          ///< length of the blur
    double motionDirection = 0; ///< in radians
    double noise = 2;           ///< standard deviation in grey levels
    double glare = 0;           ///< share of the symbol's side that is bleached
    double shade = 0;           ///< share of the light that is missing at the dark end
    double inkSpread = 0;       ///< by which dark modules grow on each side
    double contrast = 1;
    double room = leastRoom; ///< sides of the picture, in sides of the card as it lies
    double placeAcross = 0;  ///< of the card in that room, from -1, at the left, to 1
    double placeDown = 0;
    int jpegQuality = 92;
};

// In these classes the card is anywhere in the picture and fills it or a small part of it, as one that is
// held in a hand does; in the others it fills the picture.
bool isFromAfar(Hardship hardship) {
    return hardship == Hardship::MotionBlur || hardship == Hardship::Defocus || hardship == Hardship::Noise ||
           hardship == Hardship::UnevenLight || hardship == Hardship::LowResolution;
}

// The unspoilt picture of each class is one that a phone takes without care: three and a half to five pixels
// a module, a little turned.
Camera cameraFor(Hardship hardship, double severity, Lot& lot) {
    Camera camera;
    camera.pixelsPerModule = lot.real(3.5, 5);
    camera.turn = lot.real(-0.1, 0.1);
    camera.tilt = lot.real(0, 0.15);
    camera.motionDirection = lot.real(0, pi);
    switch (hardship) {
    case Hardship::Perspective:
        camera.tilt = 0.1 + 1.0 * severity;
        break;
    case Hardship::Rotation:
        camera.turn = lot.real(-pi, pi);
        camera.pixelsPerModule = 4 - 2 * severity;
        break;
    case Hardship::MotionBlur:
        camera.motion = 2.6 * severity;
        break;
    case Hardship::Defocus:
        camera.defocus = 0.15 + 0.75 * severity;
        break;
    case Hardship::Noise:
        camera.noise = 2 + 75 * severity;
        break;
    case Hardship::JpegQuality:
        camera.jpegQuality = static_cast<int>(std::lround(50 - 47 * severity));
        camera.pixelsPerModule = lot.real(2.3, 2.9);
        break;
    case Hardship::Glare:
        camera.glare = 0.5 * severity;
        break;
    case Hardship::UnevenLight:
        camera.shade = 0.97 * severity;
        camera.noise = 4 + 10 * severity;
        break;
    case Hardship::LowResolution:
        camera.pixelsPerModule = 6 - 4 * severity;
        camera.defocus = 0.15 + 0.25 * severity;
        camera.noise = 2 + 6 * severity;
        break;
    case Hardship::PrintedAndScanned:
        camera.pixelsPerModule = lot.real(2.4, 3.2);
        camera.tilt = 0;
        camera.inkSpread = 0.42 * severity;
        camera.contrast = 1 - 0.75 * severity;
        camera.noise = 3 + 4 * severity;
        break;
    }
    if (isFromAfar(hardship)) {
        camera.room = lot.real(leastRoom, 1.9);
        camera.placeAcross = lot.real(-1, 1);
        camera.placeDown = lot.real(-1, 1);
    }
    return camera;
}

/// A picture while it is being taken, in grey levels that need not be whole.
struct Exposure {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<double> levels;

    [[nodiscard]] double& at(std::size_t x, std::size_t y) { return levels[y * width + x]; }
};

// A pinhole camera over the card; each pixel is the mean of two by two points of the card.
Exposure project(const CardPicture& card, const Camera& camera) {
    constexpr int points = 2;
    constexpr double distance = 2.2; // of the camera, in widths of the card
    constexpr double cardWidth = CardPicture::width;
    constexpr double cardHeight = CardPicture::height;
    const double pixelsPerMillimetre = camera.pixelsPerModule / card.module();
    const double cosTurn = std::cos(camera.turn);
    const double sinTurn = std::sin(camera.turn);
    const double cosTilt = std::cos(camera.tilt);
    const double sinTilt = std::sin(camera.tilt);
    const double reach = std::hypot(cardWidth, cardHeight);
    const double boxWidth = std::abs(cardWidth * cosTurn) + std::abs(cardHeight * sinTurn);
    const double boxHeight = std::abs(cardWidth * sinTurn) + std::abs(cardHeight * cosTurn);
    Exposure exposure;
    exposure.width = static_cast<std::size_t>((boxWidth * camera.room + 4) * pixelsPerMillimetre);
    exposure.height = static_cast<std::size_t>((boxHeight * camera.room + 4) * pixelsPerMillimetre);
    const double centreX = static_cast<double>(exposure.width) / 2 + camera.placeAcross * boxWidth *
                                                                         (camera.room - leastRoom) / 2 *
                                                                         pixelsPerMillimetre;
    const double centreY = static_cast<double>(exposure.height) / 2 +
                           camera.placeDown * boxHeight * (camera.room - leastRoom) / 2 * pixelsPerMillimetre;
    exposure.levels.resize(exposure.width * exposure.height);
    for (std::size_t y = 0; y < exposure.height; ++y) {
        for (std::size_t x = 0; x < exposure.width; ++x) {
            double sum = 0;
            for (int point = 0; point < points * points; ++point) {
                const double across = (static_cast<double>(x) + (point % points + 0.5) / points - centreX) /
                                      pixelsPerMillimetre;
                const double down = (static_cast<double>(y) + (point / points + 0.5) / points - centreY) /
                                    pixelsPerMillimetre;
                // The ray through the pixel meets the card's plane, tilted about its upright axis.
                const double depth = distance * reach;
                const double onCard = across * depth / (depth * cosTilt - across * sinTilt);
                const double scale = (depth + onCard * sinTilt) / depth;
                const double u = onCard;
                const double v = down * scale;
                const double cardX = u * cosTurn + v * sinTurn + cardWidth / 2;
                const double cardY = -u * sinTurn + v * cosTurn + cardHeight / 2;
                sum += card.toneAt(cardX, cardY);
            }
            exposure.at(x, y) = sum / (points * points);
        }
    }
    return exposure;
}

// The weighted mean of the points at step * k, for k from -n to n.
void blurAlong(Exposure& exposure, double stepX, double stepY, const std::vector<double>& weights) {
    struct Tap {
        std::ptrdiff_t x, y;
        double weight;
    };
    std::vector<Tap> taps;
    double total = 0;
    const auto reach = static_cast<std::ptrdiff_t>(weights.size()) - 1;
    for (auto k = -reach; k <= reach; ++k) {
        const double weight = weights[static_cast<std::size_t>(std::abs(k))];
        taps.push_back({std::lround(stepX * static_cast<double>(k)),
                        std::lround(stepY * static_cast<double>(k)), weight});
        total += weight;
    }
    const auto width = static_cast<std::ptrdiff_t>(exposure.width);
    const auto height = static_cast<std::ptrdiff_t>(exposure.height);
    auto blurred = exposure.levels;
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            double sum = 0;
            for (const auto& tap : taps) {
                const auto fromX = std::clamp<std::ptrdiff_t>(x + tap.x, 0, width - 1);
                const auto fromY = std::clamp<std::ptrdiff_t>(y + tap.y, 0, height - 1);
                sum += tap.weight * exposure.levels[static_cast<std::size_t>(fromY * width + fromX)];
            }
            blurred[static_cast<std::size_t>(y * width + x)] = sum / total;
        }
    }
    exposure.levels = std::move(blurred);
}

void defocus(Exposure& exposure, double deviation) {
    std::vector<double> weights;
    for (int k = 0; k <= static_cast<int>(std::ceil(3 * deviation)); ++k) {
        weights.push_back(std::exp(-k * k / (2 * deviation * deviation)));
    }
    blurAlong(exposure, 1, 0, weights);
    blurAlong(exposure, 0, 1, weights);
}

void move(Exposure& exposure, double pixels, double direction) {
    const std::vector<double> weights(static_cast<std::size_t>(std::lround(pixels)) + 1, 1.0);
    blurAlong(exposure, std::cos(direction) / 2, std::sin(direction) / 2, weights);
}

// A lamp's reflection bleaches a disc somewhere on the symbol, with a soft edge.
void glare(Exposure& exposure, const Camera& camera, double symbolModules, Lot& lot) {
    const double radius = camera.glare * symbolModules * camera.pixelsPerModule / 2;
    const double centreX = static_cast<double>(exposure.width) * lot.real(0.78, 0.9);
    const double centreY = static_cast<double>(exposure.height) * lot.real(0.15, 0.3);
    for (std::size_t y = 0; y < exposure.height; ++y) {
        for (std::size_t x = 0; x < exposure.width; ++x) {
            const double away =
                std::hypot(static_cast<double>(x) - centreX, static_cast<double>(y) - centreY);
            const double light = 1 / (1 + std::exp((away - radius) / (0.25 * radius + 1)));
            exposure.at(x, y) += 230 * light;
        }
    }
}

// Light falls off along a diagonal.
void shade(Exposure& exposure, double share, Lot& lot) {
    const double direction = lot.real(0, 2 * pi);
    for (std::size_t y = 0; y < exposure.height; ++y) {
        for (std::size_t x = 0; x < exposure.width; ++x) {
            const double across = static_cast<double>(x) / static_cast<double>(exposure.width) - 0.5;
            const double down = static_cast<double>(y) / static_cast<double>(exposure.height) - 0.5;
            const double along =
                std::clamp(across * std::cos(direction) + down * std::sin(direction) + 0.5, 0.0, 1.0);
            exposure.at(x, y) *= 1 - share * along;
        }
    }
}

// The sum of four even lots, scaled to the deviation 1, is close enough to a normal one.
double normal(Lot& lot) {
    constexpr double scale = 1.7320508;
    return scale * (lot.real(0, 1) + lot.real(0, 1) + lot.real(0, 1) + lot.real(0, 1) - 2);
}

qr::GreyImage develop(const Exposure& exposure, const Camera& camera, Lot& lot) {
    qr::GreyImage image{exposure.width, exposure.height, Bytes(exposure.levels.size())};
    std::transform(exposure.levels.begin(), exposure.levels.end(), image.pixels.begin(), [&](double level) {
        const double contrasted = 150 + (level - 150) * camera.contrast;
        return static_cast<std::uint8_t>(std::clamp(contrasted + camera.noise * normal(lot), 0.0, 255.0));
    });
    return image;
}

qr::GreyImage throughJpeg(const qr::GreyImage& image, int quality) {
    const std::unique_ptr<void, decltype(&tjDestroy)> compressor(tjInitCompress(), &tjDestroy);
    unsigned char* buffer = nullptr;
    unsigned long length = 0;
    if (tjCompress2(compressor.get(), image.pixels.data(), static_cast<int>(image.width), 0,
                    static_cast<int>(image.height), TJPF_GRAY, &buffer, &length, TJSAMP_GRAY, quality,
                    0) != 0) {
        throw std::runtime_error("libjpeg-turbo does not compress the picture");
    }
    const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(buffer, &tjFree);
    return qr::decodeImage(BytesView(buffer, length));
}

std::string payloadOf(std::uint64_t seed, qr::Profile profile) {
    Lot lot(seed, /*stream*/ 3);
    const auto record = personalization::drawCitizen(static_cast<unsigned>(seed % 1000000), lot).record;
    qr::CardIdentity identity;
    identity.number = record.number;
    identity.oldNumber = record.oldNumber;
    identity.fullName = record.fullName;
    identity.birthDate = toIso(record.birthDate);
    identity.sex = record.sex == personalization::Sex::Male ? "M" : "F";
    identity.residence = record.residence;
    identity.issueDate = toIso(record.issueDate);
    return qr::formatPayload(qr::toPayload(identity), profile);
}

} // namespace

std::string_view nameOf(Hardship hardship) {
    constexpr std::string_view names[] = {
        "perspective",  "rotation", "motion blur",  "defocus",        "noise",
        "JPEG quality", "glare",    "uneven light", "low resolution", "printed and scanned"};
    return names[static_cast<std::size_t>(hardship)];
}

HardPicture takePicture(Hardship hardship, double severity, std::uint64_t seed) {
    Lot lot(seed, /*stream*/ 2);
    const bool of2024 = lot.chance(50);
    auto payload = payloadOf(seed, of2024 ? qr::Profile::Cancuoc2024 : qr::Profile::Cccd2021);
    const auto symbol = qr::Symbol::encode(payload);
    const auto camera = cameraFor(hardship, severity, lot);
    const CardPicture card(symbol, of2024 ? 18 : 12, camera.inkSpread,
                           isFromAfar(hardship) ? Surroundings::cloth(seed) : Surroundings::table(), seed);
    auto exposure = project(card, camera);
    if (camera.glare > 0) {
        glare(exposure, camera, static_cast<double>(symbol.size()), lot);
    }
    if (camera.shade > 0) {
        shade(exposure, camera.shade, lot);
    }
    defocus(exposure, camera.defocus * camera.pixelsPerModule);
    if (camera.motion > 0) {
        move(exposure, camera.motion * camera.pixelsPerModule, camera.motionDirection);
    }
    return {throughJpeg(develop(exposure, camera, lot), camera.jpegQuality), std::move(payload)};
}

} // namespace cancuoc::bench
