// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/date.hpp"
#include "host/trust/certificate_holder_authorization.hpp"
#include "host/trust/cv_public_key.hpp"

#include <string>

namespace cancuoc::trust {

/// The certificate body of a CV certificate, 7F4E (BSI TR-03110-3, C.1): all that is signed.
struct CvCertificateBody {
    /// Of the key that verifies this certificate; 1 to 16 characters of ISO/IEC 8859-1, as bytes.
    std::string authorityReference;
    CvPublicKey publicKey;
    std::string holderReference; ///< of the key in it; likewise
    CertificateHolderAuthorization authorization;
    Date effectiveDate{};  ///< of the years 2000 to 2099
    Date expirationDate{}; ///< the last day; likewise
    Bytes extensions;      ///< the whole data object 65, as written; empty when absent

    /// Reads the whole data object. Throws MalformedData.
    [[nodiscard]] static CvCertificateBody decode(BytesView dataObject);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const CvCertificateBody&, const CvCertificateBody&) = default;
};

/// A card verifiable certificate, 7F21 (BSI TR-03110-3, C.1): what a chip verifies a terminal with.
class CvCertificate {
public:
    static constexpr std::size_t maximumLength = 4096;

    /// Reads one certificate; zero bytes and line breaks behind it are passed over. Throws MalformedData.
    [[nodiscard]] static CvCertificate decode(BytesView certificate);
    /// The certificate with `body`, over whose encoding `signature` was made.
    [[nodiscard]] static CvCertificate assemble(const CvCertificateBody& body, BytesView signature);

    [[nodiscard]] const CvCertificateBody& body() const { return body_; }
    /// The whole certificate as it was read.
    [[nodiscard]] const Bytes& encoded() const { return encoded_; }
    /// Body and signature as they were read, without the data object around them: what PSO:Verify Certificate
    /// carries.
    [[nodiscard]] BytesView bodyAndSignature() const;

    /// A certificate of a CVCA that the key in it verifies.
    [[nodiscard]] bool isSelfSigned() const;
    /// A CVCA's new key, signed with its former one (2.3).
    [[nodiscard]] bool isLink() const;
    [[nodiscard]] bool isValidOn(Date day) const;

    /// Whether the key of `authority`, on `curve` where it has no domain parameters of its own, made the
    /// signature; false also when it has no curve, or the wrong one. The reference is not compared.
    [[nodiscard]] bool isSignedBy(const CvPublicKey& authority,
                                  const std::optional<EllipticCurve>& curve) const;

private:
    explicit CvCertificate(CvCertificateBody body);

    CvCertificateBody body_;
    Bytes encoded_;
    std::size_t headerSize_ = 0;
    std::size_t bodySize_ = 0;
    Bytes signature_;
};

} // namespace cancuoc::trust
