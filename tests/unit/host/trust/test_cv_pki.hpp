// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/cv_certificate.hpp"

#include <memory>

namespace cancuoc::test {

/// A key of a CVCA, a document verifier or a terminal, with the certificates that it signs.
class CvKeyPair {
public:
    /// A fresh key on a curve of OpenSSL's.
    static CvKeyPair ecdsa(std::string reference, HashAlgorithm hash, const char* curve) {
        return {std::move(reference), {SignatureScheme::Kind::EcdsaPlain, hash}, EvpKey(EVP_EC_gen(curve))};
    }
    static CvKeyPair rsa(std::string reference, SignatureScheme::Kind kind, HashAlgorithm hash,
                         unsigned bits) {
        return {std::move(reference), {kind, hash}, EvpKey(EVP_RSA_gen(bits))};
    }

    CvKeyPair(std::string reference, SignatureScheme scheme, EvpKey key)
        : reference_(std::move(reference)), scheme_(scheme), key_(std::move(key)) {}

    [[nodiscard]] const std::string& reference() const { return reference_; }
    [[nodiscard]] SignatureScheme scheme() const { return scheme_; }
    [[nodiscard]] EVP_PKEY& key() const { return *key_; }
    /// Signs as a terminal does.
    [[nodiscard]] Bytes sign(BytesView message) const { return cancuoc::sign(scheme_, *key_, message); }

    /// The body of a certificate for `holder`, valid for the year 2026: `authorization` is an inspection
    /// system's byte.
    [[nodiscard]] trust::CvCertificateBody bodyFor(const CvKeyPair& holder, std::uint8_t authorization,
                                                   bool withDomainParameters) const {
        using namespace std::chrono;
        return {reference_,
                trust::CvPublicKey::of(holder.scheme_, *holder.key_, withDomainParameters),
                holder.reference_,
                {ObjectIdentifier::fromText(trust::CertificateHolderAuthorization::inspectionSystem),
                 Bytes{authorization}},
                2026y / 1 / 1,
                2026y / 12 / 31,
                {}};
    }
    [[nodiscard]] trust::CvCertificate issue(const trust::CvCertificateBody& body) const {
        return trust::CvCertificate::assemble(body, sign(body.encode()));
    }
    [[nodiscard]] trust::CvCertificate issue(const CvKeyPair& holder, std::uint8_t authorization) const {
        return issue(bodyFor(holder, authorization, false));
    }
    [[nodiscard]] trust::CvCertificate selfSigned() const { return issue(bodyFor(*this, 0xC3, true)); }

private:
    std::string reference_;
    SignatureScheme scheme_;
    std::shared_ptr<EVP_PKEY> key_;
};

} // namespace cancuoc::test
