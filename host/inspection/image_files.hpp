// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/inspection/document_image.hpp"
#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// What became of an image that was stored.
struct ImageFiles {
    std::string encoded; ///< name of the file with the image as the card has it; empty if it was not stored
    std::string displayable; ///< name of the same image as PNG; empty where everybody can show the card's
    std::string defect;      ///< why there is no PNG though there should be one
};

/// What became of all images of a document.
struct StoredImages {
    ImageFiles face;
    std::vector<ImageFiles> others; ///< of InspectionResult::images, in their order; empty if none was stored
};

/// Stores the face and the other images in `directory` as the card has them, and those that few programs show
/// (JPEG 2000, WSQ, bare samples) as PNG too: `face.jp2` and `face.png`, `DG3-1-right-index-finger.wsq`. Only
/// the owner may read the files. The pixels must have been asked for (InspectionRequest::decodePixels).
/// @throws Error if a file cannot be written
[[nodiscard]] StoredImages storeImages(const InspectionResult& result,
                                       const std::filesystem::path& directory);

/// Whether storeImages() may have left a file of this name.
[[nodiscard]] bool isImageFile(const std::filesystem::path& name);

} // namespace cancuoc::inspection
