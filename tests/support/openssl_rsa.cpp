// SPDX-License-Identifier: Apache-2.0
#include "tests/support/openssl_rsa.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdexcept>

namespace cancuoc::test {
namespace {

using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

void require(bool condition) {
    if (!condition) {
        throw std::runtime_error("OpenSSL refused an operation of the test oracle");
    }
}

} // namespace

OpensslRsa::OpensslRsa(int bits) : key_(EVP_RSA_gen(static_cast<unsigned>(bits)), &EVP_PKEY_free) {
    require(key_ != nullptr);
}

Bytes OpensslRsa::parameter(const char* name) const {
    BIGNUM* value = nullptr;
    require(EVP_PKEY_get_bn_param(key_.get(), name, &value) == 1);
    const std::unique_ptr<BIGNUM, decltype(&BN_clear_free)> owned(value, &BN_clear_free);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value)));
    BN_bn2bin(value, bytes.data());
    return bytes;
}

Bytes OpensslRsa::modulus() const {
    return parameter(OSSL_PKEY_PARAM_RSA_N);
}

Bytes OpensslRsa::publicExponent() const {
    return parameter(OSSL_PKEY_PARAM_RSA_E);
}

Bytes OpensslRsa::firstPrime() const {
    return parameter(OSSL_PKEY_PARAM_RSA_FACTOR1);
}

Bytes OpensslRsa::secondPrime() const {
    return parameter(OSSL_PKEY_PARAM_RSA_FACTOR2);
}

Bytes OpensslRsa::subjectPublicKeyInfo() const {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key_.get(), &encoded);
    require(size > 0);
    const Bytes der(encoded, encoded + size);
    OPENSSL_free(encoded);
    return der;
}

Bytes OpensslRsa::encrypt(const Bytes& signature) const {
    const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr), &EVP_PKEY_CTX_free);
    Bytes output(modulus().size());
    std::size_t size = output.size();
    require(EVP_PKEY_encrypt_init(context.get()) == 1 &&
            EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1 &&
            EVP_PKEY_encrypt(context.get(), output.data(), &size, signature.data(), signature.size()) == 1);
    return output;
}

Bytes OpensslRsa::sign(const char* digest, bool pss, const Bytes& message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* parameters = nullptr;
    require(EVP_DigestSignInit_ex(context.get(), &parameters, digest, nullptr, nullptr, key_.get(),
                                  nullptr) == 1);
    if (pss) {
        require(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1);
    }
    Bytes signature(modulus().size());
    std::size_t size = signature.size();
    require(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
    return signature;
}

} // namespace cancuoc::test
