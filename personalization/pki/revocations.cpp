// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/revocations.hpp"

#include "host/trust/x509.hpp"

namespace cancuoc::personalization {

using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;

std::vector<Revocation> entriesOf(X509_CRL& crl) {
    std::vector<Revocation> entries;
    auto* const listed = X509_CRL_get_REVOKED(&crl);
    for (int index = 0; listed != nullptr && index < sk_X509_REVOKED_num(listed); ++index) {
        const X509_REVOKED* const entry = sk_X509_REVOKED_value(listed, index);
        entries.push_back({toBytes(trust::bytesOf(*X509_REVOKED_get0_serialNumber(entry))),
                           trust::timeOf(*X509_REVOKED_get0_revocationDate(entry))});
    }
    return entries;
}

long crlNumberOf(const X509_CRL& crl) {
    const IntegerPtr number(
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(&crl, NID_crl_number, nullptr, nullptr)));
    return number ? ASN1_INTEGER_get(number.get()) : 0;
}

} // namespace cancuoc::personalization
