// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_revocation_list.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

namespace cancuoc::trust {

CertificateRevocationList CertificateRevocationList::decode(BytesView crl) {
    CertificateRevocationList decoded;
    decoded.der_ = derOf(crl, {"X509 CRL"});
    if (decoded.der_.size() > maximumLength) {
        throw MalformedData("A certificate revocation list has more than " + std::to_string(maximumLength) +
                            " bytes.");
    }
    const unsigned char* position = decoded.der_.data();
    decoded.x509_.reset(d2i_X509_CRL(nullptr, &position, static_cast<long>(decoded.der_.size())));
    ERR_clear_error();
    if (!decoded.x509_ || position != decoded.der_.data() + decoded.der_.size()) {
        throw MalformedData("This is no X.509 certificate revocation list.");
    }
    const X509_CRL& x509 = *decoded.x509_;
    decoded.sha256_ = digest(HashAlgorithm::Sha256, decoded.der_);
    decoded.issuer_ = textOf(*X509_CRL_get_issuer(&x509));
    decoded.country_ = toUpper(countryOf(*X509_CRL_get_issuer(&x509)));
    decoded.thisUpdate_ = timeOf(*X509_CRL_get0_lastUpdate(&x509));
    if (const ASN1_TIME* nextUpdate = X509_CRL_get0_nextUpdate(&x509)) {
        decoded.nextUpdate_ = timeOf(*nextUpdate);
    }
    ERR_clear_error();
    return decoded;
}

std::size_t CertificateRevocationList::entries() const {
    const STACK_OF(X509_REVOKED)* revoked = X509_CRL_get_REVOKED(x509_.get());
    return revoked != nullptr ? static_cast<std::size_t>(sk_X509_REVOKED_num(revoked)) : 0;
}

} // namespace cancuoc::trust
