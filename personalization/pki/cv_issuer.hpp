// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/cv_certificate.hpp"
#include "personalization/pki/cv_key.hpp"
#include "personalization/pki/cv_request.hpp"

#include <set>

namespace cancuoc::personalization {

/// What a terminal is to read, the numbers of data groups: 3 (fingers), 4 (irises).
using TerminalRights = std::set<int>;

/// Whose certificate it is, and for how long.
struct CvGrant {
    trust::CertificateHolderRole role = trust::CertificateHolderRole::Terminal;
    TerminalRights rights;
    Date effectiveDate;
    std::chrono::days validity; ///< at most longestValidity(role), and never beyond the issuer's
};

/// The longest a certificate may be valid (Doc 9303-12, table 2): CVCA three years, document verifiers three
/// months, terminals one month, from `effectiveDate` on.
[[nodiscard]] std::chrono::days longestValidity(trust::CertificateHolderRole role, Date effectiveDate);

/// A key of the authorization PKI that certifies others: a country verifying CA, or a document verifier
/// (Doc 9303-12, 4.2; BSI TR-03110-3, 2).
class CvIssuer {
public:
    /// `key` must belong to `certificate`; `curve` is that of the CVCA, for certificates without domain
    /// parameters.
    CvIssuer(CvKey key, trust::CvCertificate certificate, std::optional<EllipticCurve> curve)
        : key_(std::move(key)), certificate_(std::move(certificate)), curve_(std::move(curve)) {}

    /// A CVCA's first key, self-signed, with all rights, for the longest time.
    /// @param holderReference as lds::isCertificateReference wants it
    [[nodiscard]] static CvIssuer createAuthority(CvKey key, const std::string& holderReference,
                                                  Date effectiveDate);

    /// The next key of this CVCA, self-signed; its reference has the next sequence number.
    [[nodiscard]] CvIssuer successor(CvKey key, Date effectiveDate) const;
    /// The link certificate for the key of `successor` (TR-03110-3, 2.3).
    [[nodiscard]] trust::CvCertificate issueLink(const CvIssuer& successor) const;

    /// The certificate that `request` asks for.
    /// @throws BadConfiguration for a request that may not have it: a reference that is none, an elliptic
    /// curve other than the issuer's, a weaker kind of key; for a role that is not directly below the
    /// issuer's, rights that it has not got itself, and a validity that is too long or no day of the issuer's
    [[nodiscard]] trust::CvCertificate issue(const CvRequest& request, const CvGrant& grant) const;

    [[nodiscard]] const CvKey& key() const { return key_; }
    [[nodiscard]] const trust::CvCertificate& certificate() const { return certificate_; }
    [[nodiscard]] const std::optional<EllipticCurve>& curve() const { return curve_; }

private:
    [[nodiscard]] trust::CvCertificate sign(const trust::CvCertificateBody& body) const;

    CvKey key_;
    trust::CvCertificate certificate_;
    std::optional<EllipticCurve> curve_;
};

/// `reference` with the next sequence number. Throws BadConfiguration when that is not a number, or the last.
[[nodiscard]] std::string nextReference(const std::string& reference);

} // namespace cancuoc::personalization
