// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/pace.hpp"

#include "card/applets/emrtd/chip_authentication_mapping.hpp"
#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/integrated_mapping.hpp"
#include "card/applets/emrtd/protocol_identifier.hpp"
#include "card/core/command_chain.hpp"
#include "card/crypto/standardized_group.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Data objects of MSE:Set AT (4.4.4.1).
constexpr std::uint16_t cryptographicMechanismReference = 0x80;
constexpr std::uint16_t passwordReference = 0x83;
constexpr std::uint16_t domainParametersReference = 0x84;
constexpr std::uint16_t certificateHolderAuthorizationTemplate = 0x7F4C;

constexpr std::uint8_t mrzReference = 0x01;
constexpr std::uint8_t cardAccessNumberReference = 0x02;

// Dynamic authentication data (4.4.5, Table 4).
constexpr std::uint8_t encryptedNonce = 0x80;
constexpr std::uint8_t terminalMappingData = 0x81;
constexpr std::uint8_t chipMappingData = 0x82;
constexpr std::uint8_t terminalEphemeralPublicKey = 0x83;
constexpr std::uint8_t chipEphemeralPublicKey = 0x84;
constexpr std::uint8_t terminalAuthenticationToken = 0x85;
constexpr std::uint8_t chipAuthenticationToken = 0x86;
constexpr std::uint8_t recentAuthorityReference = 0x87;
constexpr std::uint8_t previousAuthorityReference = 0x88;
constexpr std::uint8_t encryptedChipAuthenticationData = 0x8A;

/// Nonce s with Generic Mapping; a whole number of blocks of every cipher (4.4.3.3).
constexpr std::size_t genericMappingNonceSize = 16;

/// What MSE:Set AT asks for.
struct AuthenticationTemplate {
    std::optional<Bytes> protocol;
    std::optional<Bytes> password;
    std::optional<Bytes> domainParameters;
    std::optional<Bytes> holderAuthorization;

    /// Reads the data objects in any order and ignores those of other tags (4.4.4.1 note 2); false when the
    /// encoding is malformed or a data object comes twice.
    [[nodiscard]] bool read(Bytes data) {
        DataObjectReader reader(data);
        while (!reader.atEnd()) {
            const auto object = reader.next();
            if (!object || !take(*object)) {
                return false;
            }
        }
        return true;
    }

private:
    [[nodiscard]] bool take(const DataObject& object) {
        switch (object.tag) {
        case cryptographicMechanismReference:
            return takeOnce(protocol, object.value);
        case passwordReference:
            return takeOnce(password, object.value);
        case domainParametersReference:
            return takeOnce(domainParameters, object.value);
        case certificateHolderAuthorizationTemplate:
            return takeOnce(holderAuthorization, object.value);
        default:
            return true;
        }
    }

    static bool takeOnce(std::optional<Bytes>& field, Bytes value) {
        const bool first = !field.has_value();
        field = value;
        return first;
    }
};

} // namespace

StatusWord Pace::setAuthenticationTemplate(Bytes data, const PacePasswords& passwords,
                                           std::span<const PaceConfiguration> configurations) {
    reset();
    const auto status = choose(data, passwords, configurations);
    if (status == StatusWord::Success) {
        step_ = Step::EncryptNonce;
    }
    return status;
}

StatusWord Pace::choose(Bytes data, const PacePasswords& passwords,
                        std::span<const PaceConfiguration> configurations) {
    AuthenticationTemplate request;
    if (!request.read(data) || !request.protocol || !request.password || request.password->size() != 1) {
        return StatusWord::WrongData;
    }
    const auto offers = [&](const PaceConfiguration& offer) {
        return cipherOfProtocol(*request.protocol, idPace(offer.variant)) == offer.cipher;
    };
    const auto begin = configurations.begin();
    const auto end = configurations.end();
    auto found = std::find_if(begin, end, offers);
    if (found == end) {
        return StatusWord::WrongData;
    }
    if (request.domainParameters) {
        found = std::find_if(begin, end, [&](const PaceConfiguration& offer) {
            return offers(offer) && request.domainParameters->size() == 1 &&
                   request.domainParameters->front() == static_cast<std::uint8_t>(offer.domainParameters);
        });
        if (found == end) {
            return StatusWord::ReferencedDataNotFound;
        }
    } else if (std::find_if(found + 1, end, offers) != end) {
        return StatusWord::WrongData; // 4.4.4.1: DO'84' is required where the domain parameters are ambiguous
    }
    chosen_ = *found;
    authorityReferencesRequested_ = request.holderAuthorization.has_value();

    // KDF_pi (9.7.3)
    const auto reference = request.password->front();
    if (reference == mrzReference && !passwords.mrzInformation.empty()) {
        return derivePasswordKeyFromMrz(passwords.mrzInformation, chosen_.cipher, passwordKey_)
                   ? StatusWord::Success
                   : StatusWord::InternalError;
    }
    if (reference == cardAccessNumberReference && !passwords.cardAccessNumber.empty()) {
        return derivePasswordKeyFromCan(passwords.cardAccessNumber, chosen_.cipher, passwordKey_)
                   ? StatusWord::Success
                   : StatusWord::InternalError;
    }
    return StatusWord::ReferencedDataNotFound;
}

