// SPDX-License-Identifier: Apache-2.0
// OpenSSL 3.0 signs with keys of others through a provider or, as here, an EC_KEY_METHOD: deprecated since
// 3.0 and there until 4.0, one function instead of a whole provider, and Debian 12 has no PKCS#11 provider.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "personalization/pki/token_key.hpp"

#include <exception>
#include <memory>
#include <utility>

#include <openssl/ec.h>

#include "host/crypto/bignum.hpp"

namespace cancuoc::personalization {

namespace {

using trust::Pkcs11Key;

using EcKeyPtr = std::unique_ptr<EC_KEY, OpensslFree<EC_KEY_free>>;
using EcKeyMethodPtr = std::unique_ptr<EC_KEY_METHOD, OpensslFree<EC_KEY_METHOD_free>>;

constexpr const char* failure = "The key in the token cannot be used";

thread_local std::exception_ptr refusal; ///< by the token, of the last signature

void freeKey(void*, void* key, CRYPTO_EX_DATA*, int, long, void*) {
    const std::unique_ptr<Pkcs11Key> owned(static_cast<Pkcs11Key*>(key));
}

int copyKey(CRYPTO_EX_DATA*, const CRYPTO_EX_DATA*, void** key, int, long, void*) {
    if (*key != nullptr) {
        *key = std::make_unique<Pkcs11Key>(*static_cast<const Pkcs11Key*>(*key)).release();
    }
    return 1;
}

// Where an EC_KEY carries its Pkcs11Key.
int keyIndex() {
    static const int index = EC_KEY_get_ex_new_index(0, nullptr, nullptr, copyKey, freeKey);
    return index;
}

ECDSA_SIG* signHash(const unsigned char* hash, int size, const BIGNUM*, const BIGNUM*, EC_KEY* key) {
    try {
        const auto& inToken = *static_cast<const Pkcs11Key*>(EC_KEY_get_ex_data(key, keyIndex()));
        const Bytes plain = inToken.signHash({hash, static_cast<std::size_t>(size)});
        const BytesView both(plain);
        EcdsaSignaturePtr signature = ownOpenssl<EcdsaSignaturePtr>(ECDSA_SIG_new(), failure);
        BignumPtr r = toBignum(both.first(plain.size() / 2));
        BignumPtr s = toBignum(both.subspan(plain.size() / 2));
        requireOpenssl(ECDSA_SIG_set0(signature.get(), r.release(), s.release()), failure);
        return signature.release();
    } catch (...) {
        refusal = std::current_exception();
        return nullptr;
    }
}

int signInDer(int, const unsigned char* hash, int size, unsigned char* output, unsigned* outputSize,
              const BIGNUM* kinv, const BIGNUM* r, EC_KEY* key) {
    const EcdsaSignaturePtr signature(signHash(hash, size, kinv, r, key));
    if (!signature) {
        return 0;
    }
    *outputSize = static_cast<unsigned>(i2d_ECDSA_SIG(signature.get(), &output));
    return 1;
}

const EC_KEY_METHOD* signingInToken() {
    static const EcKeyMethodPtr method = [] {
        auto made = ownOpenssl<EcKeyMethodPtr>(EC_KEY_METHOD_new(EC_KEY_OpenSSL()), failure);
        EC_KEY_METHOD_set_sign(made.get(), signInDer, nullptr, signHash);
        return made;
    }();
    return method.get();
}

} // namespace

EvpKey tokenKey(const Pkcs11Key& key, CurveEncoding encoding) {
    const auto [curve, point] = key.publicKey();
    const auto group = ownOpenssl<EcGroupPtr>(EC_GROUP_dup(&curve.group()), failure);
    EC_GROUP_set_asn1_flag(group.get(), encoding == CurveEncoding::Named ? OPENSSL_EC_NAMED_CURVE
                                                                         : OPENSSL_EC_EXPLICIT_CURVE);
    auto ecKey = ownOpenssl<EcKeyPtr>(EC_KEY_new(), failure);
    requireOpenssl(EC_KEY_set_method(ecKey.get(), signingInToken()), failure);
    requireOpenssl(EC_KEY_set_group(ecKey.get(), group.get()), failure);
    requireOpenssl(EC_KEY_set_public_key(ecKey.get(), curve.decodePoint(point).get()), failure);
    auto carried = std::make_unique<Pkcs11Key>(key);
    requireOpenssl(EC_KEY_set_ex_data(ecKey.get(), keyIndex(), carried.get()), failure);
    static_cast<void>(carried.release()); // the EC_KEY owns it now
    auto made = ownOpenssl<EvpKey>(EVP_PKEY_new(), failure);
    requireOpenssl(EVP_PKEY_assign_EC_KEY(made.get(), ecKey.get()), failure);
    static_cast<void>(ecKey.release()); // the EVP_PKEY owns it now
    return made;
}

std::optional<std::string> tokenUriOf(const EVP_PKEY& key) {
    if (EVP_PKEY_get_base_id(&key) != EVP_PKEY_EC) {
        return std::nullopt;
    }
    const EC_KEY* const ecKey = EVP_PKEY_get0_EC_KEY(&key);
    const auto* const inToken = static_cast<const Pkcs11Key*>(EC_KEY_get_ex_data(ecKey, keyIndex()));
    return inToken == nullptr ? std::nullopt : std::optional(inToken->uri());
}

void throwSigningFailure(std::string_view action) {
    if (const auto pending = std::exchange(refusal, nullptr)) {
        static_cast<void>(opensslError(action)); // empties OpenSSL's queue
        std::rethrow_exception(pending);
    }
    throw opensslError(action);
}

} // namespace cancuoc::personalization
