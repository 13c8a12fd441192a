// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/signature_scheme.hpp"

#include "host/crypto/ecdsa.hpp"

#include <openssl/err.h>
#include <openssl/rsa.h>

namespace cancuoc {

namespace {

constexpr std::string_view cannotSign = "The message cannot be signed";

// The order of the base point decides about the width of r and s.
std::size_t orderSize(const EVP_PKEY& key) {
    return (static_cast<std::size_t>(EVP_PKEY_get_bits(&key)) + 7) / 8;
}

bool choosePadding(const SignatureScheme& scheme, int saltLength, EVP_PKEY_CTX& context) {
    switch (scheme.kind) {
    case SignatureScheme::Kind::EcdsaPlain:
        return true;
    case SignatureScheme::Kind::RsaPkcs1:
        return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PADDING) == 1;
    case SignatureScheme::Kind::RsaPss:
        return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(&context, saltLength) == 1;
    }
    return false;
}

DigestContextPtr newDigestContext() {
    return ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), "The signature cannot be set up");
}

} // namespace

bool SignatureScheme::fits(const EVP_PKEY& key) const {
    return EVP_PKEY_get_base_id(&key) == (kind == Kind::EcdsaPlain ? EVP_PKEY_EC : EVP_PKEY_RSA);
}

Bytes sign(const SignatureScheme& scheme, EVP_PKEY& privateKey, BytesView message) {
    if (!scheme.fits(privateKey)) {
        throw BadConfiguration("The private key is not of the kind that its signature algorithm needs.");
    }
    const DigestContextPtr context = newDigestContext();
    EVP_PKEY_CTX* keyContext = nullptr;
    requireOpenssl(
        EVP_DigestSignInit(context.get(), &keyContext, opensslDigest(scheme.hash), nullptr, &privateKey),
        cannotSign);
    requireOpenssl(choosePadding(scheme, RSA_PSS_SALTLEN_DIGEST, *keyContext) ? 1 : 0, cannotSign);
    std::size_t size = 0;
    requireOpenssl(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()), cannotSign);
    Bytes signature(size);
    requireOpenssl(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
                   cannotSign);
    signature.resize(size);
    return scheme.kind == SignatureScheme::Kind::EcdsaPlain
               ? plainFromDerSignature(signature, orderSize(privateKey))
               : signature;
}

bool verify(const SignatureScheme& scheme, EVP_PKEY& publicKey, BytesView message, BytesView signature) {
    if (!scheme.fits(publicKey)) {
        return false;
    }
    if (scheme.kind == SignatureScheme::Kind::EcdsaPlain) {
        return signature.size() == 2 * orderSize(publicKey) &&
               verifyEcdsa(publicKey, scheme.hash, message, derFromPlainSignature(signature));
    }
    // RFC 8017, 8.1.2 and 8.2.2, step 1. OpenSSL lets leading zeros be left out of an RSASSA-PSS signature.
    if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(&publicKey))) {
        return false;
    }
    const DigestContextPtr context = newDigestContext();
    EVP_PKEY_CTX* keyContext = nullptr;
    requireOpenssl(
        EVP_DigestVerifyInit(context.get(), &keyContext, opensslDigest(scheme.hash), nullptr, &publicKey),
        "The public key cannot verify signatures");
    const bool verified = choosePadding(scheme, RSA_PSS_SALTLEN_AUTO, *keyContext) &&
                          EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                                           message.size()) == 1;
    ERR_clear_error();
    return verified;
}

} // namespace cancuoc
