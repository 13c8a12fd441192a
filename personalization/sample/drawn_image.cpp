// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/drawn_image.hpp"

#include "host/base/error.hpp"

#include <png.h>
#include <turbojpeg.h>

#include <cmath>
#include <memory>
#include <type_traits>

namespace cancuoc::personalization {

namespace {

struct TurboJpegCloser {
    void operator()(void* handle) const { tjDestroy(handle); }
};
struct TurboJpegFree {
    void operator()(unsigned char* buffer) const { tjFree(buffer); }
};

Bytes encodeJpegAt(tjhandle compressor, const DrawnImage& image, int quality) {
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    const int result = tjCompress2(compressor, image.pixels.data(), image.width, 0, image.height, TJPF_RGB,
                                   &buffer, &size, TJSAMP_420, quality, TJFLAG_ACCURATEDCT);
    const std::unique_ptr<unsigned char, TurboJpegFree> owner(buffer);
    if (result != 0) {
        throw Error(std::string("A drawn portrait could not be encoded: ") + tjGetErrorStr2(compressor));
    }
    return {buffer, buffer + size};
}

[[noreturn]] void throwPngError(png_structp, png_const_charp message) {
    throw Error(std::string("A drawn fingerprint could not be encoded: ") + message);
}

void ignorePngWarning(png_structp, png_const_charp) {}

void appendPng(png_structp png, png_bytep data, std::size_t size) {
    append(*static_cast<Bytes*>(png_get_io_ptr(png)), {data, size});
}

class PngWriter {
public:
    PngWriter()
        : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, throwPngError, ignorePngWarning)),
          info_(png_create_info_struct(png_)) {}
    PngWriter(const PngWriter&) = delete;
    PngWriter& operator=(const PngWriter&) = delete;
    ~PngWriter() { png_destroy_write_struct(&png_, &info_); }

    Bytes write(const DrawnImage& image, int dotsPerInch) {
        Bytes file;
        png_set_write_fn(png_, &file, appendPng, nullptr);
        png_set_filter(png_, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE); // smallest for ridges, and fastest
        png_set_IHDR(png_, info_, static_cast<png_uint_32>(image.width),
                     static_cast<png_uint_32>(image.height), 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        const auto dotsPerMetre = static_cast<png_uint_32>(std::lround(dotsPerInch / 0.0254));
        png_set_pHYs(png_, info_, dotsPerMetre, dotsPerMetre, PNG_RESOLUTION_METER);
        png_write_info(png_, info_);
        for (int row = 0; row < image.height; ++row) {
            const std::size_t start = static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width);
            png_write_row(png_, image.pixels.data() + start);
        }
        png_write_end(png_, info_);
        return file;
    }

private:
    png_structp png_;
    png_infop info_;
};

} // namespace

Bytes encodeJpeg(const DrawnImage& image, std::size_t maximumSize) {
    const std::unique_ptr<void, TurboJpegCloser> compressor(tjInitCompress());
    if (!compressor) {
        throw Error(std::string("libjpeg-turbo does not start: ") + tjGetErrorStr2(nullptr));
    }
    constexpr int bestQuality = 95;
    constexpr int leastQuality = 60;
    for (int quality = bestQuality; quality >= leastQuality; quality -= 3) {
        Bytes file = encodeJpegAt(compressor.get(), image, quality);
        if (file.size() <= maximumSize) {
            return file;
        }
    }
    throw Error("A drawn portrait does not fit " + std::to_string(maximumSize) + " bytes.");
}

Bytes encodePng(const DrawnImage& image, int dotsPerInch) {
    return PngWriter().write(image, dotsPerInch);
}

} // namespace cancuoc::personalization
