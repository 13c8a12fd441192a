// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/image_files.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "host/base/file.hpp"
#include "host/biometric/png_image.hpp"

namespace cancuoc::inspection {

namespace {

using biometric::ImageFormat;
using lds::FileId;

constexpr std::string_view faceStem = "face";

// Formats that programs for pictures do not show.
bool isSeldomShown(ImageFormat format) {
    return biometric::isJpeg2000(format) || format == ImageFormat::Wsq || format == ImageFormat::Raw;
}

ImageFiles storeImage(const biometric::EncodedImage& image, const ShownImage& shown, std::string_view stem,
                      const std::filesystem::path& directory) {
    ImageFiles files;
    files.encoded = fmt::format("{}{}", stem, biometric::fileExtension(image.format));
    writePrivateFile(directory / files.encoded, image.data);
    if (!isSeldomShown(image.format)) {
        return files;
    }
    files.defect = shown.defect;
    if (shown.pixels) {
        files.displayable = fmt::format("{}{}", stem, biometric::fileExtension(ImageFormat::Png));
        writePrivateFile(directory / files.displayable, biometric::encodePng(*shown.pixels));
    }
    return files;
}

// DG3-1-right-index-finger: the images of a data group are counted from 1.
std::string stemOf(const DocumentImage& image, std::size_t number) {
    std::string stem = fmt::format("{}-{}-{}", lds::fileName(image.file), number, image.shows);
    std::replace(stem.begin(), stem.end(), ' ', '-');
    return stem;
}

} // namespace

StoredImages storeImages(const InspectionResult& result, const std::filesystem::path& directory) {
    StoredImages stored;
    if (result.face) {
        stored.face = storeImage(*result.face, result.shownFace, faceStem, directory);
    }
    FileId file{};
    std::size_t number = 0;
    for (const auto& image : result.images) {
        number = image.file == file ? number + 1 : 1;
        file = image.file;
        stored.others.push_back(storeImage(image.encoded, image.shown, stemOf(image, number), directory));
    }
    return stored;
}

bool isImageFile(const std::filesystem::path& name) {
    const std::string stem = name.stem().string();
    constexpr FileId withImages[] = {FileId::DataGroup3, FileId::DataGroup4, FileId::DataGroup5,
                                     FileId::DataGroup7};
    return stem == faceStem || std::any_of(std::begin(withImages), std::end(withImages), [&](FileId file) {
               return stem.starts_with(lds::fileName(file) + "-");
           });
}

} // namespace cancuoc::inspection
