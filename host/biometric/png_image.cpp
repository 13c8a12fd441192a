// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/png_image.hpp"

#include "host/base/error.hpp"

#include <png.h>

#include <cmath>

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

// The library's own way to report is a long jump; an exception unwinds what stands between.
[[noreturn]] void refusePicture(png_structp, png_const_charp message) {
    throw Error(std::string("The image cannot be written as PNG: ") + message + ".");
}

void ignorePictureWarning(png_structp, png_const_charp) {}

void appendPicture(png_structp png, png_bytep data, png_size_t length) {
    append(*static_cast<Bytes*>(png_get_io_ptr(png)), BytesView(data, length));
}

/// The library's two structures, destroyed together.
class PictureWriter {
public:
    PictureWriter()
        : png_(
              png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, &refusePicture, &ignorePictureWarning)),
          info_(png_create_info_struct(png_)) {}
    PictureWriter(const PictureWriter&) = delete;
    PictureWriter& operator=(const PictureWriter&) = delete;
    ~PictureWriter() { png_destroy_write_struct(&png_, &info_); }

    Bytes write(const Pixels& pixels, std::size_t dotsPerInch, PngCompression compression) {
        constexpr double metresPerInch = 0.0254;
        constexpr int fastest = 1;
        Bytes file;
        png_set_write_fn(png_, &file, &appendPicture, nullptr);
        if (compression == PngCompression::Quick) {
            png_set_compression_level(png_, fastest);
        }
        png_set_filter(png_, PNG_FILTER_TYPE_BASE, pixels.channels == 1 ? PNG_FILTER_NONE : PNG_FILTER_SUB);
        png_set_IHDR(png_, info_, pixels.width, pixels.height, 8,
                     pixels.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        const auto perMetre =
            static_cast<png_uint_32>(std::lround(static_cast<double>(dotsPerInch) / metresPerInch));
        png_set_pHYs(png_, info_, perMetre, perMetre, PNG_RESOLUTION_METER);
        png_write_info(png_, info_);
        const std::size_t stride = std::size_t{pixels.width} * pixels.channels;
        for (std::size_t row = 0; row < pixels.height; ++row) {
            png_write_row(png_, pixels.data.data() + row * stride);
        }
        png_write_end(png_, info_);
        return file;
    }

private:
    png_structp png_;
    png_infop info_;
};

void requireWholePicture(const Pixels& pixels) {
    if (pixels.data.size() != std::size_t{pixels.width} * pixels.height * pixels.channels) {
        throw MalformedData("The image has another number of pixels than its sides say.");
    }
}

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
    requireWholePicture(pixels);
    PngImage png;
    png->width = pixels.width;
    png->height = pixels.height;
    png->format = pixels.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    Bytes file(PNG_IMAGE_PNG_SIZE_MAX(*png.get()));
    png_alloc_size_t size = file.size();
    if (png_image_write_to_memory(png.get(), file.data(), &size, 0, pixels.data.data(), 0, nullptr) == 0) {
        throw Error("The image cannot be written as PNG.");
    }
    file.resize(size);
    return file;
}

Bytes encodePng(const Pixels& pixels, std::size_t dotsPerInch, PngCompression compression) {
    requireWholePicture(pixels);
    return PictureWriter().write(pixels, dotsPerInch, compression);
}

} // namespace cancuoc::biometric
