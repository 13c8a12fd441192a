// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/subject_public_key_info.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

namespace cancuoc {

namespace {

constexpr std::size_t longestSubjectPublicKeyInfo = 8192;

[[noreturn]] void refuse(const char* reason) {
    ERR_clear_error();
    throw MalformedData(reason);
}

X509PublicKeyPtr decodeOuter(BytesView der) {
    const std::uint8_t* input = der.data();
    if (der.size() > longestSubjectPublicKeyInfo) {
        refuse("A SubjectPublicKeyInfo is too long.");
    }
    X509PublicKeyPtr info(d2i_X509_PUBKEY(nullptr, &input, static_cast<long>(der.size())));
    if (!info || input != der.data() + der.size()) {
        refuse("A SubjectPublicKeyInfo is not well formed.");
    }
    return info;
}

// ECParameters of RFC 3279, 2.3.5: a named curve or explicit parameters.
EcGroupPtr decodeCurve(const X509_ALGOR& algorithm) {
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(nullptr, &type, &value, &algorithm);
    if (type == V_ASN1_OBJECT) {
        const int nid = OBJ_obj2nid(static_cast<const ASN1_OBJECT*>(value));
        return EcGroupPtr(nid == NID_undef ? nullptr : EC_GROUP_new_by_curve_name(nid));
    }
    if (type != V_ASN1_SEQUENCE) {
        return nullptr;
    }
    const auto* const encoded = static_cast<const ASN1_STRING*>(value);
    const std::uint8_t* input = ASN1_STRING_get0_data(encoded);
    return EcGroupPtr(d2i_ECPKParameters(nullptr, &input, ASN1_STRING_length(encoded)));
}

EllipticCurve decodeKnownCurve(const X509_ALGOR& algorithm) {
    const EcGroupPtr group = decodeCurve(algorithm);
    const auto curve = group ? EllipticCurve::matching(*group) : std::nullopt;
    if (!curve) {
        refuse("The domain parameters of a public key are those of no known curve.");
    }
    return *curve;
}

std::optional<EllipticCurvePublicKey> decodeEllipticCurve(const X509_PUBKEY& info) {
    ASN1_OBJECT* algorithmIdentifier = nullptr;
    const std::uint8_t* keyBytes = nullptr;
    int keySize = 0;
    X509_ALGOR* algorithm = nullptr;
    requireOpenssl(X509_PUBKEY_get0_param(&algorithmIdentifier, &keyBytes, &keySize, &algorithm, &info),
                   "A SubjectPublicKeyInfo cannot be taken apart");
    if (OBJ_obj2nid(algorithmIdentifier) != NID_X9_62_id_ecPublicKey) {
        return std::nullopt;
    }
    const EllipticCurve curve = decodeKnownCurve(*algorithm);
    const BytesView point(keyBytes, static_cast<std::size_t>(keySize));
    static_cast<void>(curve.decodePoint(point));
    return EllipticCurvePublicKey{curve, toBytes(point)};
}

} // namespace

EvpKey decodeSubjectPublicKeyInfo(BytesView der) {
    const X509PublicKeyPtr info = decodeOuter(der);
    if (const auto key = decodeEllipticCurve(*info)) {
        return ellipticCurvePublicKey(key->curve, key->point);
    }
    EvpKey key(X509_PUBKEY_get(info.get()));
    if (!key) {
        refuse("A SubjectPublicKeyInfo holds no public key that is supported.");
    }
    return key;
}

std::optional<EllipticCurvePublicKey> decodeEllipticCurvePublicKey(BytesView der) {
    return decodeEllipticCurve(*decodeOuter(der));
}

Bytes encodeSubjectPublicKeyInfo(const EllipticCurve& curve, BytesView point, CurveEncoding encoding) {
    const EvpKey key = ellipticCurvePublicKey(curve, point);
    const char* const form =
        encoding == CurveEncoding::Explicit ? OSSL_PKEY_EC_ENCODING_EXPLICIT : OSSL_PKEY_EC_ENCODING_GROUP;
    requireOpenssl(EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, form),
                   "The form of the curve cannot be chosen");
    const int size = i2d_PUBKEY(key.get(), nullptr);
    if (size <= 0) {
        throw opensslError("The public key cannot be encoded");
    }
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* output = der.data();
    i2d_PUBKEY(key.get(), &output);
    return der;
}

} // namespace cancuoc
