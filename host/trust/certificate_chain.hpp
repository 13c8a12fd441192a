// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/certificate.hpp"
#include "host/trust/check.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>
#include <string>

namespace cancuoc::trust {

/// How a chain from a signer to a CSCA ended.
struct CertificateChain {
    CheckResult result = CheckResult::NotPerformed;
    std::string reason;
    const Certificate* anchor = nullptr; ///< the CSCA in the store; null unless the chain passed
};

/// Follows the certificate of a signer to a CSCA certificate of `store` by issuer name and authority key
/// identifier, and verifies the signature, both validities at `time`, and that the certificate is one for
/// `role` (Doc 9303-12, 7.1). OpenSSL's own chain building refuses explicit curve parameters, which Doc
/// 9303-12 demands.
[[nodiscard]] CertificateChain verifyChain(const Certificate& signer, const SigningRole& role,
                                           const TrustStore& store, std::chrono::sys_seconds time);

/// Looks `documentSigner` and its `anchor` up in the CRLs of `store` under the issuer's name that a CSCA of
/// the store signed and that were issued by `time`: "passive-authentication.revocation". A listed certificate
/// is found in an outdated CRL as well; an outdated CRL proves nothing about the others.
[[nodiscard]] Check verifyRevocation(const Certificate& documentSigner, const Certificate& anchor,
                                     const TrustStore& store, std::chrono::sys_seconds time);

} // namespace cancuoc::trust
