// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/biometric_images.hpp"
#include "host/biometric/iris_image_data_block.hpp"
#include "host/biometric/iris_record.hpp"
#include "host/lds/biometric_data_group.hpp"

namespace cancuoc::lds {

/// DG4: iris images, as ISO/IEC 19794-6 or 39794-6 inside CBEFF (Doc 9303-10, 4.7.4).
struct DataGroup4 : BiometricDataGroup {
    /// One template for each record, one eye in each, as Doc 9303-10, 4.7.4.2.4 asks.
    [[nodiscard]] static DataGroup4 of(const std::vector<biometric::IrisRecord>& records);
    [[nodiscard]] static DataGroup4 of(const std::vector<biometric::IrisImageDataBlock>& blocks);

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup4 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// The iris images of all templates, of either generation. Throws MalformedData when a block is neither.
    [[nodiscard]] std::vector<biometric::EncodedIris> irises() const;

    friend bool operator==(const DataGroup4&, const DataGroup4&) = default;
};

} // namespace cancuoc::lds
