// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/emrtd_application.hpp"

#include "card/applets/emrtd/active_authentication.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/core/instruction.hpp"
#include "card/crypto/secret_array.hpp"

#include <array>

namespace cancuoc::card::emrtd {
namespace {

constexpr std::uint8_t chainingBit = 0x10;

// MSE:Set, P1-P2 (Doc 9303-11, 4.4.4.1, 6.2.4.1 and 6.2.4.2)
constexpr std::uint16_t mutualAuthenticationTemplate = 0xC1A4;
constexpr std::uint16_t internalAuthenticationTemplate = 0x41A4;
constexpr std::uint16_t keyAgreementTemplate = 0x41A6;

constexpr std::uint8_t selectByDedicatedFileName = 0x04;

// What EF.CardAccess and DG14 of the Vietnamese card announce.
constexpr std::array<PaceConfiguration, 1> paceConfigurations{
    {{PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128,
      crypto::StandardizedDomainParameters::BrainpoolP256r1}}};
constexpr std::array<SymmetricCipher, 1> chipAuthenticationCiphers{SymmetricCipher::Aes128};

/// A secret object of the store in memory, as long as a command needs it; empty when there is none.
class StoredSecret {
public:
    StoredSecret(const ObjectStore& store, ObjectIdentifier id) {
        const std::size_t length = store.length(id).value_or(0);
        if (!value_.resize(length) || !store.read(id, 0, value_.bytes())) {
            value_.clear();
        }
    }

