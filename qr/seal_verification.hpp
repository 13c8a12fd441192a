// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <vector>

#include "host/crypto/openssl.hpp"
#include "host/crypto/signature_scheme.hpp"
#include "host/trust/check.hpp"
#include "host/trust/trust_store.hpp"
#include "qr/digital_seal.hpp"

namespace cancuoc::qr {

/// Whether a seal is what a bar code signer made, and what was checked.
struct SealVerdict {
    bool genuine = false; ///< all checks passed but that of revocation, which may be without a CRL
    /// `seal.certificate`: the store has the signer's certificate; `seal.chain`: its CSCA is an anchor of the
    /// store; `seal.revocation`; `seal.dates`: it was valid when it signed,
    /// and within the usage period of its private key; `seal.signature`.
    std::vector<trust::Check> checks;
};

/// Verifies a seal without any network (Doc 9303-13, 2.2.1, 2.4 and appendix D).
/// @param store holds the CSCA and, because the seal itself has no certificate, that of the bar code signer
/// @param time at which certificates and CRLs must be valid
[[nodiscard]] SealVerdict verifySeal(const DigitalSeal& seal, const trust::TrustStore& store,
                                     std::chrono::sys_seconds time);

/// How a key on an elliptic curve signs seals: plain ECDSA with the shortest hash that is as long as the
/// order of the base point (Doc 9303-13, 2.4).
/// @param key of a bar code signer, private or public
/// @throws BadConfiguration if it is no key on an elliptic curve of up to 512 bits
[[nodiscard]] SignatureScheme sealSignatureScheme(const EVP_PKEY& key);

/// The header of the seals that the owner of a certificate signs: country, signer and certificate reference.
/// @param certificate of a bar code signer (Doc 9303-12, 7.1.3)
/// @param version of the seal, 3 or 4
/// @throws BadConfiguration if the certificate's name or serial number does not fit a seal of that version
[[nodiscard]] SealHeader sealHeaderFor(const trust::Certificate& certificate, int version);

} // namespace cancuoc::qr
