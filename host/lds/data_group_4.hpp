// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/biometric_data_group.hpp"

namespace cancuoc::lds {

/// DG4: iris images inside CBEFF (Doc 9303-10, 4.7.4).
struct DataGroup4 : BiometricDataGroup {
    /// Throws MalformedData.
    [[nodiscard]] static DataGroup4 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup4&, const DataGroup4&) = default;
};

} // namespace cancuoc::lds
