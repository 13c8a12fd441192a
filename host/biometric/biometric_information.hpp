// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>
#include <vector>

namespace cancuoc::biometric {

/// CBEFF biometric types (ISO/IEC 19785-3).
inline constexpr std::uint32_t biometricTypeFace = 0x02;
inline constexpr std::uint32_t biometricTypeFinger = 0x08;
inline constexpr std::uint32_t biometricTypeIris = 0x10;

/// CBEFF format owner 0101 (JTC 1 SC 37) and its formats: the records of ISO/IEC 19794 in their first edition
/// and the data blocks of ISO/IEC 39794, tagged binary.
inline constexpr std::uint16_t formatOwnerSc37 = 0x0101;
inline constexpr std::uint16_t formatTypeFingerImage = 0x0007;
inline constexpr std::uint16_t formatTypeFace = 0x0008;
inline constexpr std::uint16_t formatTypeIris = 0x0009;
inline constexpr std::uint16_t formatTypeFingerBlock = 0x0028;
inline constexpr std::uint16_t formatTypeFaceBlock = 0x002A;
inline constexpr std::uint16_t formatTypeIrisBlock = 0x002C;

/// Biometric Header Template, tag A1 (Doc 9303-10, table 44). Absent fields are not written.
struct BiometricHeader {
    std::optional<std::uint16_t> patronHeaderVersion; ///< tag 80
    std::optional<std::uint32_t> biometricType;       ///< tag 81, 1 to 3 bytes
    std::optional<std::uint8_t> biometricSubtype;     ///< tag 82
    Bytes creationDate;                               ///< tag 83, 7 bytes of BCD, or empty
    Bytes validityPeriod;                             ///< tag 85, 8 bytes, or empty
    Bytes creator;                                    ///< tag 86, 4 bytes, or empty
    std::uint16_t formatOwner = formatOwnerSc37;      ///< tag 87
    std::uint16_t formatType = 0;                     ///< tag 88

    friend bool operator==(const BiometricHeader&, const BiometricHeader&) = default;
};

/// Biometric Information Template, tag 7F60: one header and one data block (ISO/IEC 7816-11).
struct BiometricInformation {
    BiometricHeader header;
    bool constructedBlock = false; ///< tag 7F2E (ISO/IEC 39794) rather than 5F2E (ISO/IEC 19794)
    Bytes dataBlock;               ///< the biometric data block, as written

    /// A record of ISO/IEC 19794.
    [[nodiscard]] static BiometricInformation ofRecord(std::uint32_t biometricType,
                                                       std::uint8_t biometricSubtype,
                                                       std::uint16_t formatType, Bytes record);
    /// A block of ISO/IEC 39794, which stands in a data object A1 of its own.
    [[nodiscard]] static BiometricInformation ofDataBlock(std::uint32_t biometricType,
                                                          std::uint8_t biometricSubtype,
                                                          std::uint16_t formatType, BytesView block);
    /// The block that stands in the data object A1; nothing when there is no such data object.
    /// Throws MalformedData when it is malformed. The view lives as long as the template.
    [[nodiscard]] std::optional<BytesView> wrappedDataBlock() const;

    friend bool operator==(const BiometricInformation&, const BiometricInformation&) = default;
};

/// A Biometric Information Template Group, tag 7F61: what DG2, DG3 and DG4 hold inside their own tag.
struct BiometricInformationGroup {
    static constexpr std::size_t maximumTemplates = 9; ///< Doc 9303-10, 4.7.2.1

    std::vector<BiometricInformation> templates;

    /// Reads the data object 7F61. Throws MalformedData.
    [[nodiscard]] static BiometricInformationGroup decode(BytesView group);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const BiometricInformationGroup&, const BiometricInformationGroup&) = default;
};

} // namespace cancuoc::biometric
