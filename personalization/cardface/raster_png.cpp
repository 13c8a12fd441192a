// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/raster_png.hpp"

#include "host/base/error.hpp"

#include <png.h>

#include <cmath>
#include <string>

namespace cancuoc::cardface {

namespace {

// The library's own way to report is a long jump; an exception unwinds what stands between.
[[noreturn]] void refusePicture(png_structp, png_const_charp message) {
    throw Error(std::string("The PNG library cannot write a card's face: ") + message + ".");
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

    Bytes write(const biometric::Pixels& pixels, std::size_t dotsPerInch) {
        constexpr double metresPerInch = 0.0254;
        constexpr int fastest = 1;
        Bytes file;
        png_set_write_fn(png_, &file, &appendPicture, nullptr);
        png_set_compression_level(png_, fastest);
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

} // namespace

Bytes toPng(const biometric::Pixels& pixels, std::size_t dotsPerInch) {
    return PictureWriter().write(pixels, dotsPerInch);
}

} // namespace cancuoc::cardface
