// SPDX-License-Identifier: Apache-2.0
#include "qr/picture_filter.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cancuoc::qr {

namespace {

// Along one line: each element becomes the sum of the 2 * radius + 1 elements around it, cut at the ends.
template <class Value>
void sumAlong(const Value* from, std::uint32_t* to, std::size_t length, std::size_t step,
              std::size_t radius) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < std::min(radius, length); ++at) {
        sum += from[at * step];
    }
    for (std::size_t at = 0; at < length; ++at) {
        if (at + radius < length) {
            sum += from[(at + radius) * step];
        }
        to[at * step] = sum;
        if (at >= radius) {
            sum -= from[(at - radius) * step];
        }
    }
}

std::size_t lengthOfWindow(std::size_t at, std::size_t length, std::size_t radius) {
    return std::min(at + radius, length - 1) - (at - std::min(at, radius)) + 1;
}

// combine(pixel, mean of the square around it) for every pixel.
template <class Combine>
GreyImage withMeans(const GreyImage& image, std::size_t radius, Combine&& combine) {
    const auto [width, height] = std::pair{image.width, image.height};
    std::vector<std::uint32_t> rows(image.pixels.size());
    for (std::size_t y = 0; y < height; ++y) {
        sumAlong(image.pixels.data() + y * width, rows.data() + y * width, width, 1, radius);
    }
    GreyImage result{width, height, Bytes(image.pixels.size())};
    // Column sums move down row by row: memory is read in the order in which it lies.
    std::vector<std::uint32_t> sums(width);
    for (std::size_t y = 0; y < std::min(radius, height); ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            sums[x] += rows[y * width + x];
        }
    }
    for (std::size_t y = 0; y < height; ++y) {
        const auto down = lengthOfWindow(y, height, radius);
        const auto* entering = y + radius < height ? rows.data() + (y + radius) * width : nullptr;
        const auto* leaving = y >= radius ? rows.data() + (y - radius) * width : nullptr;
        for (std::size_t x = 0; x < width; ++x) {
            sums[x] += entering != nullptr ? entering[x] : 0;
            const auto mean = sums[x] / (down * lengthOfWindow(x, width, radius));
            const auto at = y * width + x;
            result.pixels[at] = static_cast<std::uint8_t>(
                std::clamp(combine(int{image.pixels[at]}, static_cast<int>(mean)), 0, 255));
            sums[x] -= leaving != nullptr ? leaving[x] : 0;
        }
    }
    return result;
}

} // namespace

GreyImage crop(const GreyImage& image, const Region& region) {
    GreyImage part{region.width, region.height, {}};
    part.pixels.reserve(region.width * region.height);
    for (std::size_t row = 0; row < region.height; ++row) {
        const auto* first = image.pixels.data() + (region.top + row) * image.width + region.left;
        part.pixels.insert(part.pixels.end(), first, first + region.width);
    }
    return part;
}

GreyImage shrink(const GreyImage& image, std::size_t factor) {
    GreyImage result{(image.width + factor - 1) / factor, (image.height + factor - 1) / factor, {}};
    result.pixels.reserve(result.width * result.height);
    for (std::size_t top = 0; top < image.height; top += factor) {
        const auto bottom = std::min(top + factor, image.height);
        for (std::size_t left = 0; left < image.width; left += factor) {
            const auto right = std::min(left + factor, image.width);
            std::size_t sum = 0;
            for (auto y = top; y < bottom; ++y) {
                for (auto x = left; x < right; ++x) {
                    sum += image.pixels[y * image.width + x];
                }
            }
            result.pixels.push_back(static_cast<std::uint8_t>(sum / ((bottom - top) * (right - left))));
        }
    }
    return result;
}

GreyImage smooth(const GreyImage& image, std::size_t radius) {
    return withMeans(image, radius, [](int, int mean) { return mean; });
}

GreyImage sharpen(const GreyImage& image, std::size_t radius, int amount) {
    return withMeans(image, radius, [&](int pixel, int mean) { return pixel + amount * (pixel - mean) / 4; });
}

GreyImage evenLight(const GreyImage& image, std::size_t radius, int amount) {
    constexpr int middle = 128;
    return withMeans(image, radius,
                     [&](int pixel, int mean) { return middle + amount * (pixel - mean) / 4; });
}

} // namespace cancuoc::qr
