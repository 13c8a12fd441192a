// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cancuoc::lds {

/// EF.CVCA: which keys of its CVCA the chip trusts, for Terminal Authentication version 1
/// (Doc 9303-11, K.2; BSI TR-03110-3, A.7.2.4).
struct Cvca {
    static constexpr std::size_t length = 36;
    static constexpr std::size_t maximumLength = 256;
    static constexpr std::size_t maximumCount = 2;
    /// Where the file is, inside the eMRTD application.
    struct Location {
        std::uint16_t fileIdentifier = 0x011C;
        std::optional<std::uint8_t> shortFileIdentifier = 0x1C;

        friend bool operator==(const Location&, const Location&) = default;
    };

    /// The place that `fileId` names, the FileID of a TerminalAuthenticationInfo; the default place when it
    /// is empty. Throws MalformedData.
    [[nodiscard]] static Location locate(BytesView fileId);

    /// Certification Authority References, the most recent one first; 1 or 2, 1 to 16 characters each.
    std::vector<std::string> authorityReferences;

    /// Zero bytes behind the references are padding, however many. Throws MalformedData.
    [[nodiscard]] static Cvca decode(BytesView file);
    /// 36 bytes.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const Cvca&, const Cvca&) = default;
};

} // namespace cancuoc::lds
