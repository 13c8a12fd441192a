// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/drawn_image.hpp"

#include "host/base/error.hpp"
#include "host/biometric/png_image.hpp"

#include <turbojpeg.h>

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
    const biometric::Pixels pixels{static_cast<std::uint32_t>(image.width),
                                   static_cast<std::uint32_t>(image.height), 1, image.pixels};
    return biometric::encodePng(pixels, static_cast<std::size_t>(dotsPerInch),
                                biometric::PngCompression::Small);
}

} // namespace cancuoc::personalization
