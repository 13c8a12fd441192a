// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/subject_public_key_info.hpp"

#include "host/crypto/bignum.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t longestSubjectPublicKeyInfo = 8192;

[[noreturn]] void refuse(const char* reason) {
    ERR_clear_error();
    throw MalformedData(reason);
}

[[noreturn]] void refuseUnknown() {
    ERR_clear_error();
    throw UnknownDomainParameters(
        "The domain parameters of a public key are those of no known curve or group.");
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
        EcGroupPtr group(nid == NID_undef ? nullptr : EC_GROUP_new_by_curve_name(nid));
        if (!group) {
            refuseUnknown();
        }
        return group;
    }
    EcGroupPtr group;
    if (type == V_ASN1_SEQUENCE) {
        const auto* const encoded = static_cast<const ASN1_STRING*>(value);
        const std::uint8_t* input = ASN1_STRING_get0_data(encoded);
        group.reset(d2i_ECPKParameters(nullptr, &input, ASN1_STRING_length(encoded)));
    }
    if (!group) {
        refuse("The domain parameters of a public key are not well formed.");
    }
    return group;
}

EllipticCurve decodeKnownCurve(const X509_ALGOR& algorithm) {
    const EcGroupPtr group = decodeCurve(algorithm);
    const auto curve = EllipticCurve::matching(*group);
    if (!curve) {
        refuseUnknown();
    }
    return *curve;
}

// What a SubjectPublicKeyInfo consists of; views it.
struct Parts {
    const ASN1_OBJECT* identifier;
    const X509_ALGOR* algorithm;
    BytesView keyBytes;
};

Parts takeApart(const X509_PUBKEY& info) {
    ASN1_OBJECT* identifier = nullptr;
    const std::uint8_t* keyBytes = nullptr;
    int keySize = 0;
    X509_ALGOR* algorithm = nullptr;
    requireOpenssl(X509_PUBKEY_get0_param(&identifier, &keyBytes, &keySize, &algorithm, &info),
                   "A SubjectPublicKeyInfo cannot be taken apart");
    return {identifier, algorithm, {keyBytes, static_cast<std::size_t>(keySize)}};
}

// Doc 9303-11, 9.5.1: standardizedDomainParameters with the number of Table 12.
std::optional<unsigned> standardizedParameterId(const Parts& parts) {
    constexpr std::uint8_t standardizedDomainParameters[] = {0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x02};
    constexpr long largestParameterId = 31;
    if (!equal({OBJ_get0_data(parts.identifier), OBJ_length(parts.identifier)},
               standardizedDomainParameters)) {
        return std::nullopt;
    }
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(nullptr, &type, &value, parts.algorithm);
    const long parameterId =
        type == V_ASN1_INTEGER ? ASN1_INTEGER_get(static_cast<const ASN1_INTEGER*>(value)) : -1;
    if (parameterId < 0 || parameterId > largestParameterId) {
        refuseUnknown();
    }
    return static_cast<unsigned>(parameterId);
}

bool isDiffieHellmanParameter(unsigned parameterId) {
    return parameterId <= 2;
}

std::optional<EllipticCurve> curveOf(const Parts& parts) {
    if (OBJ_obj2nid(parts.identifier) == NID_X9_62_id_ecPublicKey) {
        return decodeKnownCurve(*parts.algorithm);
    }
    const auto parameterId = standardizedParameterId(parts);
    if (!parameterId || isDiffieHellmanParameter(*parameterId)) {
        return std::nullopt;
    }
    if (*parameterId < 8 || *parameterId > 18) {
        refuseUnknown();
    }
    return EllipticCurve::standardized(*parameterId);
}

std::optional<EllipticCurvePublicKey> decodeEllipticCurve(const X509_PUBKEY& info) {
    const Parts parts = takeApart(info);
    const auto curve = curveOf(parts);
    if (!curve) {
        return std::nullopt;
    }
    static_cast<void>(curve->decodePoint(parts.keyBytes));
    return EllipticCurvePublicKey{*curve, toBytes(parts.keyBytes)};
}

Bytes numberOf(const EVP_PKEY& key, const char* name) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(&key, name, &number) != 1) {
        ERR_clear_error();
        return {};
    }
    const BignumPtr owned(number);
    return toBytes(toBytesOfWidth(*owned, static_cast<std::size_t>(BN_num_bytes(number))).view());
}

// The public value is an INTEGER inside the BIT STRING.
Bytes decodePublicValue(BytesView keyBytes) {
    const std::uint8_t* input = keyBytes.data();
    const std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>> integer(
        d2i_ASN1_INTEGER(nullptr, &input, static_cast<long>(keyBytes.size())));
    const BignumPtr number(integer ? ASN1_INTEGER_to_BN(integer.get(), nullptr) : nullptr);
    if (!number || BN_is_negative(number.get()) != 0 || BN_is_zero(number.get()) != 0) {
        refuse("A Diffie-Hellman public key is no positive number.");
    }
    return toBytes(toBytesOfWidth(*number, static_cast<std::size_t>(BN_num_bytes(number.get()))).view());
}

// PKCS#3 and X9.42.
DiffieHellmanPublicKey decodeWithParameters(const X509_PUBKEY& info) {
    const EvpKey key(X509_PUBKEY_get(&info));
    if (!key) {
        refuse("A Diffie-Hellman public key cannot be decoded.");
    }
    auto group = DiffieHellmanGroup::fromParameters(numberOf(*key, OSSL_PKEY_PARAM_FFC_P),
                                                    numberOf(*key, OSSL_PKEY_PARAM_FFC_G),
                                                    numberOf(*key, OSSL_PKEY_PARAM_FFC_Q));
    return {std::move(group), numberOf(*key, OSSL_PKEY_PARAM_PUB_KEY)};
}

std::optional<DiffieHellmanPublicKey> decodeDiffieHellman(const X509_PUBKEY& info) {
    const Parts parts = takeApart(info);
    const int nid = OBJ_obj2nid(parts.identifier);
    if (nid == NID_dhKeyAgreement || nid == NID_dhpublicnumber) {
        return decodeWithParameters(info);
    }
    const auto parameterId = standardizedParameterId(parts);
    if (!parameterId || !isDiffieHellmanParameter(*parameterId)) {
        return std::nullopt;
    }
    return DiffieHellmanPublicKey{DiffieHellmanGroup::standardized(*parameterId),
                                  decodePublicValue(parts.keyBytes)};
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

std::optional<DiffieHellmanPublicKey> decodeDiffieHellmanPublicKey(BytesView der) {
    auto key = decodeDiffieHellman(*decodeOuter(der));
    if (key) {
        static_cast<void>(key->group.decodeElement(key->value));
    }
    return key;
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
