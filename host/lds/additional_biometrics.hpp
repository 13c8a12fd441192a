// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc::lds {

/// A file of the Additional Biometrics application, EF.Biometrics1 to EF.Biometrics64 (Doc 9303-10, 5.3.3).
struct AdditionalBiometrics {
    static constexpr std::size_t maximumLength = std::size_t{1} << 20;
    static constexpr int maximumCount = 64;
    /// The file identifier of EF.Biometrics1; the others follow.
    static constexpr std::uint16_t firstFileIdentifier = 0x0201;

    Bytes signedInfo;                      ///< data object 5F2E, which the signature covers, as written
    Bytes signature;                       ///< 5F37
    std::uint8_t certificateReference = 0; ///< 5F38: a record number in EF.Certificates, from 1

    /// Throws MalformedData.
    [[nodiscard]] static AdditionalBiometrics decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// The biometric data, in a form that is up to their issuer.
    [[nodiscard]] Bytes biometricData() const;

    friend bool operator==(const AdditionalBiometrics&, const AdditionalBiometrics&) = default;
};

} // namespace cancuoc::lds
