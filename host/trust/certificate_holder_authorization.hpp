// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/object_identifier.hpp"

namespace cancuoc::trust {

/// Who holds a CV certificate (BSI TR-03110-4, table 2).
enum class CertificateHolderRole { Terminal, ForeignDocumentVerifier, DomesticDocumentVerifier, Cvca };

/// "CVCA", "domestic document verifier", ...
[[nodiscard]] std::string_view nameOf(CertificateHolderRole role);

/// The Certificate Holder Authorization Template, 7F4C (BSI TR-03110-3, C.1.5): a role, and rights relative
/// to those of the certificates above.
struct CertificateHolderAuthorization {
    /// id-IS, the terminal type of inspection systems.
    static constexpr std::string_view inspectionSystem = "0.4.0.127.0.7.3.1.2.1";
    /// Bits of an inspection system's rights: DG3 (fingers) and DG4 (irises).
    static constexpr std::uint8_t dataGroup3 = 0x01;
    static constexpr std::uint8_t dataGroup4 = 0x02;

    ObjectIdentifier terminalType;
    Bytes relativeAuthorization; ///< bit map, 1 to 32 bytes, the role in its two highest bits

    [[nodiscard]] CertificateHolderRole role() const;
    /// Whether an inspection system may read data group `number` as far as this certificate goes; false for
    /// other terminal types.
    [[nodiscard]] bool mayRead(int number) const;

    /// Reads the whole data object. Throws MalformedData.
    [[nodiscard]] static CertificateHolderAuthorization decode(BytesView dataObject);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const CertificateHolderAuthorization&,
                           const CertificateHolderAuthorization&) = default;
};

} // namespace cancuoc::trust
