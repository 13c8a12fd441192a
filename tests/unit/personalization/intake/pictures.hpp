// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <png.h>
#include <turbojpeg.h>
#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>

/// Grey pictures drawn for tests.
namespace pictures {

/// Stripes; another phase makes another picture.
inline cancuoc::Bytes pattern(int width, int height, std::size_t phase = 0) {
    cancuoc::Bytes pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (std::size_t index = 0; index < pixels.size(); ++index) {
        pixels[index] = static_cast<std::uint8_t>(index / 37 + phase);
    }
    return pixels;
}

inline cancuoc::Bytes encodeJpeg(const cancuoc::Bytes& pixels, int width, int height) {
    tjhandle compressor = tjInitCompress();
    unsigned char* file = nullptr;
    unsigned long size = 0;
    const int failed =
        tjCompress2(compressor, pixels.data(), width, 0, height, TJPF_GRAY, &file, &size, TJSAMP_GRAY, 60, 0);
    tjDestroy(compressor);
    if (failed != 0) {
        throw std::runtime_error("no JPEG");
    }
    cancuoc::Bytes result(file, file + size);
    tjFree(file);
    return result;
}

/// An even grey.
inline cancuoc::Bytes evenJpeg(int width, int height, std::uint8_t grey) {
    return encodeJpeg(
        cancuoc::Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), grey), width,
        height);
}

/// Stripes in an oval before a light wall: as much of a face as the face zone is asked for.
inline cancuoc::Bytes jpeg(int width, int height) {
    cancuoc::Bytes pixels = pattern(width, height);
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) {
            const double x = 2.0 * column / width - 1;
            const double y = 2.0 * row / height - 1;
            if (x * x / 0.4 + y * y / 0.5 > 1) {
                pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                       static_cast<std::size_t>(column)] = 220;
            }
        }
    }
    return encodeJpeg(pixels, width, height);
}

/// `pixels`: width * height bytes, four times as many for colours.
inline cancuoc::Bytes encodePng(const cancuoc::Bytes& pixels, int width, int height, png_uint_32 format) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = format;
    png_alloc_size_t size = 0;
    png_image_write_get_memory_size(image, size, 0, pixels.data(), 0, nullptr);
    cancuoc::Bytes file(size);
    if (png_image_write_to_memory(&image, file.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
        throw std::runtime_error("no PNG");
    }
    file.resize(size);
    return file;
}

inline cancuoc::Bytes png(int width, int height, png_uint_32 format = PNG_FORMAT_GRAY,
                          std::size_t phase = 0) {
    return encodePng(pattern(width * 4, height, phase), width, height, format);
}

/// Another finger than png().
inline cancuoc::Bytes otherPng(int width, int height) {
    return png(width, height, PNG_FORMAT_GRAY, 100);
}

inline cancuoc::Bytes evenPng(int width, int height, std::uint8_t grey) {
    return encodePng(cancuoc::Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), grey),
                     width, height, PNG_FORMAT_GRAY);
}

/// The PNG file with a chunk pHYs behind its header (PNG, 11.3.5.3).
inline cancuoc::Bytes withDotsPerMetre(cancuoc::Bytes file, std::uint32_t dots) {
    cancuoc::Bytes body{'p', 'H', 'Y', 's'};
    for (int axis = 0; axis < 2; ++axis) {
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            body.push_back(static_cast<std::uint8_t>(dots >> shift));
        }
    }
    body.push_back(1);
    const unsigned long crc = crc32(0, body.data(), static_cast<unsigned>(body.size()));
    cancuoc::Bytes chunk{0, 0, 0, 9};
    chunk.insert(chunk.end(), body.begin(), body.end());
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        chunk.push_back(static_cast<std::uint8_t>(crc >> shift));
    }
    constexpr std::ptrdiff_t behindHeader = 33;
    file.insert(file.begin() + behindHeader, chunk.begin(), chunk.end());
    return file;
}

} // namespace pictures
