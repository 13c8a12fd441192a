// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

namespace cancuoc {

/// Calls the C function `Free` on the object that a handle owns.
template <auto Free>
struct OpensslFree {
    template <class Object>
    void operator()(Object* object) const noexcept {
        Free(object);
    }
};

/// Owning handles of OpenSSL objects. Numbers and points may be secret, so they are wiped when freed.
using BignumPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_clear_free>>;
using BignumContextPtr = std::unique_ptr<BN_CTX, OpensslFree<BN_CTX_free>>;
using MontgomeryPtr = std::unique_ptr<BN_MONT_CTX, OpensslFree<BN_MONT_CTX_free>>;
using EcGroupPtr = std::unique_ptr<EC_GROUP, OpensslFree<EC_GROUP_free>>;
using EcPointPtr = std::unique_ptr<EC_POINT, OpensslFree<EC_POINT_clear_free>>;
using EcdsaSignaturePtr = std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>>;
using EvpKey = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using EvpKeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;
using MacPtr = std::unique_ptr<EVP_MAC, OpensslFree<EVP_MAC_free>>;
using MacContextPtr = std::unique_ptr<EVP_MAC_CTX, OpensslFree<EVP_MAC_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, OpensslFree<X509_free>>;
using X509CrlPtr = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;
using X509NamePtr = std::unique_ptr<X509_NAME, OpensslFree<X509_NAME_free>>;
using X509PublicKeyPtr = std::unique_ptr<X509_PUBKEY, OpensslFree<X509_PUBKEY_free>>;
using CmsPtr = std::unique_ptr<CMS_ContentInfo, OpensslFree<CMS_ContentInfo_free>>;

/// The exception for a refused OpenSSL call: `action` ("The point cannot be multiplied") and OpenSSL's own
/// reason. Empties OpenSSL's error queue of this thread.
[[nodiscard]] CryptographyError opensslError(std::string_view action);

/// Throws opensslError(action) unless `result` is 1, OpenSSL's word for success.
void requireOpenssl(int result, std::string_view action);

/// Takes ownership of what an OpenSSL constructor returned; throws opensslError(action) for a null pointer.
template <class Handle>
[[nodiscard]] Handle ownOpenssl(typename Handle::pointer object, std::string_view action) {
    if (object == nullptr) {
        throw opensslError(action);
    }
    return Handle(object);
}

} // namespace cancuoc
