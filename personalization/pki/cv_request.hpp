// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/pki/cv_key.hpp"

#include <optional>
#include <string>
#include <utility>

namespace cancuoc::personalization {

/// A request for a CV certificate (BSI TR-03110-3, C.2): a key with its domain parameters and the name it is
/// to have, signed with the key itself; and, where its holder has a certificate already, with that key too.
class CvRequest {
public:
    static constexpr std::size_t maximumLength = 8192;

    /// @param holderReference as lds::isCertificateReference wants it
    /// @param authorityReference of the key that is to sign the certificate; empty: not said
    [[nodiscard]] static CvRequest make(const CvKey& key, const std::string& holderReference,
                                        const std::string& authorityReference);
    /// The same, signed also with the holder's present key, whose certificate has `reference` (C.2.3).
    [[nodiscard]] CvRequest signedBy(const CvKey& present, const std::string& reference) const;

    /// Throws MalformedData for anything else, and when the request's own key did not sign it.
    [[nodiscard]] static CvRequest decode(BytesView request);

    [[nodiscard]] const Bytes& encoded() const { return encoded_; }
    [[nodiscard]] const trust::CvPublicKey& publicKey() const { return publicKey_; }
    [[nodiscard]] const std::string& holderReference() const { return holderReference_; }
    [[nodiscard]] const std::string& authorityReference() const { return authorityReference_; }
    /// Of the key of the second signature; empty without one.
    [[nodiscard]] const std::string& presentReference() const { return presentReference_; }
    /// Whether `present`, on `curve` where it has no domain parameters of its own, made the second signature.
    [[nodiscard]] bool isSignedBy(const trust::CvPublicKey& present,
                                  const std::optional<EllipticCurve>& curve) const;

private:
    explicit CvRequest(trust::CvPublicKey publicKey) : publicKey_(std::move(publicKey)) {}
    [[nodiscard]] static CvRequest decodeInner(BytesView request);

    trust::CvPublicKey publicKey_;
    Bytes encoded_;
    std::string holderReference_;
    std::string authorityReference_;
    std::string presentReference_;
    Bytes signedAgain_; ///< what the second signature is over
    Bytes secondSignature_;
};

} // namespace cancuoc::personalization
