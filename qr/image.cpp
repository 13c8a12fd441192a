// SPDX-License-Identifier: Apache-2.0
#include "qr/image.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <png.h>
#include <turbojpeg.h>

#include "host/base/error.hpp"
#include "qr/orientation.hpp"

namespace cancuoc::qr {

namespace {

constexpr std::array<std::uint8_t, 8> pngSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
constexpr std::array<std::uint8_t, 3> jpegSignature{0xFF, 0xD8, 0xFF};

bool startsWith(BytesView file, BytesView signature) {
    return file.size() >= signature.size() && std::equal(signature.begin(), signature.end(), file.begin());
}

void requireSize(std::size_t width, std::size_t height) {
    if (width == 0 || height == 0 || width > maximumImagePixels / height) {
        throw MalformedData(fmt::format("The picture has {} x {} pixels; at most {} are read.", width, height,
                                        maximumImagePixels));
    }
}

GreyImage decodePng(BytesView file) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, decltype(&png_image_free)> guard(&header, &png_image_free);
    if (png_image_begin_read_from_memory(&header, file.data(), file.size()) == 0) {
        throw MalformedData(fmt::format("The PNG picture is damaged: {}.", header.message));
    }
    requireSize(header.width, header.height);
    header.format = PNG_FORMAT_GRAY;
    GreyImage image{header.width, header.height, Bytes(std::size_t{header.width} * header.height)};
    const png_color white{0xFF, 0xFF, 0xFF};
    if (png_image_finish_read(&header, &white, image.pixels.data(), 0, nullptr) == 0) {
        throw MalformedData(fmt::format("The PNG picture is damaged: {}.", header.message));
    }
    return image;
}

GreyImage decodeJpeg(BytesView file) {
    using Decompressor = std::unique_ptr<void, decltype(&tjDestroy)>;
    const Decompressor decompressor(tjInitDecompress(), &tjDestroy);
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colourSpace = 0;
    if (!decompressor || tjDecompressHeader3(decompressor.get(), file.data(), file.size(), &width, &height,
                                             &subsampling, &colourSpace) != 0) {
        throw MalformedData("The JPEG picture is damaged.");
    }
    requireSize(static_cast<std::size_t>(width), static_cast<std::size_t>(height));
    GreyImage image{static_cast<std::size_t>(width), static_cast<std::size_t>(height), {}};
    image.pixels.resize(image.width * image.height);
    if (tjDecompress2(decompressor.get(), file.data(), file.size(), image.pixels.data(), width, 0, height,
                      TJPF_GRAY, TJFLAG_LIMITSCANS) != 0 &&
        tjGetErrorCode(decompressor.get()) == TJERR_FATAL) {
        throw MalformedData("The JPEG picture is damaged.");
    }
    return upright(std::move(image), orientationOf(file));
}

} // namespace

GreyImage decodeImage(BytesView file) {
    if (file.size() > maximumImageFileSize) {
        throw MalformedData(fmt::format("The picture file has {} bytes; at most {} are read.", file.size(),
                                        maximumImageFileSize));
    }
    if (startsWith(file, pngSignature)) {
        return decodePng(file);
    }
    if (startsWith(file, jpegSignature)) {
        return decodeJpeg(file);
    }
    throw MalformedData("The file is neither a PNG nor a JPEG picture.");
}

GreyImage enlarge(const GreyImage& image, std::size_t factor) {
    requireSize(image.width * factor, image.height * factor);
    GreyImage result{image.width * factor, image.height * factor, {}};
    result.pixels.resize(result.width * result.height);
    // Bilinear interpolation in whole numbers: positions count in units of 1 / (2 * factor) pixel, from pixel
    // centre to pixel centre.
    const auto unit = 2 * factor;
    const auto neighbours = [&](std::size_t position, std::size_t limit) {
        const auto centred = std::max(2 * position + 1, factor) - factor;
        const auto first = std::min(centred / unit, limit - 1);
        return std::array<std::size_t, 3>{first, std::min(first + 1, limit - 1), centred % unit};
    };
    for (std::size_t y = 0; y < result.height; ++y) {
        const auto [top, bottom, down] = neighbours(y, image.height);
        for (std::size_t x = 0; x < result.width; ++x) {
            const auto [left, right, across] = neighbours(x, image.width);
            const auto blend = [&, l = left, r = right, a = across](std::size_t row) {
                return image.pixels[row * image.width + l] * (unit - a) +
                       image.pixels[row * image.width + r] * a;
            };
            const auto value = blend(top) * (unit - down) + blend(bottom) * down;
            result.pixels[y * result.width + x] = static_cast<std::uint8_t>(value / (unit * unit));
        }
    }
    return result;
}

} // namespace cancuoc::qr
