// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/chip_authentication_mapping.hpp"

#include "card/crypto/elliptic_curve.hpp"
#include "card/crypto/padding.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {

bool encryptChipAuthenticationData(crypto::StandardizedDomainParameters domainParameters,
                                   std::span<const std::uint8_t> staticPrivateKey,
                                   std::span<const std::uint8_t> mappingPrivateKey,
                                   const SessionKeys& sessionKeys, EncryptedChipAuthenticationData& data) {
    const crypto::EllipticCurve curve(domainParameters);
    crypto::PrivateKey chipAuthenticationData;
    if (sessionKeys.cipher == SymmetricCipher::TripleDes ||
        !curve.divideScalars(staticPrivateKey, mappingPrivateKey, chipAuthenticationData) ||
        !data.resize((chipAuthenticationData.size() / maximumBlockSize + 1) * maximumBlockSize)) {
        return false;
    }
    const std::span<std::uint8_t> padded = data.bytes();
    std::ranges::copy(chipAuthenticationData.view(), padded.begin());
    padded[chipAuthenticationData.size()] = crypto::paddingStart;
    // 4.4.3.5.4: IV = E(KS_Enc, -1)
    crypto::AesBlock minusOne{};
    minusOne.fill(0xFF);
    crypto::AesBlock vector{};
    return crypto::aesEncryptBlock(sessionKeys.encryption.view(), minusOne, vector) &&
           cbcEncrypt(sessionKeys.cipher, sessionKeys.encryption, vector, padded, padded);
}

} // namespace cancuoc::card::emrtd
