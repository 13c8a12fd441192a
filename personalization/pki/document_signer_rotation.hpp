// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "personalization/pki/document_signer.hpp"

#include <cstdint>
#include <mutex>

namespace cancuoc::personalization {

/// When a document signer ends.
struct DocumentSignerLimits {
    /// Signatures of one document signer: what a key that was lost would spoil.
    std::uint64_t signatures = 100'000;
    /// So long before the end of its key's usage period it signs no more.
    std::chrono::hours beforeEnd{24};
    /// Signatures that are counted at once, before the first of them is made; so many at most are lost when a
    /// process is killed.
    std::uint64_t countedAtOnce = 50;
};

/// The document signers of a PKI, one after another: the next one is made when one has reached a limit, and
/// signing goes on. Counts stand in `document-signer.count` of the PKI, on the disk before a signature
/// leaves; several processes may sign with one PKI. What ended when, and after how many signatures, is added
/// to `document-signers.log`.
class DocumentSignerRotation final : public SecurityObjectSigner {
public:
    /// `random` and `keys` outlive the object. Throws as DocumentSigner::load does, and BadConfiguration for
    /// limits of zero.
    DocumentSignerRotation(std::filesystem::path directory, const DocumentSignerLimits& limits, Clock clock,
                           RandomSource& random, const KeyStore& keys = KeyStore::unencrypted());
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
