// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/pnm_image.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::biometric {

namespace {

bool isSpace(std::uint8_t character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
}

/// The numbers of the header, with white space and comments between them.
class HeaderReader {
public:
    explicit HeaderReader(BytesView image) : image_(image) {}

    std::optional<std::uint32_t> nextNumber() {
        skipSpace();
        constexpr std::size_t longest = 8;
        const std::size_t start = position_;
        std::uint32_t number = 0;
        while (position_ < image_.size() && position_ - start < longest && image_[position_] >= '0' &&
               image_[position_] <= '9') {
            number = number * 10 + (image_[position_++] - std::uint32_t{'0'});
        }
        // A number ends with one white space, behind which the samples may begin.
        if (position_ == start || position_ == image_.size() || !isSpace(image_[position_])) {
            return std::nullopt;
        }
        return number;
    }

    [[nodiscard]] std::size_t position() const { return position_; }

private:
    void skipSpace() {
        while (position_ < image_.size() && (isSpace(image_[position_]) || image_[position_] == '#')) {
            if (image_[position_] == '#') {
                const auto start = image_.begin() + static_cast<std::ptrdiff_t>(position_);
                position_ = static_cast<std::size_t>(std::find(start, image_.end(), '\n') - image_.begin());
            } else {
                ++position_;
            }
        }
    }

    BytesView image_;
    std::size_t position_ = 2; ///< behind P5 or P6
};

} // namespace

std::optional<PnmHeader> readPnmHeader(BytesView image) {
    if (image.size() < 3 || image[0] != 'P' || (image[1] != '5' && image[1] != '6') || !isSpace(image[2])) {
        return std::nullopt;
    }
    HeaderReader reader(image);
    const auto width = reader.nextNumber();
    const auto height = width ? reader.nextNumber() : std::nullopt;
    const auto largestSample = height ? reader.nextNumber() : std::nullopt;
    if (!largestSample) {
        return std::nullopt;
    }
    return PnmHeader{static_cast<std::uint8_t>(image[1] == '5' ? 1 : 3), *width, *height, *largestSample,
                     reader.position() + 1};
}

Pixels decodePnm(BytesView image, const ImageLimits& limits) {
    const auto header = readPnmHeader(image);
    if (!header || (header->largestSample != UINT8_MAX && header->largestSample != UINT16_MAX)) {
        throw MalformedData("The PGM or PPM image is damaged.");
    }
    return unpackPixels(image.subspan(header->length), header->width, header->height, header->channels,
                        header->largestSample == UINT8_MAX ? 8 : 16, limits);
}

} // namespace cancuoc::biometric
