// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document_image.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "host/base/error.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/data_group_4.hpp"
#include "host/lds/data_group_5.hpp"
#include "host/lds/data_group_7.hpp"

namespace cancuoc::inspection {

using lds::FileId;

namespace {

// In the order of their codes in ISO/IEC 19794-4:2005, table 6, which 39794-4 keeps.
constexpr std::array<std::string_view, 11> fingerNames = {"finger",
                                                          "right thumb",
                                                          "right index finger",
                                                          "right middle finger",
                                                          "right ring finger",
                                                          "right little finger",
                                                          "left thumb",
                                                          "left index finger",
                                                          "left middle finger",
                                                          "left ring finger",
                                                          "left little finger"};

std::string_view fingerName(std::uint16_t position) {
    return position < fingerNames.size() ? fingerNames[position] : "part of a hand";
}

std::string_view irisName(biometric::Eye eye) {
    switch (eye) {
    case biometric::Eye::Right:
        return "right iris";
    case biometric::Eye::Left:
        return "left iris";
    case biometric::Eye::Unknown:
        break;
    }
    return "iris";
}

biometric::EncodedImage withHeader(Bytes image) {
    const auto header = biometric::readImageHeader(image);
    return {header.format, header.width, header.height, 1, 8, std::move(image)};
}

std::vector<DocumentImage> displayedImages(FileId file, std::string_view shows, std::vector<Bytes> pictures) {
    std::vector<DocumentImage> images;
    images.reserve(pictures.size());
    for (auto& picture : pictures) {
        images.push_back({file, std::string(shows), withHeader(std::move(picture)), {}});
    }
    return images;
}

} // namespace

ShownImage ShownImage::of(const biometric::EncodedImage& image) {
    try {
        return {image.pixels(), ""};
    } catch (const MalformedData& malformed) {
        return {std::nullopt, malformed.what()};
    }
}

std::vector<DocumentImage> imagesIn(FileId file, BytesView content) {
    std::vector<DocumentImage> images;
    switch (file) {
    case FileId::DataGroup3:
        for (auto& finger : lds::DataGroup3::decode(content).fingers()) {
            images.push_back({file, std::string(fingerName(finger.position)), std::move(finger.image), {}});
        }
        return images;
    case FileId::DataGroup4:
        for (auto& iris : lds::DataGroup4::decode(content).irises()) {
            images.push_back({file, std::string(irisName(iris.eye)), std::move(iris.image), {}});
        }
        return images;
    case FileId::DataGroup5:
        return displayedImages(file, "displayed portrait", lds::DataGroup5::decode(content).portraits);
    case FileId::DataGroup7:
        return displayedImages(file, "signature or usual mark", lds::DataGroup7::decode(content).signatures);
    default:
        return images;
    }
}

std::optional<biometric::EncodedImage> faceIn(BytesView dataGroup2) {
    for (auto& image : lds::DataGroup2::decode(dataGroup2).images()) {
        if (image.format == biometric::ImageFormat::Jpeg || biometric::isJpeg2000(image.format)) {
            return std::move(image);
        }
    }
    return std::nullopt;
}

} // namespace cancuoc::inspection
