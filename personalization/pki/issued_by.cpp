// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/issued_by.hpp"

namespace cancuoc::personalization {

bool isIssuedBy(X509& certificate, X509& issuer) {
    return X509_NAME_cmp(X509_get_issuer_name(&certificate), X509_get_subject_name(&issuer)) == 0 &&
           X509_verify(&certificate, X509_get0_pubkey(&issuer)) == 1;
}

} // namespace cancuoc::personalization
