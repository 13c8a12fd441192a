// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/access/active_authentication.hpp"
#include "host/access/chip_authentication_mapping.hpp"
#include "host/inspection/consistency.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// What a reading leaves behind so that others can verify it again, without the card: the files as read, what
/// the chip signed, what was asked for, and what the reading found. Holds personal data.
struct Evidence {
    /// Longer files are no evidence: 19 files of the longest that a card is believed to have, in base64.
    static constexpr std::size_t maximumSize = std::size_t{32} << 20U;

    std::chrono::sys_seconds time{}; ///< when the card was read
    std::string reader;              ///< its name
    std::string policy;              ///< name of the policy of the reading
    Verdict verdict = Verdict::Incomplete;
    std::optional<AccessUsed> access;
    std::vector<trust::Check> checks; ///< as the reading found; each name at most once

    std::set<int> dataGroups; ///< those that the reading wanted, 1 to 16, whether the card has them or not
    ExpectedZone expectedZone;
    std::string expectedNumber;

    std::map<lds::FileId, Bytes> files; ///< as read
    std::vector<FileNotRead> notRead;
    std::optional<ActiveAuthenticationEvidence> activeAuthentication;
    std::optional<ChipAuthenticationData> chipAuthenticationMapping;

    /// The evidence of one reading.
    [[nodiscard]] static Evidence of(const InspectionRequest& request, const InspectionResult& result);

    /// A JSON text, UTF-8; bytes in base64.
    [[nodiscard]] Bytes encode() const;

    /// Reads what encode() writes. What the members mean is not checked here.
    /// @throws MalformedData with the member that is missing or wrong; it repeats nothing of the content
    [[nodiscard]] static Evidence decode(BytesView file);
};

} // namespace cancuoc::inspection
