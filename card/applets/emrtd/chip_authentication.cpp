// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/chip_authentication.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/protocol_identifier.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint16_t cryptographicMechanismReference = 0x80;
constexpr std::uint16_t keyReference = 0x84;
constexpr std::uint16_t ephemeralPublicKeyObject = 0x91;
constexpr std::uint8_t ephemeralPublicKey = 0x80;

/// What MSE:Set asks for: the required data object, and the reference of the key where there is one.
struct KeyTemplate {
    std::optional<Bytes> required;
    std::optional<Bytes> reference;

    /// Reads the data objects in any order and ignores those of other tags; false when the encoding is
    /// malformed, a data object comes twice, or the one with `requiredTag` is missing.
    [[nodiscard]] bool read(Bytes data, std::uint16_t requiredTag) {
        DataObjectReader reader(data);
        while (!reader.atEnd()) {
            const auto object = reader.next();
            if (!object || (object->tag == requiredTag && required) ||
                (object->tag == keyReference && reference)) {
                return false;
            }
            if (object->tag == requiredTag) {
                required = object->value;
            } else if (object->tag == keyReference) {
                reference = object->value;
            }
        }
        return required.has_value();
    }

    [[nodiscard]] bool refersTo(const ChipAuthenticationKey& key) const {
        return !reference || (key.keyId && reference->size() == 1 && reference->front() == *key.keyId);
    }
};

/// 6.2.1 step 3: K = KA(SK_IC, PK_DH,IFD, D) and the session keys derived from K.
StatusWord agree(Bytes publicKey, const ChipAuthenticationKey& key, SymmetricCipher cipher,
                 RandomSource& random, std::optional<SessionKeys>& established) {
    crypto::EllipticCurve curve(key.domainParameters);
    if (!curve.isValidPublicKey(publicKey)) {
        return StatusWord::WrongData;
    }
    crypto::SharedSecret secret;
    SessionKeys keys;
    if (!curve.isValidPrivateKey(key.privateKey) ||
        !curve.agree(key.privateKey, publicKey, &random, secret) ||
        !deriveSessionKeys(secret.view(), cipher, keys)) {
        return StatusWord::InternalError;
    }
    established = keys;
    return StatusWord::Success;
}

} // namespace

bool ChipAuthentication::offers(SymmetricCipher cipher) const {
    return std::find(ciphers_.begin(), ciphers_.end(), cipher) != ciphers_.end();
}

StatusWord ChipAuthentication::setKeyAgreementTemplate(Bytes data, const ChipAuthenticationKey& key,
                                                       RandomSource& random,
                                                       std::optional<SessionKeys>& established) {
    reset();
    KeyTemplate request;
    if (!request.read(data, ephemeralPublicKeyObject) || !offers(SymmetricCipher::TripleDes)) {
        return StatusWord::WrongData;
    }
    if (!request.refersTo(key)) {
        return StatusWord::ReferencedDataNotFound;
    }
    return agree(*request.required, key, SymmetricCipher::TripleDes, random, established);
}

StatusWord ChipAuthentication::setAuthenticationTemplate(Bytes data, const ChipAuthenticationKey& key) {
    reset();
    KeyTemplate request;
    if (!request.read(data, cryptographicMechanismReference)) {
        return StatusWord::WrongData;
    }
    const auto cipher = cipherOfProtocol(*request.required, idChipAuthenticationEcdh);
    if (!cipher || !offers(*cipher)) {
        return StatusWord::WrongData;
    }
    if (!request.refersTo(key)) {
        return StatusWord::ReferencedDataNotFound;
    }
    chosen_ = cipher;
    return StatusWord::Success;
}

StatusWord ChipAuthentication::generalAuthenticate(const Command& command, const ChipAuthenticationKey& key,
                                                   RandomSource& random, Response& response,
                                                   std::optional<SessionKeys>& established) {
    const auto cipher = chosen_;
    reset();
    if (!cipher) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    const auto publicKey = readDynamicAuthenticationData(command.data, ephemeralPublicKey);
    if (!publicKey) {
        return StatusWord::WrongData;
    }
    const auto status = agree(*publicKey, key, *cipher, random, established);
    if (status == StatusWord::Success && !appendEmptyDynamicAuthenticationData(response)) {
        established.reset();
        return StatusWord::InternalError;
    }
    return status;
}

} // namespace cancuoc::card::emrtd
