// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/digital_signature_scheme_1.hpp"

#include "host/crypto/bignum.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>

namespace cancuoc {

namespace {

constexpr std::uint8_t implicitHashTrailer = 0xBC;
constexpr std::uint8_t explicitHashTrailer = 0xCC;

struct ExplicitHash {
    std::uint8_t identifier;
    HashAlgorithm algorithm;
};

// Hash-function identifiers of ISO/IEC 10118-3. With SHA-1 the trailer is BC; 33CC says the same.
constexpr ExplicitHash explicitHashes[] = {
    {0x33, HashAlgorithm::Sha1},   {0x34, HashAlgorithm::Sha256}, {0x35, HashAlgorithm::Sha512},
    {0x36, HashAlgorithm::Sha384}, {0x38, HashAlgorithm::Sha224},
};

struct Trailer {
    HashAlgorithm algorithm;
    std::size_t size;
};

std::optional<Trailer> readTrailer(BytesView representative) {
    const std::size_t size = representative.size();
    if (size >= 1 && representative[size - 1] == implicitHashTrailer) {
        return Trailer{HashAlgorithm::Sha1, 1};
    }
    if (size >= 2 && representative[size - 1] == explicitHashTrailer) {
        for (const ExplicitHash& known : explicitHashes) {
            if (known.identifier == representative[size - 2]) {
                return Trailer{known.algorithm, 2};
            }
        }
    }
    return std::nullopt;
}

// Bits 01, then 1 for partial recovery, then padding up to a nibble A: 6A, or 6B BB .. BA.
std::optional<std::size_t> readHeader(BytesView representative) {
    if (representative.empty() || representative[0] >> 4U != 0x6) {
        return std::nullopt;
    }
    if (representative[0] == 0x6A) {
        return 1;
    }
    const auto end = std::find_if(representative.begin() + 1, representative.end(),
                                  [](std::uint8_t byte) { return byte != 0xBB; });
    if (representative[0] != 0x6B || end == representative.end() || *end != 0xBA) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(end - representative.begin()) + 1;
}

bool endsAsRepresentative(BytesView number) {
    return (number.back() & 0x0FU) == 0x0C;
}

BignumPtr modulusOf(EVP_PKEY& publicKey) {
    BIGNUM* modulus = nullptr;
    requireOpenssl(EVP_PKEY_get_bn_param(&publicKey, OSSL_PKEY_PARAM_RSA_N, &modulus),
                   "The modulus of the key cannot be read");
    return BignumPtr(modulus);
}

std::optional<Bytes> raiseToPublicExponent(EVP_PKEY& publicKey, BytesView number) {
    const auto context =
        ownOpenssl<EvpKeyContextPtr>(EVP_PKEY_CTX_new(&publicKey, nullptr), "The key cannot be set up");
    requireOpenssl(EVP_PKEY_encrypt_init(context.get()), "The key cannot be set up");
    requireOpenssl(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING), "The key cannot be set up");
    Bytes result(number.size());
    std::size_t size = result.size();
    const bool done =
        EVP_PKEY_encrypt(context.get(), result.data(), &size, number.data(), number.size()) == 1;
    ERR_clear_error();
    return done && size == result.size() ? std::optional(std::move(result)) : std::nullopt;
}

Bytes subtractFromModulus(EVP_PKEY& publicKey, BytesView number) {
    const BignumPtr modulus = modulusOf(publicKey);
    const auto value = toBignum(number);
    requireOpenssl(BN_sub(value.get(), modulus.get(), value.get()), "The numbers cannot be subtracted");
    Bytes difference(number.size());
    if (BN_bn2binpad(value.get(), difference.data(), static_cast<int>(difference.size())) < 0) {
        throw opensslError("The difference cannot be written");
    }
    return difference;
}

} // namespace

std::optional<MessageRepresentative> MessageRepresentative::decode(BytesView representative) {
    const auto header = readHeader(representative);
    const auto trailer = readTrailer(representative);
    if (!header || !trailer) {
        return std::nullopt;
    }
    const std::size_t hashSize = sizeOf(trailer->algorithm);
    if (representative.size() < *header + hashSize + trailer->size) {
        return std::nullopt;
    }
    const BytesView content =
        representative.subspan(*header, representative.size() - *header - trailer->size);
    return MessageRepresentative{toBytes(content.first(content.size() - hashSize)), trailer->algorithm,
                                 toBytes(content.last(hashSize))};
}

std::optional<Bytes> openSignature(EVP_PKEY& publicKey, BytesView signature) {
    if (EVP_PKEY_get_base_id(&publicKey) != EVP_PKEY_RSA) {
        throw BadConfiguration("A signature of ISO/IEC 9796-2 needs an RSA key.");
    }
    const auto modulusSize = static_cast<std::size_t>(EVP_PKEY_get_size(&publicKey));
    if (signature.empty() || signature.size() > modulusSize) {
        return std::nullopt;
    }
    // Chips that write the number with the fewest bytes leave leading zeros out.
    const Bytes number = concat(Bytes(modulusSize - signature.size()), signature);
    auto opened = raiseToPublicExponent(publicKey, number);
    if (!opened || endsAsRepresentative(*opened)) {
        return opened;
    }
    opened = subtractFromModulus(publicKey, *opened);
    return endsAsRepresentative(*opened) ? opened : std::nullopt;
}

bool verifyDigitalSignatureScheme1(EVP_PKEY& publicKey, BytesView nonRecoverablePart, BytesView signature) {
    const auto opened = openSignature(publicKey, signature);
    const auto representative = opened ? MessageRepresentative::decode(*opened) : std::nullopt;
    return representative &&
           digest(representative->hashAlgorithm,
                  concat(representative->recoverablePart, nonRecoverablePart)) == representative->hash;
}

} // namespace cancuoc
