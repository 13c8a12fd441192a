// SPDX-License-Identifier: Apache-2.0
#include "qr/png_file.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>
#include <png.h>

#include "host/base/error.hpp"

namespace cancuoc::qr {

namespace {

// The library's own way to report is a long jump; an exception unwinds what stands between.
[[noreturn]] void refuse(png_structp, png_const_charp message) {
    throw Error(fmt::format("The PNG library cannot write the picture: {}.", message));
}

void ignoreWarning(png_structp, png_const_charp) {}

void appendTo(png_structp png, png_bytep data, png_size_t length) {
    append(*static_cast<Bytes*>(png_get_io_ptr(png)), BytesView(data, length));
}

void ignoreFlush(png_structp) {}

/// The library's two structures, destroyed together.
class Writer {
public:
    Writer() : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, &refuse, &ignoreWarning)) {
        info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
        if (info_ == nullptr) {
            png_destroy_write_struct(&png_, nullptr);
            throw Error("The PNG library has no memory for a picture.");
        }
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() { png_destroy_write_struct(&png_, &info_); }

    [[nodiscard]] png_structp png() const { return png_; }
    [[nodiscard]] png_infop info() const { return info_; }

private:
    png_structp png_;
    png_infop info_ = nullptr;
};

void packRow(const std::uint8_t* pixels, std::size_t width, Bytes& row) {
    row.assign((width + 7) / 8, 0);
    for (std::size_t x = 0; x < width; ++x) {
        row[x / 8] = static_cast<std::uint8_t>(row[x / 8] | ((pixels[x] >> 7U) << (7U - x % 8)));
    }
}

} // namespace

Bytes writeBlackAndWhitePng(const GreyImage& image, std::size_t dotsPerInch) {
    constexpr double metresPerInch = 0.0254;
    Bytes file;
    const Writer writer;
    png_set_write_fn(writer.png(), &file, &appendTo, &ignoreFlush);
    png_set_IHDR(writer.png(), writer.info(), static_cast<png_uint_32>(image.width),
                 static_cast<png_uint_32>(image.height), /*bits*/ 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (dotsPerInch != 0) {
        const auto perMetre =
            static_cast<png_uint_32>(std::lround(static_cast<double>(dotsPerInch) / metresPerInch));
        png_set_pHYs(writer.png(), writer.info(), perMetre, perMetre, PNG_RESOLUTION_METER);
    }
    png_write_info(writer.png(), writer.info());
    Bytes row;
    for (std::size_t y = 0; y < image.height; ++y) {
        packRow(image.pixels.data() + y * image.width, image.width, row);
        png_write_row(writer.png(), row.data());
    }
    png_write_end(writer.png(), writer.info());
    return file;
}

} // namespace cancuoc::qr
