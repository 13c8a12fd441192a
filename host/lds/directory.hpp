// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <array>
#include <vector>

namespace cancuoc::lds {

using ApplicationIdentifier = Bytes;

/// The application identifiers of Doc 9303-10, 3.11.2, table 31.
namespace application {
inline constexpr std::array<std::uint8_t, 7> emrtd{0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01};
inline constexpr std::array<std::uint8_t, 7> travelRecords{0xA0, 0x00, 0x00, 0x02, 0x47, 0x20, 0x01};
inline constexpr std::array<std::uint8_t, 7> visaRecords{0xA0, 0x00, 0x00, 0x02, 0x47, 0x20, 0x02};
inline constexpr std::array<std::uint8_t, 7> additionalBiometrics{0xA0, 0x00, 0x00, 0x02, 0x47, 0x20, 0x03};
} // namespace application

/// EF.DIR: which applications a card has (Doc 9303-10, 3.11.2). It need not be there where the eMRTD
/// application is the only one.
struct Directory {
    static constexpr std::size_t maximumLength = 4096;
    static constexpr std::size_t maximumCount = 64;

    /// An application template, tag 61.
    struct Application {
        ApplicationIdentifier identifier; ///< 1 to 16 bytes
        Bytes others;                     ///< the data objects behind the identifier, as written

        friend bool operator==(const Application&, const Application&) = default;
    };

    std::vector<Application> applications; ///< in the order of the file

    [[nodiscard]] static Directory of(const std::vector<ApplicationIdentifier>& identifiers);

    /// Reads the content of EF.DIR. Padding bytes 00 and FF around the templates are passed over, and so are
    /// data objects that name no application; an identifier may stand without a template. Throws
    /// MalformedData.
    [[nodiscard]] static Directory decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// Whether the card lists the application `identifier`.
    [[nodiscard]] bool lists(BytesView identifier) const;

    friend bool operator==(const Directory&, const Directory&) = default;
};

} // namespace cancuoc::lds
