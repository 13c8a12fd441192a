// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>
#include <vector>

namespace cancuoc::lds {

/// EF.CVCA: which keys of its CVCA the chip trusts, for Terminal Authentication version 1
/// (Doc 9303-11, K.2; BSI TR-03110-3, A.7.2.4).
struct Cvca {
    static constexpr std::size_t length = 36;
    static constexpr std::size_t maximumLength = 256;
    static constexpr std::size_t maximumCount = 2;
    /// Where the file is unless the TerminalAuthenticationInfo says otherwise, inside the eMRTD application.
    static constexpr std::uint16_t defaultFileIdentifier = 0x011C;
    static constexpr std::uint8_t defaultShortFileIdentifier = 0x1C;

    /// Certification Authority References, the most recent one first; 1 or 2, 1 to 16 characters each.
    std::vector<std::string> authorityReferences;

    /// Zero bytes behind the references are padding, however many. Throws MalformedData.
    [[nodiscard]] static Cvca decode(BytesView file);
    /// 36 bytes.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const Cvca&, const Cvca&) = default;
};

} // namespace cancuoc::lds