StatusWord Pace::generalAuthenticate(const Command& command, RandomSource& random, Response& response,
                                     std::optional<SessionKeys>& established,
                                     const PaceAdditions& additions) {
    const auto status = perform(command, random, response, established, additions);
    if (status != StatusWord::Success) {
        reset();
    }
    return status;
}

StatusWord Pace::perform(const Command& command, RandomSource& random, Response& response,
                         std::optional<SessionKeys>& established, const PaceAdditions& additions) {
    if (step_ == Step::Idle) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    // 4.4.4.3: the chain links the steps, so only the last step ends it.
    if (((command.cla & chainingBit) != 0) == (step_ == Step::MutualAuthentication)) {
        return StatusWord::LastCommandOfChainExpected;
    }
    switch (step_) {
    case Step::EncryptNonce:
        return encryptNonce(command.data, random, response);
    case Step::MapNonce:
        return mapNonce(command.data, random, response);
    case Step::PerformKeyAgreement:
        return performKeyAgreement(command.data, random, response);
    case Step::MutualAuthentication:
        return authenticateMutually(command.data, response, established, additions);
    case Step::Idle:
        break;
    }
    return StatusWord::ConditionsOfUseNotSatisfied;
}

StatusWord Pace::encryptNonce(Bytes data, RandomSource& random, Response& response) {
    if (!isEmptyDynamicAuthenticationData(data)) {
        return StatusWord::WrongData;
    }
    // 4.4.3.3: z = E(K_pi, s) in CBC mode with IV 0
    constexpr std::array<std::uint8_t, maximumBlockSize> zeroVector{};
    std::array<std::uint8_t, maximumNonceSize> room{};
    const bool integrated = usesIntegratedMapping(chosen_.variant);
    const std::size_t size =
        integrated ? IntegratedMapping::nonceSize(chosen_.cipher) : genericMappingNonceSize;
    const auto encrypted = std::span(room).first(size);
    if (!nonce_.resize(size) || !random.fill(nonce_.bytes()) ||
        !cbcEncrypt(chosen_.cipher, passwordKey_, Bytes(zeroVector).first(blockSizeOf(chosen_.cipher)),
                    nonce_.view(), encrypted) ||
        !appendDynamicAuthenticationData(encryptedNonce, encrypted, response)) {
        return StatusWord::InternalError;
    }
    passwordKey_.clear();
    step_ = Step::MapNonce;
    return StatusWord::Success;
}

StatusWord Pace::mapNonce(Bytes data, RandomSource& random, Response& response) {
    const auto received = readDynamicAuthenticationData(data, terminalMappingData);
    if (!received) {
        return StatusWord::WrongData;
    }
    crypto::StandardizedGroup group(chosen_.domainParameters);
    crypto::GroupElement mappingData; // empty with Integrated Mapping (4.4.5.2.2)
    const auto status =
        usesIntegratedMapping(chosen_.variant)
            ? IntegratedMapping::map(group.get(), chosen_.cipher, nonce_.view(), *received, mappedGenerator_)
            : genericMapping_.map(group.get(), nonce_.view(), *received, random, mappingData,
                                  mappedGenerator_);
    if (status != StatusWord::Success) {
        return status;
    }
    nonce_.clear();
    step_ = Step::PerformKeyAgreement;
    return appendDynamicAuthenticationData(chipMappingData, mappingData.view(), response)
               ? StatusWord::Success
               : StatusWord::InternalError;
}

StatusWord Pace::performKeyAgreement(Bytes data, RandomSource& random, Response& response) {
    crypto::StandardizedGroup group(chosen_.domainParameters);
    const auto received = readDynamicAuthenticationData(data, terminalEphemeralPublicKey);
    if (!received || !group->isValidPublicKey(*received)) {
        return StatusWord::WrongData;
    }
    // 4.4.1 step 3 c) and e)
    crypto::PrivateKey privateKey;
    crypto::SharedSecret secret;
    if (!group->generatePrivateKey(random, privateKey) ||
        !group->multiply(privateKey.view(), mappedGenerator_.view(), nullptr, publicKey_) ||
        !group->agree(privateKey.view(), *received, nullptr, secret) ||
        !deriveSessionKeys(secret.view(), chosen_.cipher, sessionKeys_) ||
        !terminalPublicKey_.assign(crypto::withoutLeadingZeros(*received))) {
        return StatusWord::InternalError;
    }
    // 4.4.1 step 3 d): the two public keys differ
    if (!guard_.holds(
            [&] { return !crypto::equalConstantTime(terminalPublicKey_.view(), publicKey_.view()); })) {
        return StatusWord::AuthenticationFailed;
    }
    mappedGenerator_.clear();
    if (!appendDynamicAuthenticationData(chipEphemeralPublicKey, publicKey_.view(), response)) {
        return StatusWord::InternalError;
    }
    step_ = Step::MutualAuthentication;
    return StatusWord::Success;
}

