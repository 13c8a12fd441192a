// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/jpeg2000_image.hpp"

#include "host/base/error.hpp"
#include "host/biometric/jpeg2000_codestream.hpp"

#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <memory>

namespace cancuoc::biometric {

namespace {

using Codec = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using Stream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using Image = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

/// The bytes that OpenJPEG reads, and how far it has come.
struct Source {
    BytesView bytes;
    std::size_t position = 0;
};

OPJ_SIZE_T readSource(void* buffer, OPJ_SIZE_T size, void* data) {
    auto& source = *static_cast<Source*>(data);
    const std::size_t taken = std::min(size, source.bytes.size() - source.position);
    if (taken == 0) {
        return static_cast<OPJ_SIZE_T>(-1); // the end, says opj_stream_set_read_function
    }
    std::copy_n(source.bytes.begin() + static_cast<std::ptrdiff_t>(source.position), taken,
                static_cast<std::uint8_t*>(buffer));
    source.position += taken;
    return taken;
}

OPJ_BOOL seekSource(OPJ_OFF_T position, void* data) {
    auto& source = *static_cast<Source*>(data);
    if (position < 0 || static_cast<std::size_t>(position) > source.bytes.size()) {
        return OPJ_FALSE;
    }
    source.position = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

OPJ_OFF_T skipSource(OPJ_OFF_T count, void* data) {
    const auto& source = *static_cast<Source*>(data);
    return seekSource(static_cast<OPJ_OFF_T>(source.position) + count, data) == OPJ_TRUE ? count : -1;
}

Stream openStream(Source& source) {
    Stream stream(opj_stream_default_create(OPJ_TRUE), &opj_stream_destroy);
    if (stream) {
        opj_stream_set_user_data(stream.get(), &source, nullptr);
        opj_stream_set_user_data_length(stream.get(), source.bytes.size());
        opj_stream_set_read_function(stream.get(), readSource);
        opj_stream_set_skip_function(stream.get(), skipSource);
        opj_stream_set_seek_function(stream.get(), seekSource);
    }
    return stream;
}

Codec openCodec(bool bareCodestream) {
    Codec codec(opj_create_decompress(bareCodestream ? OPJ_CODEC_J2K : OPJ_CODEC_JP2), &opj_destroy_codec);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (codec && (opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE ||
                  opj_decoder_set_strict_mode(codec.get(), OPJ_FALSE) == OPJ_FALSE)) {
        codec.reset();
    }
    return codec;
}

Image decodeImage(BytesView bytes, bool bareCodestream) {
    Source source{bytes};
    const Stream stream = openStream(source);
    const Codec codec = openCodec(bareCodestream);
    opj_image_t* header = nullptr;
    const bool headerRead =
        stream && codec && opj_read_header(stream.get(), codec.get(), &header) == OPJ_TRUE;
    Image image(header, &opj_image_destroy);
    if (!headerRead || opj_decode(codec.get(), stream.get(), image.get()) == OPJ_FALSE) {
        throw MalformedData("The JPEG 2000 image is damaged.");
    }
    return image;
}

/// Samples of one component as 8 bits, by their place in the image; components may have fewer samples than
/// it.
class Component {
public:
    Component(const opj_image_t& image, std::size_t index)
        : component_(image.comps[index]), horizontalStep_(std::max(component_.dx / image.comps[0].dx, 1U)),
          verticalStep_(std::max(component_.dy / image.comps[0].dy, 1U)) {
        if (component_.data == nullptr || component_.w == 0 || component_.h == 0 || component_.prec == 0 ||
            component_.prec > 16) {
            throw MalformedData("The JPEG 2000 image has a component that is not read.");
        }
    }

    [[nodiscard]] std::uint8_t at(std::uint32_t x, std::uint32_t y) const {
        const std::size_t column = std::min(x / horizontalStep_, component_.w - 1);
        const std::size_t row = std::min(y / verticalStep_, component_.h - 1);
        const std::int64_t sample = component_.data[row * component_.w + column] +
                                    (component_.sgnd != 0 ? std::int64_t{1} << (component_.prec - 1) : 0);
        const std::int64_t largest = (std::int64_t{1} << component_.prec) - 1;
        return static_cast<std::uint8_t>(std::clamp(sample, std::int64_t{0}, largest) * 255 / largest);
    }

private:
    const opj_image_comp_t& component_;
    std::uint32_t horizontalStep_;
    std::uint32_t verticalStep_;
};

std::uint8_t toByte(double value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

// ISO/IEC 15444-1, I.5.3.3, sYCC: IEC 61966-2-1, Amendment 1
std::array<std::uint8_t, 3> fromLuminance(double luminance, double blueDifference, double redDifference) {
    constexpr double zero = 128;
    const double blue = blueDifference - zero;
    const double red = redDifference - zero;
    return {toByte(luminance + 1.402 * red), toByte(luminance - 0.344136 * blue - 0.714136 * red),
            toByte(luminance + 1.772 * blue)};
}

Pixels greyPixels(const opj_image_t& image) {
    const Component grey(image, 0);
    Pixels pixels{image.comps[0].w, image.comps[0].h, 1, {}};
    pixels.data.reserve(std::size_t{pixels.width} * pixels.height);
    for (std::uint32_t y = 0; y < pixels.height; ++y) {
        for (std::uint32_t x = 0; x < pixels.width; ++x) {
            pixels.data.push_back(grey.at(x, y));
        }
    }
    return pixels;
}

Pixels colourPixels(const opj_image_t& image) {
    const std::array<Component, 3> components{Component(image, 0), Component(image, 1), Component(image, 2)};
    const bool luminance = image.color_space == OPJ_CLRSPC_SYCC || image.color_space == OPJ_CLRSPC_EYCC;
    Pixels pixels{image.comps[0].w, image.comps[0].h, 3, {}};
    pixels.data.reserve(std::size_t{pixels.width} * pixels.height * pixels.channels);
    for (std::uint32_t y = 0; y < pixels.height; ++y) {
        for (std::uint32_t x = 0; x < pixels.width; ++x) {
            std::array<std::uint8_t, 3> pixel{components[0].at(x, y), components[1].at(x, y),
                                              components[2].at(x, y)};
            if (luminance) {
                pixel = fromLuminance(pixel[0], pixel[1], pixel[2]);
            }
            append(pixels.data, pixel);
        }
    }
    return pixels;
}

} // namespace

Pixels decodeJpeg2000(BytesView image, const ImageLimits& limits) {
    const BytesView codestream = findCodestream(image);
    requireModestCodestream(codestream, limits);
    const Image decoded = decodeImage(image, codestream.size() == image.size());
    if (decoded->numcomps == 0 || decoded->color_space == OPJ_CLRSPC_CMYK) {
        throw MalformedData("The JPEG 2000 image has colours that are not read.");
    }
    limits.require(decoded->comps[0].w, decoded->comps[0].h, sizeof(OPJ_INT32));
    return decoded->numcomps < 3 ? greyPixels(*decoded) : colourPixels(*decoded);
}

} // namespace cancuoc::biometric
