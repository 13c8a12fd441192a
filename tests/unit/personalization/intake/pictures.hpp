// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <png.h>
#include <turbojpeg.h>

#include <stdexcept>

/// Grey pictures drawn for tests.
namespace pictures {

inline cancuoc::Bytes pattern(int width, int height) {
    cancuoc::Bytes pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (std::size_t index = 0; index < pixels.size(); ++index) {
        pixels[index] = static_cast<std::uint8_t>(index / 37);
    }
    return pixels;
}

inline cancuoc::Bytes jpeg(int width, int height) {
    const cancuoc::Bytes pixels = pattern(width, height);
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

inline cancuoc::Bytes png(int width, int height, png_uint_32 format = PNG_FORMAT_GRAY) {
    cancuoc::Bytes pixels = pattern(width * 4, height);
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

} // namespace pictures
