// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/card_access.hpp"
#include "host/lds/security_infos.hpp"

namespace cancuoc::lds {

/// DG14: the signed SecurityInfos (Doc 9303-10, 4.7.14).
struct DataGroup14 {
    SecurityInfos securityInfos;

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup14 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// Whether DG14 repeats every SecurityInfo of EF.CardAccess, which is how a reader learns that the
    /// unsigned file was not changed (Doc 9303-11, 9.2.11).
    [[nodiscard]] bool contains(const CardAccess& cardAccess) const;

    friend bool operator==(const DataGroup14&, const DataGroup14&) = default;
};

} // namespace cancuoc::lds