    [[nodiscard]] std::span<const std::uint8_t> view() const { return value_.view(); }

private:
    crypto::SecretBuffer<configuration::maximumValueLength> value_;
};

// Key objects: id of the standardized domain parameters, then the scalar.
std::optional<ChipAuthenticationKey> chipAuthenticationKey(std::span<const std::uint8_t> stored) {
    if (stored.empty()) {
        return std::nullopt;
    }
    return ChipAuthenticationKey{static_cast<crypto::StandardizedDomainParameters>(stored.front()),
                                 stored.subspan(1), std::nullopt};
}

} // namespace

EmrtdApplication::EmrtdApplication(const ObjectStore& store, RandomSource& random)
    : store_(&store), random_(&random), files_(store), chipAuthentication_(chipAuthenticationCiphers) {}

std::span<const std::uint8_t> EmrtdApplication::identifier() const {
    return ldsApplicationIdentifier;
}

bool EmrtdApplication::personalized() const {
    return store_->length(personalizedObject).has_value();
}

StatusWord EmrtdApplication::select(const Command& command, Response& response) {
    if (!personalized()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    files_.enter(Directory::LdsApplication);
    if ((command.p2 & 0x0C) != 0 || !command.expectedLength) {
        return StatusWord::Success;
    }
    // File control information: the DF name alone (ISO/IEC 7816-4, 7.4.3).
    constexpr auto nameLength = static_cast<std::uint8_t>(ldsApplicationIdentifier.size());
    constexpr std::array<std::uint8_t, 4> header{0x6F, nameLength + 2, 0x84, nameLength};
    const bool complete = response.append(header) && response.append(ldsApplicationIdentifier);
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

void EmrtdApplication::reset() {
    endSession();
    files_.enter(Directory::MasterFile);
}

// Doc 9303-11, 9.8.3: the keys are deleted and the terminal's access rights reset.
void EmrtdApplication::endSession() {
    session_.reset();
    nextKeys_.reset();
    protected_ = false;
    rights_ = {};
    pace_.reset();
    basicAccessControl_.reset();
    chipAuthentication_.reset();
}

StatusWord EmrtdApplication::unprotect(Command& command, std::span<std::uint8_t> data) {
    protected_ = false;
    if (!session_) {
        return SecureMessaging::isProtected(command.cla) && command.cla < 0x20
                   ? StatusWord::SecureMessagingObjectsIncorrect
                   : StatusWord::Success;
    }
    // A plain APDU ends the session (Doc 9303-11, 9.8.3). One that selects an application is a new beginning
    // and is answered as such; any other is refused.
    const bool startsAnew =
        command.cla == 0x00 && command.ins == instruction::select && command.p1 == selectByDedicatedFileName;
    if (startsAnew) {
        endSession();
        return StatusWord::Success;
    }
    Command plain;
    const StatusWord status = session_->unwrap(command, data, plain);
    if (status != StatusWord::Success) {
        endSession();
        return status;
    }
    command = plain;
    protected_ = true;
    return status;
}

StatusWord EmrtdApplication::protect(StatusWord status, Response& response) {
    if (protected_) {
        const std::size_t size = response.size();
        const bool roomy = !response.extend(SecureMessaging::maximumOverhead).empty();
        const std::size_t wrapped = roomy ? session_->wrap(status, size, response.writableData()) : 0;
        response.truncate(wrapped);
        if (wrapped == 0) {
            endSession();
            return StatusWord::InternalError;
        }
    }
    if (nextKeys_) {
        session_.emplace(*nextKeys_);
        nextKeys_.reset();
    }
    return status;
}

StatusWord EmrtdApplication::process(const Command& command, Response& response) {
    if ((command.cla & ~chainingBit) != 0) {
        return StatusWord::ClassNotSupported;
    }
    if ((command.cla & chainingBit) != 0 && command.ins != instruction::generalAuthenticate) {
        return StatusWord::CommandChainingNotSupported;
    }
    if (!personalized()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    switch (command.ins) {
    case instruction::select:
        return files_.select(command, rights_, response);
    case instruction::readBinary:
        return files_.readBinary(command, rights_, response);
    case instruction::readBinaryOdd:
        return files_.readBinaryOdd(command, rights_, response);
    case instruction::manageSecurityEnvironment:
        return manageSecurityEnvironment(command);
    case instruction::generalAuthenticate:
        return generalAuthenticate(command, response);
    case instruction::getChallenge:
        return getChallenge(command, response);
    case instruction::externalAuthenticate:
        return externalAuthenticate(command, response);
    case instruction::internalAuthenticate:
        return internalAuthenticate(command, response);
    default:
        return StatusWord::InstructionNotSupported;
    }
}

StatusWord EmrtdApplication::manageSecurityEnvironment(const Command& command) {
    switch (command.p1 << 8 | command.p2) {
    case mutualAuthenticationTemplate:
        return setPaceTemplate(command);
    case internalAuthenticationTemplate:
    case keyAgreementTemplate:
        return setChipAuthenticationTemplate(command);
    default:
        return StatusWord::IncorrectParameters;
    }
}

// PACE opens the session; it does not run inside one.
StatusWord EmrtdApplication::setPaceTemplate(const Command& command) {
    if (session_) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    const StoredSecret mrzInformation(*store_, mrzInformationObject);
    const StoredSecret cardAccessNumber(*store_, cardAccessNumberObject);
    return pace_.setAuthenticationTemplate(command.data, {mrzInformation.view(), cardAccessNumber.view()},
                                           paceConfigurations);
}

// Chip Authentication runs inside the session that PACE or Basic Access Control opened (Doc 9303-11, 6.2).
StatusWord EmrtdApplication::setChipAuthenticationTemplate(const Command& command) {
    if (!rights_.documentAccess) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    const StoredSecret stored(*store_, chipAuthenticationKeyObject);
    const std::optional<ChipAuthenticationKey> key = chipAuthenticationKey(stored.view());
    if (!key) {
        return StatusWord::ReferenceDataNotUsable;
    }
    return (command.p1 << 8 | command.p2) == keyAgreementTemplate
               ? chipAuthentication_.setKeyAgreementTemplate(command.data, *key, *random_, nextKeys_)
               : chipAuthentication_.setAuthenticationTemplate(command.data, *key);
}

StatusWord EmrtdApplication::generalAuthenticate(const Command& command, Response& response) {
    if (!chipAuthentication_.inProgress()) {
        const StatusWord status = pace_.generalAuthenticate(command, *random_, response, nextKeys_);
        rights_.documentAccess = rights_.documentAccess || nextKeys_.has_value();
        return status;
    }
    const StoredSecret stored(*store_, chipAuthenticationKeyObject);
    const std::optional<ChipAuthenticationKey> key = chipAuthenticationKey(stored.view());
    return key ? chipAuthentication_.generalAuthenticate(command, *key, *random_, response, nextKeys_)
               : StatusWord::ReferenceDataNotUsable;
}

// Basic Access Control opens the session from within the LDS application (Doc 9303-11, 4.3).
bool EmrtdApplication::basicAccessControlAllowed() const {
    return !session_ && files_.currentDirectory() == Directory::LdsApplication;
}

StatusWord EmrtdApplication::getChallenge(const Command& command, Response& response) {
    return basicAccessControlAllowed() ? basicAccessControl_.getChallenge(command, *random_, response)
                                       : StatusWord::ConditionsOfUseNotSatisfied;
}

StatusWord EmrtdApplication::externalAuthenticate(const Command& command, Response& response) {
    if (!basicAccessControlAllowed()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    const StoredSecret mrzInformation(*store_, mrzInformationObject);
    const StatusWord status = basicAccessControl_.externalAuthenticate(command, mrzInformation.view(),
                                                                       *random_, response, nextKeys_);
    rights_.documentAccess = rights_.documentAccess || nextKeys_.has_value();
    return status;
}

StatusWord EmrtdApplication::internalAuthenticate(const Command& command, Response& response) {
    if (!rights_.documentAccess) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    const StoredSecret stored(*store_, activeAuthenticationKeyObject);
    if (stored.view().empty()) {
        return StatusWord::ReferenceDataNotUsable;
    }
    const EcdsaActiveAuthenticationKey key{
        .domainParameters = static_cast<crypto::StandardizedDomainParameters>(stored.view().front()),
        .privateKey = stored.view().subspan(1)};
    return emrtd::internalAuthenticate(command, key, *random_, response);
}

} // namespace cancuoc::card::emrtd
