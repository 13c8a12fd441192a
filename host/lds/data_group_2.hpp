// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/biometric_images.hpp"
#include "host/biometric/biometric_information.hpp"
#include "host/biometric/face_image_data_block.hpp"
#include "host/biometric/facial_record.hpp"

namespace cancuoc::lds {

/// DG2: the facial image, as ISO/IEC 19794-5 or 39794-5 inside CBEFF (Doc 9303-10, 4.7.2).
struct DataGroup2 {
    static constexpr std::size_t maximumLength = std::size_t{1} << 20;

    std::vector<biometric::BiometricInformation> templates; ///< 1 to 9, as written

    /// One facial image in one template.
    [[nodiscard]] static DataGroup2 of(const biometric::FacialRecord& record);
    [[nodiscard]] static DataGroup2 of(const biometric::FaceImageDataBlock& block);

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup2 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// The facial records of all templates. Throws MalformedData when a block is not ISO/IEC 19794-5.
    [[nodiscard]] std::vector<biometric::FacialRecord> records() const;

    /// The facial images of all templates, of either generation. Throws MalformedData when a block is
    /// neither.
    [[nodiscard]] std::vector<biometric::EncodedImage> images() const;

    friend bool operator==(const DataGroup2&, const DataGroup2&) = default;
};

} // namespace cancuoc::lds
