// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/audit/audit_trail.hpp"
#include "personalization/pki/security_object_signer.hpp"

#include <mutex>
#include <set>

namespace cancuoc::personalization {

/// Tells whenever Document Security Objects come to be signed by another document signer: by what stands in
/// them, whoever rotates the signers. "signer-in-use" for the first that a run meets, "signer-rotated" for
/// each that is new after it, with the SHA-256 of the certificate.
class SignerWatch final : public SecurityObjectSigner {
public:
    /// Both outlive the object.
    SignerWatch(const SecurityObjectSigner& signer, audit::OccurrenceRecorder& recorder)
        : signer_(signer), recorder_(recorder) {}

    /// As the signer does; throws what it and the recorder throw.
    [[nodiscard]] Bytes sign(const lds::DocumentSecurityObject& securityObject) const override;

private:
    const SecurityObjectSigner& signer_;
    audit::OccurrenceRecorder& recorder_;
    mutable std::mutex mutex_;
    mutable std::set<std::string> met_; ///< SHA-256 of the certificates that signed
};

} // namespace cancuoc::personalization
