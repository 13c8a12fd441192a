// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/active_authentication.hpp"

#include "card/crypto/rsa.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

// ISO/IEC 9796-2 scheme 1: the header says that part of the message is not recoverable.
constexpr std::uint8_t partialRecovery = 0x6A;
constexpr std::uint8_t trailerEnd = 0xCC;

struct Trailer {
    std::array<std::uint8_t, 2> bytes;
    std::size_t size;
};

/// Option 1 with SHA-1, option 2 otherwise (6.1.2.2).
constexpr Trailer trailerOf(crypto::HashAlgorithm hash) {
    switch (hash) {
    case crypto::HashAlgorithm::Sha224:
        return {{0x38, trailerEnd}, 2};
    case crypto::HashAlgorithm::Sha256:
        return {{0x34, trailerEnd}, 2};
    case crypto::HashAlgorithm::Sha384:
        return {{0x36, trailerEnd}, 2};
    case crypto::HashAlgorithm::Sha512:
        return {{0x35, trailerEnd}, 2};
    case crypto::HashAlgorithm::Sha1:
        break;
    }
    return {{0xBC}, 1};
}

/// Writes F = 6A || M1 || H(M1 || M2) || T over the whole width of the modulus.
bool writeMessageRepresentative(crypto::HashAlgorithm hash, std::span<const std::uint8_t> nonce,
                                RandomSource& random, std::span<std::uint8_t> representative) {
    const Trailer trailer = trailerOf(hash);
    const std::size_t hashSize = crypto::digestSize(hash);
    const std::size_t hashBegin = representative.size() - trailer.size - hashSize;
    const auto recoverable = representative.subspan(1, hashBegin - 1);
    representative.front() = partialRecovery;
    std::copy_n(trailer.bytes.begin(), trailer.size, representative.last(trailer.size).begin());
    return random.fill(recoverable) &&
           crypto::digest(hash, {recoverable, nonce}, representative.subspan(hashBegin, hashSize));
}

StatusWord checkCommand(const Command& command) {
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    return command.data.size() == activeAuthenticationNonceSize ? StatusWord::Success
                                                                : StatusWord::WrongLength;
}

} // namespace

StatusWord internalAuthenticate(const Command& command, const EcdsaActiveAuthenticationKey& key,
                                RandomSource& random, Response& response) {
    const auto status = checkCommand(command);
    if (status != StatusWord::Success) {
        return status;
    }
    crypto::EllipticCurve curve(key.domainParameters);
    if (!curve.isValidPrivateKey(key.privateKey)) {
        return StatusWord::ReferenceDataNotUsable;
    }
    std::array<std::uint8_t, crypto::maximumDigestSize> room{};
    const auto hash = std::span(room).first(crypto::digestSize(key.hash));
    crypto::PlainSignature signature;
    return crypto::digest(key.hash, {command.data}, hash) &&
                   curve.sign(key.privateKey, hash, random, signature) && response.append(signature.view())
               ? StatusWord::Success
               : StatusWord::InternalError;
}

StatusWord internalAuthenticate(const Command& command, const RsaActiveAuthenticationKey& key,
                                RandomSource& random, Response& response) {
    const auto status = checkCommand(command);
    if (status != StatusWord::Success) {
        return status;
    }
    crypto::RsaPrivateKey privateKey(key.firstPrime, key.secondPrime, key.publicExponent);
    if (!privateKey.usable()) {
        return StatusWord::ReferenceDataNotUsable;
    }
    crypto::SecretBuffer<crypto::maximumRsaPrivateModulusSize> representative;
    return representative.resize(privateKey.modulusSize()) &&
                   writeMessageRepresentative(key.hash, command.data, random, representative.bytes()) &&
                   privateKey.decrypt(representative.view(), random, representative.bytes()) &&
                   response.append(representative.view())
               ? StatusWord::Success
               : StatusWord::InternalError;
}

} // namespace cancuoc::card::emrtd
