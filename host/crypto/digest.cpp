// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/digest.hpp"

namespace cancuoc {

const EVP_MD* opensslDigest(HashAlgorithm algorithm) {
    switch (algorithm) {
    case HashAlgorithm::Sha1:
        return EVP_sha1();
    case HashAlgorithm::Sha224:
        return EVP_sha224();
    case HashAlgorithm::Sha256:
        return EVP_sha256();
    case HashAlgorithm::Sha384:
        return EVP_sha384();
    case HashAlgorithm::Sha512:
        return EVP_sha512();
    }
    throw BadConfiguration("The hash algorithm is unknown.");
}

std::string_view nameOf(HashAlgorithm algorithm) {
    switch (algorithm) {
    case HashAlgorithm::Sha1:
        return "SHA-1";
    case HashAlgorithm::Sha224:
        return "SHA-224";
    case HashAlgorithm::Sha256:
        return "SHA-256";
    case HashAlgorithm::Sha384:
        return "SHA-384";
    case HashAlgorithm::Sha512:
        return "SHA-512";
    }
    throw BadConfiguration("The hash algorithm is unknown.");
}

std::size_t sizeOf(HashAlgorithm algorithm) {
    return static_cast<std::size_t>(EVP_MD_get_size(opensslDigest(algorithm)));
}

Bytes digest(HashAlgorithm algorithm, BytesView message) {
    Bytes value(sizeOf(algorithm));
    requireOpenssl(
        EVP_Digest(message.data(), message.size(), value.data(), nullptr, opensslDigest(algorithm), nullptr),
        "The hash value cannot be computed");
    return value;
}

} // namespace cancuoc
