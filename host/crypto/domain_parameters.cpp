// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/domain_parameters.hpp"

#include "host/crypto/bignum.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>

namespace cancuoc {

namespace {

constexpr std::size_t longestAlgorithmIdentifier = 8192;
constexpr unsigned firstCurve = 8;
constexpr unsigned lastCurve = 18;
constexpr unsigned lastGroup = 2;

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpensslFree<X509_ALGOR_free>>;

[[noreturn]] void refuse() {
    ERR_clear_error();
    throw MalformedData("An AlgorithmIdentifier of domain parameters is not well formed.");
}

AlgorithmPtr parse(BytesView der) {
    const std::uint8_t* input = der.data();
    if (der.size() > longestAlgorithmIdentifier) {
        refuse();
    }
    AlgorithmPtr algorithm(d2i_X509_ALGOR(nullptr, &input, static_cast<long>(der.size())));
    if (!algorithm || input != der.data() + der.size()) {
        refuse();
    }
    return algorithm;
}

std::optional<DomainParameters> knownCurve(BytesView parameters) {
    const std::uint8_t* input = parameters.data();
    const EcGroupPtr group(d2i_ECPKParameters(nullptr, &input, static_cast<long>(parameters.size())));
    ERR_clear_error();
    const auto curve = group ? EllipticCurve::matching(*group) : std::nullopt;
    return curve ? std::optional<DomainParameters>(*curve) : std::nullopt;
}

Bytes numberOf(EVP_PKEY& key, const char* name) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(&key, name, &number) != 1) {
        refuse();
    }
    const BignumPtr owned(number);
    return toBytes(toBytesOfWidth(*owned, static_cast<std::size_t>(BN_num_bytes(owned.get()))).view());
}

std::optional<DomainParameters> knownGroup(BytesView parameters) {
    const std::uint8_t* input = parameters.data();
    const EvpKey key(d2i_KeyParams(EVP_PKEY_DHX, nullptr, &input, static_cast<long>(parameters.size())));
    if (!key) {
        refuse();
    }
    const auto group = DiffieHellmanGroup::fromParameters(numberOf(*key, OSSL_PKEY_PARAM_FFC_P),
                                                          numberOf(*key, OSSL_PKEY_PARAM_FFC_G),
                                                          numberOf(*key, OSSL_PKEY_PARAM_FFC_Q));
    return group.parameterId() ? std::optional<DomainParameters>(group) : std::nullopt;
}

} // namespace

std::string nameOf(const DomainParameters& parameters) {
    return std::visit([](const auto& known) { return std::string(known.name()); }, parameters);
}

std::optional<DomainParameters> standardizedDomainParameters(unsigned parameterId) {
    if (parameterId <= lastGroup) {
        return DiffieHellmanGroup::standardized(parameterId);
    }
    if (parameterId >= firstCurve && parameterId <= lastCurve) {
        return EllipticCurve::standardized(parameterId);
    }
    return std::nullopt;
}

std::optional<DomainParameters> decodeDomainParameters(BytesView algorithmIdentifier) {
    const AlgorithmPtr algorithm = parse(algorithmIdentifier);
    const ASN1_OBJECT* identifier = nullptr;
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(&identifier, &type, &value, algorithm.get());
    // bsi-de algorithms(1) 2, Doc 9303-11, 9.5.1
    constexpr std::uint8_t standardized[] = {0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x02};
    if (equal({OBJ_get0_data(identifier), OBJ_length(identifier)}, standardized) && type == V_ASN1_INTEGER) {
        const long number = ASN1_INTEGER_get(static_cast<const ASN1_INTEGER*>(value));
        return number < 0 ? std::nullopt : standardizedDomainParameters(static_cast<unsigned>(number));
    }
    if (type != V_ASN1_SEQUENCE) {
        return std::nullopt;
    }
    const auto* const encoded = static_cast<const ASN1_STRING*>(value);
    const BytesView parameters(ASN1_STRING_get0_data(encoded),
                               static_cast<std::size_t>(ASN1_STRING_length(encoded)));
    switch (OBJ_obj2nid(identifier)) {
    case NID_X9_62_id_ecPublicKey:
        return knownCurve(parameters);
    case NID_dhpublicnumber:
        return knownGroup(parameters);
    default:
        return std::nullopt;
    }
}

} // namespace cancuoc
