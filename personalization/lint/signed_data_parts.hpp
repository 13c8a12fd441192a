// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "host/lds/signed_data.hpp"
#include "host/trust/certificate.hpp"
#include "personalization/lint/der.hpp"

namespace cancuoc::personalization::lint {

/// One SignerInfo (RFC 5652, 5.3), as far as rules ask for it.
struct SignerParts {
    int version = 0;
    bool namedByKeyIdentifier = false;
    AlgorithmIdentifier digestAlgorithm;
    AlgorithmIdentifier signatureAlgorithm;
    bool hasSignedAttributes = false;
    bool hasUnsignedAttributes = false;
    bool hasSigningTime = false;
    std::optional<trust::Certificate> certificate; ///< that is inside
};

/// A SignedData as written (RFC 5652, 5.1), and what verifying it found.
struct SignedDataParts {
    const lds::SignedData* data = nullptr;
    Bytes der;          ///< the ContentInfo, in definite lengths; the algorithms view into it
    bool isDer = false; ///< whether it was written so
    int version = 0;
    std::vector<AlgorithmIdentifier> digestAlgorithms;
    bool hasRevocationLists = false;
    std::vector<SignerParts> signers;
    std::vector<trust::Certificate> certificates;
    bool verifies = false; ///< with the certificates inside

    [[nodiscard]] bool anySigner(const std::function<bool(const SignerParts&)>& predicate) const;
    /// Whether the certificate of each signer is inside.
    [[nodiscard]] bool hasSignersCertificates() const;
};

/// Reads and verifies `data`, which must live longer. Throws MalformedData.
[[nodiscard]] SignedDataParts readParts(const lds::SignedData& data);

} // namespace cancuoc::personalization::lint
