// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/biometric_images.hpp"
#include "host/biometric/finger_image_data_block.hpp"
#include "host/biometric/finger_record.hpp"
#include "host/lds/biometric_data_group.hpp"

namespace cancuoc::lds {

/// DG3: finger images, as ISO/IEC 19794-4 or 39794-4 inside CBEFF (Doc 9303-10, 4.7.3).
struct DataGroup3 : BiometricDataGroup {
    /// One template for each record, one finger in each, as Doc 9303-10, 4.7.3.2.4 asks.
    [[nodiscard]] static DataGroup3 of(const std::vector<biometric::FingerRecord>& records);
    [[nodiscard]] static DataGroup3 of(const std::vector<biometric::FingerImageDataBlock>& blocks);

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup3 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// The finger records of all templates. Throws MalformedData when a block is not ISO/IEC 19794-4.
    [[nodiscard]] std::vector<biometric::FingerRecord> records() const;

    /// The finger images of all templates, of either generation. Throws MalformedData when a block is
    /// neither.
    [[nodiscard]] std::vector<biometric::EncodedFinger> fingers() const;

    friend bool operator==(const DataGroup3&, const DataGroup3&) = default;
};

} // namespace cancuoc::lds
