// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/ecdsa.hpp"

#include "host/crypto/bignum.hpp"

#include <openssl/err.h>

namespace cancuoc {

namespace {

DigestContextPtr newDigestContext() {
    return ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), "The signature cannot be set up");
}

} // namespace

Bytes signEcdsa(const EllipticCurveKeyPair& key, HashAlgorithm algorithm, BytesView message) {
    constexpr std::string_view action = "The message cannot be signed";
    const EvpKey evpKey = key.toEvpKey();
    const DigestContextPtr context = newDigestContext();
    requireOpenssl(
        EVP_DigestSignInit(context.get(), nullptr, opensslDigest(algorithm), nullptr, evpKey.get()), action);
    std::size_t size = 0;
    requireOpenssl(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()), action);
    Bytes signature(size);
    requireOpenssl(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
                   action);
    signature.resize(size);
    return signature;
}

bool verifyEcdsa(EVP_PKEY& publicKey, HashAlgorithm algorithm, BytesView message, BytesView signature) {
    const DigestContextPtr context = newDigestContext();
    requireOpenssl(
        EVP_DigestVerifyInit(context.get(), nullptr, opensslDigest(algorithm), nullptr, &publicKey),
        "The public key cannot verify signatures");
    const bool verified = EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                                           message.size()) == 1;
    ERR_clear_error();
    return verified;
}

Bytes derFromPlainSignature(BytesView plain) {
    if (plain.empty() || plain.size() % 2 != 0) {
        throw MalformedData("A plain signature must be two numbers of the same width.");
    }
    const auto signature = ownOpenssl<EcdsaSignaturePtr>(ECDSA_SIG_new(), "The signature cannot be set up");
    const std::size_t width = plain.size() / 2;
    requireOpenssl(ECDSA_SIG_set0(signature.get(), toBignum(plain.first(width)).release(),
                                  toBignum(plain.last(width)).release()),
                   "The signature cannot be set up");
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0) {
        throw opensslError("The signature cannot be encoded");
    }
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* output = der.data();
    i2d_ECDSA_SIG(signature.get(), &output);
    return der;
}

Bytes plainFromDerSignature(BytesView der, std::size_t width) {
    const std::uint8_t* input = der.data();
    const EcdsaSignaturePtr signature(d2i_ECDSA_SIG(nullptr, &input, static_cast<long>(der.size())));
    Bytes plain(2 * width);
    if (!signature || input != der.data() + der.size() ||
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), plain.data(), static_cast<int>(width)) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), plain.data() + width, static_cast<int>(width)) < 0) {
        ERR_clear_error();
        throw MalformedData("A signature is no pair of numbers that fits its curve.");
    }
    return plain;
}

} // namespace cancuoc
