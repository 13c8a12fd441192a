// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/lds/signed_data.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace cancuoc::trust {

/// A CSCA master list: the country signing certificates that one State has seen and vouches for (Doc 9303-12,
/// 9).
struct MasterList {
    static constexpr std::size_t maximumLength = std::size_t{16} << 20;
    static constexpr std::size_t maximumCertificates = 20000;

    std::vector<Bytes> certificates; ///< DER, as written
    /// Who vouches for it and when; nothing when nobody has verified that.
    std::optional<MasterListSource> source;

    /// Reads a master list file whose signature leads to a CSCA certificate of `anchors` at `time`.
    /// Throws MalformedData when it is no master list or its signature does not hold; the reason says which.
    [[nodiscard]] static MasterList decode(BytesView file, const TrustStore& anchors,
                                           std::chrono::sys_seconds time);

    /// The certificates of a list whose signature nobody has verified. Throws MalformedData.
    [[nodiscard]] static MasterList unverified(const lds::SignedData& data);
};

/// Whether `file` is a CMS SignedData, the form of a master list.
[[nodiscard]] bool isSignedData(BytesView file);

} // namespace cancuoc::trust
