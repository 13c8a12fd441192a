// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/biometric/biometric_images.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::inspection {

/// What can be shown of an image.
struct ShownImage {
    std::optional<biometric::Pixels> pixels; ///< empty if nobody asked for them, or they cannot be made
    std::string defect;                      ///< why they cannot be made

    /// Decodes `image` within the usual limits.
    [[nodiscard]] static ShownImage of(const biometric::EncodedImage& image);
};

/// One of the pictures of DG3, DG4, DG5 or DG7.
struct DocumentImage {
    lds::FileId file{}; ///< the data group that holds it
    std::string shows; ///< "right index finger", "left iris", "displayed portrait", "signature or usual mark"
    biometric::EncodedImage encoded;
    ShownImage shown;
};

/// The pictures that DG3, DG4, DG5 or DG7 holds, in their order; their pixels are not decoded. No picture in
/// a data group of another number.
/// @throws MalformedData if the file cannot be decoded
[[nodiscard]] std::vector<DocumentImage> imagesIn(lds::FileId file, BytesView content);

/// The first picture of DG2 that can be shown, which is the face; nothing if there is none.
/// @throws MalformedData if DG2 cannot be decoded
[[nodiscard]] std::optional<biometric::EncodedImage> faceIn(BytesView dataGroup2);

} // namespace cancuoc::inspection
