// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/machine_readable_zone.hpp"

namespace cancuoc::lds {

/// DG1: the MRZ as printed (Doc 9303-10, 4.7.1).
struct DataGroup1 {
    static constexpr std::size_t maximumLength = 128;

    MachineReadableZone machineReadableZone;
    std::vector<std::string> lines; ///< as written, check digits included

    [[nodiscard]] static DataGroup1 of(const MachineReadableZone& zone);

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup1 decode(BytesView file);
    /// Writes `lines`.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup1&, const DataGroup1&) = default;
};

} // namespace cancuoc::lds
