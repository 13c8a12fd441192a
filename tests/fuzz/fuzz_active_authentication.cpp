// SPDX-License-Identifier: Apache-2.0
#include "host/access/active_authentication.hpp"
#include "host/crypto/digital_signature_scheme_1.hpp"
#include "host/crypto/subject_public_key_info.hpp"

#include <cstdlib>

using namespace cancuoc;

namespace {

/// Whatever representative is taken apart has all of its parts, and a hash of the right length.
void takeApart(BytesView representative) {
    const auto decoded = MessageRepresentative::decode(representative);
    if (decoded && (decoded->hash.size() != sizeOf(decoded->hashAlgorithm) ||
                    decoded->recoverablePart.size() + decoded->hash.size() >= representative.size())) {
        std::abort();
    }
}

/// Nobody here knows the private keys: no signature may verify.
void verify(BytesView signature, EVP_PKEY& publicKey) {
    constexpr HashAlgorithm hashes[] = {HashAlgorithm::Sha256, HashAlgorithm::Sha512};
    const ActiveAuthenticationEvidence evidence{Bytes(ActiveAuthentication::challengeSize),
                                                toBytes(signature)};
    if (verifyActiveAuthentication(evidence, publicKey, hashes)) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const EvpKey rsa(EVP_RSA_gen(1024));
    static const EvpKey ellipticCurve(EVP_EC_gen("P-256"));
    takeApart({data, size});
    verify({data, size}, *rsa);
    verify({data, size}, *ellipticCurve);
    return 0;
}
