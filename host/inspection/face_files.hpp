// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "host/biometric/biometric_images.hpp"

namespace cancuoc::inspection {

/// The name of the face's files, without the extension of their format.
inline constexpr std::string_view faceFileStem = "face";

/// What became of a face that was stored.
struct FaceFiles {
    std::string encoded; ///< name of the file with the image as the card has it; empty if it was not stored
    std::string displayable; ///< name of the same image as PNG; empty where everybody can show the card's
    std::string defect;      ///< why there is no PNG though there should be one
};

/// Stores the face in `directory` as the card has it, and JPEG 2000, which few programs show, as PNG too.
/// Only the owner may read the files.
/// @throws Error if a file cannot be written
[[nodiscard]] FaceFiles storeFace(const biometric::EncodedImage& face,
                                  const std::filesystem::path& directory);

} // namespace cancuoc::inspection
