// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate.hpp"

#include "host/crypto/digest.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

namespace cancuoc::trust {

Certificate Certificate::decode(BytesView certificate) {
    if (certificate.size() > maximumLength) {
        throw MalformedData("A certificate has more than " + std::to_string(maximumLength) + " bytes.");
    }
    Certificate decoded;
    decoded.der_ = derOf(certificate, {"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"});
    const unsigned char* position = decoded.der_.data();
    decoded.x509_.reset(d2i_X509(nullptr, &position, static_cast<long>(decoded.der_.size())));
    ERR_clear_error();
    if (!decoded.x509_ || position != decoded.der_.data() + decoded.der_.size()) {
        throw MalformedData("This is no X.509 certificate.");
    }
    X509& x509 = *decoded.x509_;
    decoded.sha256_ = digest(HashAlgorithm::Sha256, decoded.der_);
    decoded.subject_ = textOf(*X509_get_subject_name(&x509));
    decoded.issuer_ = textOf(*X509_get_issuer_name(&x509));
    decoded.country_ = toUpper(countryOf(*X509_get_subject_name(&x509)));
    decoded.notBefore_ = timeOf(*X509_get0_notBefore(&x509));
    decoded.notAfter_ = timeOf(*X509_get0_notAfter(&x509));
    decoded.kind_ = kindOf(x509);
    ERR_clear_error();
    return decoded;
}

std::vector<CertificateDefect> Certificate::defects(std::chrono::sys_seconds time) const {
    auto defects = findDefects(*x509_, kind_);
    if (time < notBefore_) {
        defects.push_back({"validity", "has not begun"});
    } else if (time > notAfter_) {
        defects.push_back({"validity", "is over"});
    }
    return defects;
}

EvpKey Certificate::publicKey() const {
    return publicKeyOf(*x509_);
}

} // namespace cancuoc::trust
