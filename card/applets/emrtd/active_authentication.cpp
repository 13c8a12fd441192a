// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/active_authentication.hpp"

#include "card/crypto/digest.hpp"

#include <array>

namespace cancuoc::card::emrtd {

StatusWord internalAuthenticate(const Command& command, const ActiveAuthenticationKey& key,
                                RandomSource& random, Response& response) {
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (command.data.size() != activeAuthenticationNonceSize) {
        return StatusWord::WrongLength;
    }
    crypto::EllipticCurve curve(key.domainParameters);
    if (!curve.isValidPrivateKey(key.privateKey)) {
        return StatusWord::ReferenceDataNotUsable;
    }
    constexpr auto algorithm = crypto::HashAlgorithm::Sha256;
    std::array<std::uint8_t, crypto::digestSize(algorithm)> hash{};
    crypto::PlainSignature signature;
    return crypto::digest(algorithm, {command.data}, hash) &&
                   curve.sign(key.privateKey, hash, random, signature) && response.append(signature.view())
               ? StatusWord::Success
               : StatusWord::InternalError;
}

} // namespace cancuoc::card::emrtd
