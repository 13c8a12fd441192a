// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/certificate.hpp"
#include "host/trust/check.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace cancuoc::trust {

/// How a chain from a signer to a CSCA ended.
struct CertificateChain {
    CheckResult result = CheckResult::NotPerformed;
    std::string reason;                  ///< names the link that failed; empty when the chain passed
    const Certificate* anchor = nullptr; ///< the CSCA in the store; null unless the chain passed
    std::vector<std::string> notes;      ///< what a chain that passed has against it: weak algorithms
};

/// Follows the certificate of a signer to a CSCA certificate of `store` (Doc 9303-12, 6.1 and appendix D.1):
/// the issuer's name and country, the authority key identifier, the signature, both validities at `time`, and
/// that the certificate is one for `role` (7.1). The path is exactly this one certificate; a link certificate
/// counts as a CSCA once the CSCA before it, or after it, vouches for it. OpenSSL's own chain building
/// refuses explicit curve parameters, which Doc 9303-12 demands.
[[nodiscard]] CertificateChain verifyChain(const Certificate& signer, const SigningRole& role,
                                           const TrustStore& store, std::chrono::sys_seconds time);

} // namespace cancuoc::trust
