// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/pki_policy.hpp"

#include <cstdint>
#include <mutex>

namespace cancuoc::personalization {

/// When a document signer ends.
struct DocumentSignerLimits {
    /// Signatures of one document signer: what a key that was lost would spoil.
    std::uint64_t signatures = 100'000;
    /// So long before the end of its key's usage period it signs no more.
    std::chrono::hours beforeEnd{24};
    /// The next one is made so long before that, or when a tenth of the signatures is left.
    std::chrono::hours readyBefore{48};
    /// Signatures that are counted at once, before the first of them is made; so many at most are lost when a
    /// process is killed.
    std::uint64_t countedAtOnce = 50;

    /// Those of a policy.
    [[nodiscard]] static DocumentSignerLimits of(const PkiPolicy& policy);
};

/// The document signers of a PKI, one after another: when one has reached a limit, the next one goes on
/// without a pause, for it was made and its key opened before, by a thread of its own: it stands as
/// `next-document-signer.pem` in the PKI until then, for publishing. The key of the one that ended is
/// destroyed (see KeyLedger). Counts stand in `document-signer.count` of the PKI, on the disk before a
/// signature leaves; several processes may sign with one PKI. What ended when, and after how many signatures,
/// is added to `document-signers.log`.
class DocumentSignerRotation final : public SecurityObjectSigner {
public:
    /// `random` and `keys` outlive the object, and any thread may use them. Throws as DocumentSigner::load
    /// does, and BadConfiguration for limits of zero.
    DocumentSignerRotation(std::filesystem::path directory, const DocumentSignerLimits& limits, Clock clock,
                           RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());
    /// Waits until the keys of those that ended are destroyed.
    ~DocumentSignerRotation() override;

    /// Throws BadConfiguration when a limit is reached and the CSCA's key is not there to certify the next
    /// signer; Error when the count cannot be written.
    [[nodiscard]] Bytes sign(const lds::DocumentSecurityObject& securityObject) const override;

    /// The CSCA's certificate in DER.
    [[nodiscard]] Bytes cscaCertificate() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace cancuoc::personalization
