// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/certificate.hpp"
#include "host/trust/check.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>

namespace cancuoc::trust {

/// Looks a signer below a CSCA, such as a Document Signer, and its CSCA up in the CRLs of `store` (Doc
/// 9303-12, 4.1.5 and D.1.2): "passive-authentication.revocation". Those count that the CSCA under the
/// issuer's name, or under the names that link certificates lead to from there, issued by `time`, and that
/// one of its keys in the store signed. A listed certificate is found in an outdated CRL as well; an outdated
/// CRL proves nothing about the others, and neither does one that covers only a part.
/// @param role of the signer, for its name in the reason
/// @param anchor the CSCA certificate that the chain ends at; every certificate of its key is looked up
[[nodiscard]] Check verifyRevocation(const Certificate& signer, const Certificate& anchor,
                                     const TrustStore& store, std::chrono::sys_seconds time,
                                     const SigningRole& role = documentSignerRole);

} // namespace cancuoc::trust
