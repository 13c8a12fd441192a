// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/security_infos.hpp"

namespace cancuoc::lds {

/// EF.CardAccess: the SecurityInfos that can be read before access control (Doc 9303-10, 3.11.3).
struct CardAccess {
    SecurityInfos securityInfos;

    /// What the Vietnamese citizen card announces: TA v1, CA-ECDH-AES-CBC-CMAC-128 v1 and
    /// PACE-ECDH-GM-AES-CBC-CMAC-128 v2 on brainpoolP256r1; 54 bytes.
    [[nodiscard]] static CardAccess vietnameseCitizenCard();

    /// Throws MalformedData.
    [[nodiscard]] static CardAccess decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const CardAccess&, const CardAccess&) = default;
};

} // namespace cancuoc::lds
