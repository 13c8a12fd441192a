// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/chip_authentication.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/protocol_identifier.hpp"
#include "card/crypto/standardized_group.hpp"

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;
using Configurations = std::span<const ChipAuthenticationConfiguration>;

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

    /// The one configuration among those that `matches` accepts and the reference means.
    template <typename Matches>
    [[nodiscard]] StatusWord choose(Configurations configurations, Matches matches,
                                    std::optional<ChipAuthenticationConfiguration>& chosen) const {
        bool offered = false;
        for (const ChipAuthenticationConfiguration& configuration : configurations) {
            if (!matches(configuration)) {
                continue;
            }
            offered = true;
            if (reference && !(configuration.keyId && reference->size() == 1 &&
                               reference->front() == *configuration.keyId)) {
                continue;
            }
            if (chosen) {
                chosen.reset();
                return StatusWord::WrongData; // 6.2.4: DO'84' is required where the key is ambiguous
            }
            chosen = configuration;
        }
        if (chosen) {
            return StatusWord::Success;
        }
        return offered ? StatusWord::ReferencedDataNotFound : StatusWord::WrongData;
    }
};

bool offersProtocol(const ChipAuthenticationConfiguration& configuration, Bytes protocol) {
    return cipherOfProtocol(protocol,
                            configuration.usesDh ? idChipAuthenticationDh : idChipAuthenticationEcdh) ==
           configuration.cipher;
}

} // namespace

/// 6.2.1 step 3: K = KA(SK_IC, PK_DH,IFD, D) and the session keys derived from K.
StatusWord ChipAuthentication::agree(const ChipAuthenticationConfiguration& configuration, Bytes publicKey,
                                     const ChipAuthenticationKeys& keys, RandomSource& random,
                                     std::optional<SessionKeys>& established) {
    ChipAuthenticationKey key;
    if (!keys.load(configuration.keyId, key)) {
        return StatusWord::ReferencedDataNotFound;
    }
    crypto::StandardizedGroup group(key.domainParameters);
    if (!group->isValidPublicKey(publicKey)) {
        return StatusWord::WrongData;
    }
    crypto::SharedSecret secret;
    SessionKeys sessionKeys;
    if (crypto::isModpGroup(key.domainParameters) != configuration.usesDh ||
        !group->isValidPrivateKey(key.privateKey.view()) ||
        !group->agree(key.privateKey.view(), publicKey, &random, secret) ||
        !deriveSessionKeys(secret.view(), configuration.cipher, sessionKeys) ||
        !terminalPublicKey_.assign(crypto::withoutLeadingZeros(publicKey))) {
        return StatusWord::InternalError;
    }
    domainParameters_ = key.domainParameters;
    established = sessionKeys;
    return StatusWord::Success;
}

StatusWord ChipAuthentication::setKeyAgreementTemplate(Bytes data, Configurations configurations,
                                                       const ChipAuthenticationKeys& keys,
                                                       RandomSource& random,
                                                       std::optional<SessionKeys>& established) {
    chosen_.reset();
    KeyTemplate request;
    if (!request.read(data, ephemeralPublicKeyObject)) {
        return StatusWord::WrongData;
    }
    const auto usesTripleDes = [](const ChipAuthenticationConfiguration& configuration) {
        return configuration.cipher == SymmetricCipher::TripleDes;
    };
    std::optional<ChipAuthenticationConfiguration> configuration;
    const auto status = request.choose(configurations, usesTripleDes, configuration);
    return status == StatusWord::Success ? agree(*configuration, *request.required, keys, random, established)
                                         : status;
}

StatusWord ChipAuthentication::setAuthenticationTemplate(Bytes data, Configurations configurations) {
    chosen_.reset();
    KeyTemplate request;
    if (!request.read(data, cryptographicMechanismReference)) {
        return StatusWord::WrongData;
    }
    const auto isRequested = [&](const ChipAuthenticationConfiguration& configuration) {
        return offersProtocol(configuration, *request.required);
    };
    return request.choose(configurations, isRequested, chosen_);
}

StatusWord ChipAuthentication::generalAuthenticate(const Command& command, const ChipAuthenticationKeys& keys,
                                                   RandomSource& random, Response& response,
                                                   std::optional<SessionKeys>& established) {
    const auto configuration = chosen_;
    chosen_.reset();
    if (!configuration) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    const auto publicKey = readDynamicAuthenticationData(command.data, ephemeralPublicKey);
    if (!publicKey) {
        return StatusWord::WrongData;
    }
    const auto status = agree(*configuration, *publicKey, keys, random, established);
    if (status == StatusWord::Success && !appendEmptyDynamicAuthenticationData(response)) {
        established.reset();
        return StatusWord::InternalError;
    }
    return status;
}

void ChipAuthentication::reset() {
    chosen_.reset();
    terminalPublicKey_.clear();
}

} // namespace cancuoc::card::emrtd
