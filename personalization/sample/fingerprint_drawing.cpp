// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/fingerprint_drawing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace cancuoc::personalization {

namespace {

constexpr int width = 300;
constexpr int height = 400;

enum class Pattern { Arch, Loop, Whorl };

// A ridge that ends or forks: the phase of the ridges winds once around it.
struct Minutia {
    double x;
    double y;
    double winding; // +1 or -1
};

struct Finger {
    Pattern pattern;
    double coreX;
    double coreY;
    double lean;   // towards which side a loop opens, as the slope of its axis
    double period; // of the ridges in pixels; 9 pixels are 0.46 mm at 500 dpi
    double waves;  // phase of the slow bends that make each finger its own
    std::vector<Minutia> minutiae;
};

Finger makeFinger(Lot& lot) {
    Finger finger{};
    const int kind = lot.between(1, 100); // roughly as common as among people
    finger.pattern = kind <= 60 ? Pattern::Loop : kind <= 93 ? Pattern::Whorl : Pattern::Arch;
    finger.coreX = lot.real(135, 165);
    finger.coreY = lot.real(165, 200);
    const double lean = lot.real(0.18, 0.42);
    finger.lean = lot.chance(50) ? lean : -lean;
    finger.period = lot.real(8.4, 10.2);
    finger.waves = lot.real(0, 2 * std::numbers::pi);
    const int count = lot.between(22, 34);
    for (int i = 0; i < count; ++i) {
        finger.minutiae.push_back({lot.real(30, 270), lot.real(30, 370), i % 2 == 0 ? 1.0 : -1.0});
    }
    return finger;
}

// Distance in pixels across the ridges: ridges run where it stays the same.
double acrossRidges(const Finger& finger, double x, double y) {
    const double dx = x - finger.coreX;
    const double dy = y - finger.coreY;
    const double bend = 5 * std::sin(x / 61 + finger.waves) + 4 * std::sin(y / 47 - 2 * finger.waves);
    if (finger.pattern == Pattern::Arch) {
        return y + 62 * std::exp(-dx * dx / 5200) * (1 - 0.0016 * y) + bend;
    }
    if (finger.pattern == Pattern::Whorl) {
        return std::sqrt(1.4 * dx * dx + 0.74 * dy * dy) + bend;
    }
    // A loop: arcs above the core, and around an axis that runs down from it to one side.
    const double below = std::max(dy, 0.0);
    const double fromAxis = dx - finger.lean * below * below / (below + 70);
    const double above = std::min(dy, 0.0) * 0.9;
    return std::sqrt(fromAxis * fromAxis + above * above + 4) + bend;
}

// The wave of the ridges: 1 in the middle of a ridge, -1 in the middle of a furrow. Each minutia adds its
// winding angle to the phase. The angles are added by multiplying complex numbers, written out because
// std::complex looks for infinities in every product.
double ridgeWaveAt(const Finger& finger, double x, double y) {
    const double phase = 2 * std::numbers::pi * acrossRidges(finger, x, y) / finger.period;
    double real = std::cos(phase);
    double imaginary = std::sin(phase);
    for (const Minutia& minutia : finger.minutiae) {
        const double dx = x - minutia.x;
        const double dy = minutia.winding * (y - minutia.y);
        const double next = real * dx - imaginary * dy;
        imaginary = real * dy + imaginary * dx;
        real = next;
    }
    return real / std::sqrt(real * real + imaginary * imaginary);
}

// 1 where the finger pressed on the glass, falling to 0 at its rim.
double pressureAt(const Finger& finger, double x, double y) {
    const double dx = (x - width / 2.0) / 140;
    const double dy = (y - height / 2.0) / 192;
    const double radius = std::pow(std::pow(std::abs(dx), 2.5) + std::pow(std::abs(dy), 2.5), 1 / 2.5);
    const double ragged = 0.02 * std::sin(x / 9 + finger.waves) + 0.02 * std::sin(y / 7 + finger.waves);
    return std::clamp((1 - radius + ragged) / 0.09, 0.0, 1.0);
}

} // namespace

DrawnImage drawFingerprint(Lot& lot) {
    const Finger finger = makeFinger(lot);
    DrawnImage image{width, height, 1, {}};
    image.pixels.reserve(static_cast<std::size_t>(width) * height);
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) {
            const double x = column;
            const double y = row;
            const double ridge = std::clamp(0.5 + 0.95 * ridgeWaveAt(finger, x, y), 0.0, 1.0);
            const double darkness =
                ridge * pressureAt(finger, x, y) * (0.86 + 0.14 * std::sin(x / 37 + y / 53));
            // Few levels of grey: as clear to look at, and a third of the bytes on the chip.
            constexpr double levels = 7;
            const double level = std::round(darkness * levels) / levels;
            image.pixels.push_back(static_cast<std::uint8_t>(std::lround(250 - 215 * level)));
        }
    }
    return image;
}

} // namespace cancuoc::personalization
