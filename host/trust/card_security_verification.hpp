// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/security_infos.hpp"
#include "host/trust/check.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace cancuoc::trust {

/// What EF.CardSecurity is worth.
struct CardSecurityVerification {
    CheckResult result = CheckResult::NotPerformed;
    std::string reason;                              ///< why it did not pass; empty when it did
    std::optional<lds::SecurityInfos> securityInfos; ///< only when it passed
};

/// Passive Authentication of EF.CardSecurity (Doc 9303-11, 4.4.3.5.2, note): its signature, and the chain of
/// its Document Signer to a CSCA of the store, valid at `time` and not revoked. A file that cannot be decoded
/// has failed. Without a store (null), or with one that has no anchor, nothing is decided.
[[nodiscard]] CardSecurityVerification verifyCardSecurity(BytesView file, const TrustStore* store,
                                                          std::chrono::sys_seconds time);

} // namespace cancuoc::trust