StatusWord Pace::authenticateMutually(Bytes data, Response& response, std::optional<SessionKeys>& established,
                                      const PaceAdditions& additions) {
    const auto received = readDynamicAuthenticationData(data, terminalAuthenticationToken);
    if (!received || received->size() != macSize) {
        return StatusWord::WrongData;
    }
    // 4.4.1 step 3 f): T_IFD = MAC(KS_MAC, PK_IC), T_IC = MAC(KS_MAC, PK_IFD)
    crypto::SecretArray<macSize> expected;
    if (!authenticationToken(publicKey_, expected.bytes())) {
        return StatusWord::InternalError;
    }
    if (!guard_.holds([&] { return crypto::equalConstantTime(expected.view(), *received); })) {
        return StatusWord::AuthenticationFailed;
    }
    std::array<std::uint8_t, macSize> token{};
    EncryptedChipAuthenticationData chipAuthenticationData;
    const bool proves = chosen_.variant == PaceVariant::EcdhChipAuthenticationMapping;
    if (!authenticationToken(terminalPublicKey_, token) ||
        (proves && !encryptChipAuthenticationData(chosen_.domainParameters, additions.chipAuthenticationKey,
                                                  genericMapping_.privateKey(), sessionKeys_,
                                                  chipAuthenticationData))) {
        return StatusWord::InternalError;
    }
    // Table 4
    std::array<DataObject, 4> objects{DataObject{chipAuthenticationToken, token}};
    std::size_t count = 1;
    const auto add = [&](bool present, std::uint8_t tag, Bytes value) {
        if (present && !value.empty()) {
            objects[count++] = {tag, value};
        }
    };
    add(authorityReferencesRequested_, recentAuthorityReference, additions.recentAuthorityReference);
    add(authorityReferencesRequested_, previousAuthorityReference, additions.previousAuthorityReference);
    add(proves, encryptedChipAuthenticationData, chipAuthenticationData.view());
    if (!appendDynamicAuthenticationData(std::span(objects).first(count), response)) {
        return StatusWord::InternalError;
    }
    established = sessionKeys_;
    wipeSecrets();
    return StatusWord::Success;
}

bool Pace::authenticationToken(const crypto::GroupElement& publicKey,
                               std::span<std::uint8_t, macSize> token) const {
    // 4.4.3.4: MAC over the public key data object DO'7F49' { DO'06' protocol, DO'84' public value or DO'86'
    // point } (9.4.3 to 9.4.5)
    constexpr std::uint8_t objectIdentifier = 0x06;
    constexpr std::uint8_t publicValue = 0x84;
    constexpr std::uint8_t ellipticCurvePoint = 0x86;
    const auto protocol = protocolIdentifier(idPace(chosen_.variant), chosen_.cipher);
    const auto contentSize = 2 + protocol.size() + 1 + sizeOfLength(publicKey.size()) + publicKey.size();

    std::array<std::uint8_t, 2 + 3 + 2 + protocolIdentifierSize + 1 + 3> header{0x7F, 0x49};
    const std::span<std::uint8_t> room(header);
    std::size_t size = 2;
    size += writeLength(contentSize, room.subspan(size));
    room[size++] = objectIdentifier;
    size += writeLength(protocol.size(), room.subspan(size));
    std::ranges::copy(protocol, room.subspan(size).begin());
    size += protocol.size();
    room[size++] = usesDh(chosen_.variant) ? publicValue : ellipticCurvePoint;
    size += writeLength(publicKey.size(), room.subspan(size));

    MessageAuthenticationCode mac(chosen_.cipher, sessionKeys_.authentication);
    mac.update(room.first(size));
    mac.update(publicKey.view());
    if (chosen_.cipher == SymmetricCipher::TripleDes) {
        mac.pad();
    }
    return mac.finish(token);
}

void Pace::wipeSecrets() {
    step_ = Step::Idle;
    passwordKey_.clear();
    nonce_.clear();
    genericMapping_.reset();
    mappedGenerator_.clear();
    sessionKeys_ = {};
}

void Pace::reset() {
    wipeSecrets();
    publicKey_.clear();
    terminalPublicKey_.clear();
}

} // namespace cancuoc::card::emrtd
