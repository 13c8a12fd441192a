// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/digest.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::lds {

/// LDSSecurityObject, the content that the document signer signs: the hash of every data group (Doc 9303-10,
/// 4.6.2.3).
struct DocumentSecurityObject {
    static constexpr std::size_t maximumLength = 4096;
    static constexpr std::string_view contentType =
        "2.23.136.1.1.1"; ///< id-icao-mrtd-security-ldsSecurityObject

    /// What States have written instead: the former arc icao(27) (Belgium, France), Sdu's own (Netherlands),
    /// id-data of CMS (China).
    static constexpr std::array<std::string_view, 3> otherContentTypes{
        "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1", "1.2.840.113549.1.7.1"};

    /// LDSVersionInfo, there exactly in version 1.
    struct VersionInfo {
        std::string ldsVersion = "0108";
        std::string unicodeVersion = "040000";

        friend bool operator==(const VersionInfo&, const VersionInfo&) = default;
    };

    HashAlgorithm hashAlgorithm = HashAlgorithm::Sha256;
    std::map<int, Bytes>
        dataGroupHashes; ///< by data group number, 1 to 16; hash over the whole content of the EF
    /// Under numbers above 16, which the Doc does not know and China writes: they protect no file that can be
    /// read.
    std::map<int, Bytes> unknownDataGroupHashes;
    std::optional<VersionInfo> versionInfo;

    /// 1 with version information, 0 without.
    [[nodiscard]] int version() const { return versionInfo ? 1 : 0; }

    /// Throws MalformedData, also for a data group listed twice or a hash of the wrong length.
    [[nodiscard]] static DocumentSecurityObject decode(BytesView object);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DocumentSecurityObject&, const DocumentSecurityObject&) = default;
};

} // namespace cancuoc::lds
