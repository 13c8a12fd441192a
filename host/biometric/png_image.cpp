// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/png_image.hpp"

#include "host/base/error.hpp"

#include <png.h>

namespace cancuoc::biometric {

namespace {

/// An image of libpng, freed whichever way its work ends.
class PngImage {
public:
    PngImage() { image_.version = PNG_IMAGE_VERSION; }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    ~PngImage() { png_image_free(&image_); }

    png_image* operator->() { return &image_; }
    png_image* get() { return &image_; }

private:
    png_image image_{};
};

} // namespace

Pixels decodePng(BytesView image, const ImageLimits& limits) {
    PngImage png;
    if (png_image_begin_read_from_memory(png.get(), image.data(), image.size()) == 0) {
        throw MalformedData("The PNG image is damaged.");
    }
    const bool colour = (png->format & PNG_FORMAT_FLAG_COLOR) != 0;
    Pixels pixels{png->width, png->height, static_cast<std::uint8_t>(colour ? 3 : 1), {}};
    limits.require(pixels.width, pixels.height, pixels.channels);
    png->format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    pixels.data.resize(PNG_IMAGE_SIZE(*png.get()));
    const png_color white{0xFF, 0xFF, 0xFF};
    if (png_image_finish_read(png.get(), &white, pixels.data.data(), 0, nullptr) == 0) {
        throw MalformedData("The PNG image is damaged.");
    }
    return pixels;
}

Bytes encodePng(const Pixels& pixels) {
    PngImage png;
    png->width = pixels.width;
    png->height = pixels.height;
    png->format = pixels.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    if (pixels.data.size() != PNG_IMAGE_SIZE(*png.get())) {
        throw MalformedData("The image has another number of pixels than its sides say.");
    }
    Bytes file(PNG_IMAGE_PNG_SIZE_MAX(*png.get()));
    png_alloc_size_t size = file.size();
    if (png_image_write_to_memory(png.get(), file.data(), &size, 0, pixels.data.data(), 0, nullptr) == 0) {
        throw Error("The image cannot be written as PNG.");
    }
    file.resize(size);
    return file;
}

} // namespace cancuoc::biometric
