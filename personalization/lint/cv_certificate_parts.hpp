// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "host/apdu/tlv.hpp"
#include "host/trust/cv_certificate.hpp"

namespace cancuoc::personalization::lint {

/// Tags of the data objects of a CV certificate (Doc 9303-12, table 14; BSI TR-03110-3, table 27).
namespace cv {
inline constexpr std::uint32_t certificate = 0x7F21;
inline constexpr std::uint32_t body = 0x7F4E;
inline constexpr std::uint32_t profileIdentifier = 0x5F29;
inline constexpr std::uint32_t authorityReference = 0x42;
inline constexpr std::uint32_t publicKey = 0x7F49;
inline constexpr std::uint32_t holderReference = 0x5F20;
inline constexpr std::uint32_t authorization = 0x7F4C;
inline constexpr std::uint32_t effectiveDate = 0x5F25;
inline constexpr std::uint32_t expirationDate = 0x5F24;
inline constexpr std::uint32_t extensions = 0x65;
inline constexpr std::uint32_t signature = 0x5F37;
inline constexpr std::uint32_t discretionaryData = 0x53;
inline constexpr std::uint32_t discretionaryDataTemplate = 0x73;
} // namespace cv

/// A CV certificate as it is written, also where it cannot be read as one. Everything views into the file.
struct CvCertificateParts {
    BytesView encoded;                               ///< the data object 7F21
    std::vector<Tlv> outer;                          ///< what is in it
    std::vector<Tlv> body;                           ///< what is in the first 7F4E
    std::vector<Tlv> publicKey;                      ///< what is in the first 7F49 of the body
    std::vector<Tlv> authorization;                  ///< what is in the first 7F4C
    std::optional<trust::CvCertificate> certificate; ///< nothing where it cannot be read

    /// The first data object of the body with that tag; nothing where there is none.
    [[nodiscard]] std::optional<Tlv> find(std::uint32_t tag) const;
    /// Its value; empty where there is none.
    [[nodiscard]] BytesView valueOf(std::uint32_t tag) const;
};

/// Throws MalformedData for what does not begin with a data object 7F21 that holds data objects.
[[nodiscard]] CvCertificateParts readCvCertificateParts(BytesView file);

} // namespace cancuoc::personalization::lint
