// SPDX-License-Identifier: Apache-2.0
#include "host/trust/cv_public_key.hpp"

#include "host/apdu/tlv.hpp"
#include "host/crypto/bignum.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/asn1.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <algorithm>

namespace cancuoc::trust {

namespace {

using Kind = SignatureScheme::Kind;

struct NamedScheme {
    std::string_view objectIdentifier;
    SignatureScheme scheme;
};

constexpr NamedScheme namedSchemes[] = {
    {"0.4.0.127.0.7.2.2.2.1.1", {Kind::RsaPkcs1, HashAlgorithm::Sha1}},
    {"0.4.0.127.0.7.2.2.2.1.2", {Kind::RsaPkcs1, HashAlgorithm::Sha256}},
    {"0.4.0.127.0.7.2.2.2.1.3", {Kind::RsaPss, HashAlgorithm::Sha1}},
    {"0.4.0.127.0.7.2.2.2.1.4", {Kind::RsaPss, HashAlgorithm::Sha256}},
    {"0.4.0.127.0.7.2.2.2.1.5", {Kind::RsaPkcs1, HashAlgorithm::Sha512}},
    {"0.4.0.127.0.7.2.2.2.1.6", {Kind::RsaPss, HashAlgorithm::Sha512}},
    {"0.4.0.127.0.7.2.2.2.2.1", {Kind::EcdsaPlain, HashAlgorithm::Sha1}},
    {"0.4.0.127.0.7.2.2.2.2.2", {Kind::EcdsaPlain, HashAlgorithm::Sha224}},
    {"0.4.0.127.0.7.2.2.2.2.3", {Kind::EcdsaPlain, HashAlgorithm::Sha256}},
    {"0.4.0.127.0.7.2.2.2.2.4", {Kind::EcdsaPlain, HashAlgorithm::Sha384}},
    {"0.4.0.127.0.7.2.2.2.2.5", {Kind::EcdsaPlain, HashAlgorithm::Sha512}},
};

constexpr std::uint32_t publicKeyTemplate = 0x7F49;
constexpr std::string_view publicKeyName = "The public key of a CV certificate";

// D.3.1.
constexpr std::uint32_t compositeModulusTag = 0x81;
constexpr std::uint32_t publicExponentTag = 0x82;
// D.3.3.
constexpr std::uint32_t primeModulusTag = 0x81;
constexpr std::uint32_t firstCoefficientTag = 0x82;
constexpr std::uint32_t secondCoefficientTag = 0x83;
constexpr std::uint32_t basePointTag = 0x84;
constexpr std::uint32_t orderOfBasePointTag = 0x85;
constexpr std::uint32_t publicPointTag = 0x86;
constexpr std::uint32_t cofactorTag = 0x87;

// A.7.3.2 ends at 3072 bits; nothing longer than this is worth looking at.
constexpr std::size_t longestModulus = 512;
constexpr std::size_t longestExponent = 8;

// D.2.1.1: no leading zero bytes.
Bytes toUnsignedInteger(const BIGNUM& number) {
    Bytes bytes(static_cast<std::size_t>(std::max(BN_num_bytes(&number), 1)));
    BN_bn2binpad(&number, bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

BytesView withoutLeadingZeros(BytesView number) {
    const auto first = std::find_if(number.begin(), number.end(), [](auto byte) { return byte != 0; });
    return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

[[noreturn]] void refuse(const std::string& reason) {
    ERR_clear_error();
    throw MalformedData(reason);
}

// D.3.3, 81 to 85, without leading zeros.
struct DomainParameters {
    Bytes primeModulus;
    Bytes firstCoefficient;
    Bytes secondCoefficient;
    Bytes basePoint;
    Bytes orderOfBasePoint;

    [[nodiscard]] static DomainParameters of(const EllipticCurve& curve);
    [[nodiscard]] static DomainParameters read(TlvReader& reader);

    friend bool operator==(const DomainParameters&, const DomainParameters&) = default;
};

DomainParameters DomainParameters::of(const EllipticCurve& curve) {
    const auto prime = newBignum();
    const auto a = newBignum();
    const auto b = newBignum();
    requireOpenssl(EC_GROUP_get_curve(&curve.group(), prime.get(), a.get(), b.get(), nullptr),
                   "The curve cannot be read");
    return {toUnsignedInteger(*prime), toUnsignedInteger(*a), toUnsignedInteger(*b),
            curve.encodePoint(*curve.basePoint()), toUnsignedInteger(*EC_GROUP_get0_order(&curve.group()))};
}

DomainParameters DomainParameters::read(TlvReader& reader) {
    const auto number = [&reader](std::uint32_t tag, std::string_view name) {
        return toBytes(withoutLeadingZeros(reader.expect(tag, name).value));
    };
    DomainParameters parameters;
    parameters.primeModulus = number(primeModulusTag, "The prime modulus");
    parameters.firstCoefficient = number(firstCoefficientTag, "The first coefficient");
    parameters.secondCoefficient = number(secondCoefficientTag, "The second coefficient");
    parameters.basePoint = number(basePointTag, "The base point");
    parameters.orderOfBasePoint = number(orderOfBasePointTag, "The order of the base point");
    return parameters;
}

// Foreign domain parameters are compared and never computed with.
EllipticCurve readCurve(TlvReader& reader) {
    const auto parameters = DomainParameters::read(reader);
    for (unsigned parameterId = 8; parameterId <= 18; ++parameterId) {
        auto curve = EllipticCurve::standardized(parameterId);
        if (DomainParameters::of(curve) == parameters) {
            return curve;
        }
    }
    refuse("The domain parameters of a CV certificate are those of no known curve.");
}

CvPublicKey::EllipticCurvePoint readPoint(TlvReader& reader) {
    CvPublicKey::EllipticCurvePoint key;
    if (reader.find(primeModulusTag)) {
        key.curve = readCurve(reader);
    }
    key.point = toBytes(reader.expect(publicPointTag, "The public point").value);
    if (key.curve) {
        static_cast<void>(key.curve->decodePoint(key.point));
        if (!reader.atEnd()) {
            static_cast<void>(reader.expect(cofactorTag, "The cofactor"));
        }
    }
    if (key.point.size() < 3 || key.point.size() > 133) {
        refuse("The public point of a CV certificate has no length that a curve has.");
    }
    return key;
}

CvPublicKey::Rsa readRsa(TlvReader& reader) {
    CvPublicKey::Rsa key{
        toBytes(withoutLeadingZeros(reader.expect(compositeModulusTag, "The modulus").value)),
        toBytes(withoutLeadingZeros(reader.expect(publicExponentTag, "The public exponent").value))};
    if (key.modulus.empty() || key.modulus.size() > longestModulus || key.exponent.empty() ||
        key.exponent.size() > longestExponent) {
        refuse("The modulus or exponent of a CV certificate has no length that is used.");
    }
    return key;
}

Bytes encodeDomainParameters(const EllipticCurve& curve) {
    const auto parameters = DomainParameters::of(curve);
    return concat(encodeTlv(primeModulusTag, parameters.primeModulus),
                  encodeTlv(firstCoefficientTag, parameters.firstCoefficient),
                  encodeTlv(secondCoefficientTag, parameters.secondCoefficient),
                  encodeTlv(basePointTag, parameters.basePoint),
                  encodeTlv(orderOfBasePointTag, parameters.orderOfBasePoint));
}

Bytes encodeKey(const CvPublicKey::Rsa& key) {
    return concat(encodeTlv(compositeModulusTag, key.modulus), encodeTlv(publicExponentTag, key.exponent));
}

Bytes encodeKey(const CvPublicKey::EllipticCurvePoint& key) {
    const Bytes point = encodeTlv(publicPointTag, key.point);
    return key.curve ? concat(encodeDomainParameters(*key.curve), point, encodeTlv(cofactorTag, Bytes{0x01}))
                     : point;
}

BignumPtr numberParameter(const EVP_PKEY& key, const char* name) {
    BIGNUM* number = nullptr;
    requireOpenssl(EVP_PKEY_get_bn_param(&key, name, &number), "A number of the key cannot be read");
    return BignumPtr(number);
}

// By way of the SubjectPublicKeyInfo, which is read with explicit domain parameters as well.
EllipticCurvePublicKey ellipticCurveKeyOf(const EVP_PKEY& key) {
    const int size = i2d_PUBKEY(&key, nullptr);
    if (size <= 0) {
        throw opensslError("The public key cannot be encoded");
    }
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* output = der.data();
    i2d_PUBKEY(&key, &output);
    return decodeEllipticCurvePublicKey(der).value();
}

EvpKey rsaKey(const CvPublicKey::Rsa& key) {
    const BignumPtr modulus = toBignum(key.modulus);
    const BignumPtr exponent = toBignum(key.exponent);
    const std::unique_ptr<OSSL_PARAM_BLD, OpensslFree<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    const std::unique_ptr<OSSL_PARAM, OpensslFree<OSSL_PARAM_free>> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()));
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        refuse("The RSA key of a CV certificate cannot be used.");
    }
    return EvpKey(made);
}

} // namespace

std::optional<SignatureScheme> terminalAuthenticationScheme(const ObjectIdentifier& algorithm) {
    for (const NamedScheme& named : namedSchemes) {
        if (ObjectIdentifier::fromText(named.objectIdentifier) == algorithm) {
            return named.scheme;
        }
    }
    return std::nullopt;
}

ObjectIdentifier terminalAuthenticationIdentifier(const SignatureScheme& scheme) {
    for (const NamedScheme& named : namedSchemes) {
        if (named.scheme == scheme) {
            return ObjectIdentifier::fromText(named.objectIdentifier);
        }
    }
    throw BadConfiguration("Terminal Authentication has no name for this hash algorithm with RSA.");
}

CvPublicKey CvPublicKey::of(const SignatureScheme& scheme, const EVP_PKEY& publicKey,
                            bool withDomainParameters) {
    if (!scheme.fits(publicKey)) {
        throw BadConfiguration("The key is not of the kind that its signature algorithm needs.");
    }
    auto algorithm = terminalAuthenticationIdentifier(scheme);
    if (scheme.kind != Kind::EcdsaPlain) {
        return {std::move(algorithm),
                Rsa{toUnsignedInteger(*numberParameter(publicKey, OSSL_PKEY_PARAM_RSA_N)),
                    toUnsignedInteger(*numberParameter(publicKey, OSSL_PKEY_PARAM_RSA_E))}};
    }
    auto point = ellipticCurveKeyOf(publicKey);
    return {std::move(algorithm),
            EllipticCurvePoint{withDomainParameters ? std::optional(point.curve) : std::nullopt,
                               std::move(point.point)}};
}

SignatureScheme CvPublicKey::scheme() const {
    const auto scheme = terminalAuthenticationScheme(algorithm);
    if (!scheme) {
        throw BadConfiguration("The key of a CV certificate is not for Terminal Authentication.");
    }
    return *scheme;
}

std::optional<EllipticCurve> CvPublicKey::curve() const {
    const auto* const point = std::get_if<EllipticCurvePoint>(&key);
    return point != nullptr ? point->curve : std::nullopt;
}

EvpKey CvPublicKey::toEvpKey(const std::optional<EllipticCurve>& inherited) const {
    if (const auto* const rsa = std::get_if<Rsa>(&key)) {
        return rsaKey(*rsa);
    }
    const auto& point = std::get<EllipticCurvePoint>(key);
    const auto& used = point.curve ? point.curve : inherited;
    if (!used) {
        throw MalformedData("The key of a CV certificate needs the domain parameters of its CVCA.");
    }
    return ellipticCurvePublicKey(*used, point.point);
}

bool CvPublicKey::belongsTo(const EVP_PKEY& privateKey) const {
    if (!scheme().fits(privateKey)) {
        return false;
    }
    const CvPublicKey own = of(scheme(), privateKey, curve().has_value());
    return own == *this;
}

CvPublicKey CvPublicKey::decode(BytesView dataObject) {
    TlvReader reader = readTlv(dataObject, publicKeyTemplate, publicKeyName).children();
    auto algorithm = lds::readObjectIdentifier(reader, "The algorithm of a CV certificate's key");
    const auto scheme = terminalAuthenticationScheme(algorithm);
    if (!scheme) {
        throw MalformedData("The key of a CV certificate is for " + algorithm.toText() +
                            ", not for Terminal Authentication.");
    }
    CvPublicKey publicKey{std::move(algorithm), Rsa{}};
    if (scheme->kind == Kind::EcdsaPlain) {
        publicKey.key = readPoint(reader);
    } else {
        publicKey.key = readRsa(reader);
    }
    reader.expectEnd(publicKeyName);
    return publicKey;
}

Bytes CvPublicKey::encode() const {
    return encodeTlv(publicKeyTemplate, algorithm.encode(),
                     std::visit([](const auto& known) { return encodeKey(known); }, key));
}

} // namespace cancuoc::trust
