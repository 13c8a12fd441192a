// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/certificate.hpp"
#include "host/trust/check.hpp"
#include "host/trust/trust_store.hpp"

#include <chrono>

namespace cancuoc::trust {

/// Where the chain from a Document Signer ends.
struct CertificateChain {
    Check check;                         ///< "passive-authentication.chain"
    const Certificate* anchor = nullptr; ///< the CSCA in the store; null unless the check passed
};

/// Follows `documentSigner` to a CSCA certificate of `store` by issuer name and authority key identifier, and
/// verifies the signature, both validities at `time`, and that the certificate is one for signing documents
/// (Doc 9303-12, 7.1). OpenSSL's own chain building refuses explicit curve parameters, which Doc 9303-12
/// demands.
[[nodiscard]] CertificateChain verifyChain(const Certificate& documentSigner, const TrustStore& store,
                                           std::chrono::sys_seconds time);

/// Looks `documentSigner` and its `anchor` up in the CRLs of `store` that the anchor signed and that were
/// issued by `time`: "passive-authentication.revocation". A listed certificate is found in an outdated CRL as
/// well; an outdated CRL proves nothing about the others.
[[nodiscard]] Check verifyRevocation(const Certificate& documentSigner, const Certificate& anchor,
                                     const TrustStore& store, std::chrono::sys_seconds time);

} // namespace cancuoc::trust
