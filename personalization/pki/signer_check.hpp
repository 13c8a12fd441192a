// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/pki/public_key_infrastructure.hpp"

namespace cancuoc::personalization {

/// Holds a signer's key and certificate against the PKI they lie in: the key belongs to the certificate, the
/// CSCA, whose certificate is signed by its own key, issued it, and its CRL does not list it. OpenSSL builds
/// no chain with explicit curve parameters, so the two links of this one are verified here.
/// @throws BadConfiguration naming the file that is missing or wrong
void checkSigner(const PkiFiles& files, X509& csca, const SignerName& name, X509& certificate,
                 const EVP_PKEY& key);

} // namespace cancuoc::personalization
