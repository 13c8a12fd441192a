// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/emrtd_application.hpp"

#include "card/applets/emrtd/active_authentication.hpp"
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/emrtd/security_infos.hpp"
#include "card/applets/emrtd/stored_secret.hpp"
#include "card/core/command_chain.hpp"
#include "card/core/instruction.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

// MSE:Set, P1-P2 (Doc 9303-11, 4.4.4.1, 6.2.4.1, 6.2.4.2, 7.1.5.1 and 7.1.5.3)
constexpr std::uint16_t mutualAuthenticationTemplate = 0xC1A4;
constexpr std::uint16_t internalAuthenticationTemplate = 0x41A4;
constexpr std::uint16_t keyAgreementTemplate = 0x41A6;
constexpr std::uint16_t digitalSignatureTemplate = 0x81B6;
constexpr std::uint16_t externalAuthenticationTemplate = 0x81A4;
/// Check digit and two dates with theirs, which follow the document number in the MRZ information.
constexpr std::size_t datesLength = 14;

constexpr std::uint8_t selectByFileIdentifier = 0x00;
constexpr std::uint8_t selectByDedicatedFileName = 0x04;

} // namespace

EmrtdApplication::EmrtdApplication(const ApplicationServices& services)
    : store_(&services.store), random_(&services.random), guard_(services.delay), accessControl_(guard_),
      files_(services.store, services.directory, accessControl_), attempts_(services.store, services.delay),
      chipAuthenticationKeys_(services.store), pace_(guard_), basicAccessControl_(guard_),
      terminalAuthentication_(services.store, guard_) {}

std::span<const std::uint8_t> EmrtdApplication::identifier() const {
    return ldsApplicationIdentifier;
}

bool EmrtdApplication::personalized() const {
    return store_->length(personalizedObject).has_value();
}

StatusWord EmrtdApplication::select(const Command& command, Response& response) {
    if (!guard_.holds([this] { return personalized(); })) {
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

// Doc 9303-11, 4.4.4.3: the chain links the steps of PACE.
bool EmrtdApplication::linksSteps(const Command& command) const {
    return command.ins == instruction::generalAuthenticate && !chipAuthentication_.inProgress();
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
    terminalAuthentication_.reset();
    chipIdentifier_.clear();
    terminalKey_.clear();
    terminalAuthenticated_ = false;
}

// The steps of a protocol follow one another: any other command ends its run. A challenge is valid for the
// next command, as ISO/IEC 7816-4, 11.5.3 asks for, and no longer.
void EmrtdApplication::interruptProtocols(const Command& command) {
    const bool interindustry = (command.cla & ~chainingBit) == 0;
    if (!interindustry || command.ins != instruction::generalAuthenticate) {
        pace_.reset();
        chipAuthentication_.reset();
    }
    if (!interindustry || command.ins != instruction::externalAuthenticate) {
        basicAccessControl_.reset();
        terminalAuthentication_.forgetChallenge();
    }
}

StatusWord EmrtdApplication::unprotect(Command& command, std::span<std::uint8_t> data) {
    protected_ = false;
    if (!session_) {
        rights_ = {}; // they are those of a session; a plain document gives them anew
        interruptProtocols(command);
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
    if (status == StatusWord::Success) {
        command = plain;
        protected_ = true;
        interruptProtocols(command);
    }
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
        session_.emplace(*nextKeys_, guard_);
        nextKeys_.reset();
    }
    return status;
}

StatusWord EmrtdApplication::process(const Command& command, Response& response) {
    if ((command.cla & ~chainingBit) != 0) {
        return StatusWord::ClassNotSupported;
    }
    if (!guard_.holds([this] { return personalized(); })) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    profile_ = readProtocolProfile(*store_);
    if (guard_.holds([this] { return readProtocolProfile(*store_).isPlain(); })) {
        rights_.documentAccess = SecureBool(true);
    }
    switch (command.ins) {
    case instruction::select:
        return profile_.refusesMasterFile && selectsMasterFile(command)
                   ? StatusWord::InstructionNotSupported
                   : files_.select(command, rights_, response);
    case instruction::readBinary:
        return files_.readBinary(command, rights_, response);
    case instruction::readBinaryOdd:
        return files_.readBinaryOdd(command, rights_, response);
    case instruction::manageSecurityEnvironment:
        return manageSecurityEnvironment(command);
    case instruction::generalAuthenticate:
        return generalAuthenticate(command, response);
    case instruction::performSecurityOperation:
        return performSecurityOperation(command);
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
    case digitalSignatureTemplate:
    case externalAuthenticationTemplate:
        return setTerminalAuthenticationTemplate(command);
    default:
        return StatusWord::IncorrectParameters;
    }
}

bool EmrtdApplication::selectsMasterFile(const Command& command) const {
    constexpr std::array<std::uint8_t, 2> identifier{masterFileIdentifier >> 8, masterFileIdentifier & 0xFF};
    return command.p1 == selectByFileIdentifier &&
           (command.data.empty() || std::ranges::equal(command.data, identifier));
}

// PACE opens the session; it does not run inside one.
StatusWord EmrtdApplication::setPaceTemplate(const Command& command) {
    if (session_) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (!profile_.pace) {
        return StatusWord::WrongData;
    }
    PaceConfigurations room{};
    const auto configurations = std::span(room).first(readPaceConfigurations(*store_, room).count);
    const StoredSecret mrzInformation(*store_, mrzInformationObject);
    const StoredSecret cardAccessNumber(*store_, cardAccessNumberObject);
    return pace_.setAuthenticationTemplate(command.data, {mrzInformation.view(), cardAccessNumber.view()},
                                           configurations);
}

// Chip Authentication runs inside the session that PACE or Basic Access Control opened (Doc 9303-11, 6.2), or
// opens one of its own in a plain document.
StatusWord EmrtdApplication::setChipAuthenticationTemplate(const Command& command) {
    if (!accessControl_.grants(rights_, chipAuthenticationKeyCondition)) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    ChipAuthenticationConfigurations room{};
    const auto configurations =
        std::span(room).first(readChipAuthenticationConfigurations(*store_, room).count);
    if ((command.p1 << 8 | command.p2) != keyAgreementTemplate) {
        return chipAuthentication_.setAuthenticationTemplate(command.data, configurations);
    }
    const StatusWord status = chipAuthentication_.setKeyAgreementTemplate(
        command.data, configurations, chipAuthenticationKeys_, *random_, nextKeys_);
    return bindTerminal(status, chipAuthentication_.domainParameters(),
                        chipAuthentication_.terminalPublicKey());
}

StatusWord EmrtdApplication::generalAuthenticate(const Command& command, Response& response) {
    return chipAuthentication_.inProgress() ? performChipAuthentication(command, response)
                                            : performPace(command, response);
}

StatusWord EmrtdApplication::performChipAuthentication(const Command& command, Response& response) {
    const StatusWord status = chipAuthentication_.generalAuthenticate(command, chipAuthenticationKeys_,
                                                                      *random_, response, nextKeys_);
    return bindTerminal(status, chipAuthentication_.domainParameters(),
                        chipAuthentication_.terminalPublicKey());
}

// Doc 9303-11, 7.1.2 and 7.1.3: the newest key counts, and rights are bound to the one they were proven with.
StatusWord EmrtdApplication::bindTerminal(StatusWord status,
                                          crypto::StandardizedDomainParameters domainParameters,
                                          std::span<const std::uint8_t> publicKey) {
    if (status != StatusWord::Success) {
        return status;
    }
    terminalAuthentication_.reset();
    rights_.fingerprints = SecureBool(false);
    rights_.iris = SecureBool(false);
    if (!compressPublicKey(domainParameters, publicKey, terminalKey_)) {
        nextKeys_.reset();
        return StatusWord::InternalError;
    }
    return StatusWord::Success;
}

StatusWord EmrtdApplication::performPace(const Command& command, Response& response) {
    if (!pace_.comparesTokenNext()) {
        return pace_.generalAuthenticate(command, *random_, response, nextKeys_);
    }
    if (!attempts_.begin()) {
        return StatusWord::MemoryFailure;
    }
    // Doc 9303-11, 9.2.1: the key of Chip Authentication Mapping has the parameterId as its keyId.
    const PaceConfiguration chosen = pace_.chosen();
    const bool provesChip = chosen.variant == PaceVariant::EcdhChipAuthenticationMapping;
    ChipAuthenticationKey key;
    PaceAdditions additions;
    if (provesChip && chipAuthenticationKeys_.load(static_cast<std::uint8_t>(chosen.domainParameters), key)) {
        additions.chipAuthenticationKey = key.privateKey.view();
    }
    CertifiedKey recent;
    CertifiedKey previous;
    if (terminalAuthentication_.trustPoints().load(true, recent)) {
        additions.recentAuthorityReference = recent.holderReference.view();
    }
    if (terminalAuthentication_.trustPoints().load(false, previous)) {
        additions.previousAuthorityReference = previous.holderReference.view();
    }
    StatusWord status = pace_.generalAuthenticate(command, *random_, response, nextKeys_, additions);
    if (status == StatusWord::Success &&
        !compressPublicKey(chosen.domainParameters, pace_.publicKey(), chipIdentifier_)) {
        status = StatusWord::InternalError;
    }
    if (provesChip) {
        status = bindTerminal(status, chosen.domainParameters, pace_.terminalPublicKey());
    }
    if (status != StatusWord::Success) {
        nextKeys_.reset();
        return status;
    }
    return grantDocumentAccess();
}

// A terminal that knows the password is no guesser. Access goes with the session keys that it proved to
// share.
StatusWord EmrtdApplication::grantDocumentAccess() {
    if (!attempts_.succeed()) {
        nextKeys_.reset();
        return StatusWord::MemoryFailure;
    }
    rights_.documentAccess = SecureBool(guard_.holds([this] { return nextKeys_.has_value(); }));
    return StatusWord::Success;
}

// Basic Access Control opens the session from within the LDS application (Doc 9303-11, 4.3).
bool EmrtdApplication::basicAccessControlAllowed() const {
    return profile_.basicAccessControl && !session_ && files_.currentDirectory() == Directory::LdsApplication;
}

StatusWord EmrtdApplication::getChallenge(const Command& command, Response& response) {
    if (session_) {
        return terminalAuthenticationAllowed()
                   ? terminalAuthentication_.getChallenge(command, *random_, response)
                   : StatusWord::ConditionsOfUseNotSatisfied;
    }
    return basicAccessControlAllowed() ? basicAccessControl_.getChallenge(command, *random_, response)
                                       : StatusWord::ConditionsOfUseNotSatisfied;
}

StatusWord EmrtdApplication::externalAuthenticate(const Command& command, Response& response) {
    if (session_) {
        return authenticateTerminal(command);
    }
    if (!basicAccessControlAllowed()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (basicAccessControl_.comparesNext(command) && !attempts_.begin()) {
        return StatusWord::MemoryFailure;
    }
    const StoredSecret mrzInformation(*store_, mrzInformationObject);
    const StatusWord status = basicAccessControl_.externalAuthenticate(command, mrzInformation.view(),
                                                                       *random_, response, nextKeys_);
    if (status != StatusWord::Success) {
        return status;
    }
    // Doc 9303-11, 7.1.2: the document number with its check digit.
    if (!chipIdentifier_.assign(mrzInformation.view().first(mrzInformation.view().size() - datesLength))) {
        nextKeys_.reset();
        return StatusWord::InternalError;
    }
    return grantDocumentAccess();
}

// Terminal Authentication follows Chip Authentication or PACE with its mapping (Doc 9303-11, 7.1).
bool EmrtdApplication::terminalAuthenticationAllowed() const {
    return guard_.holds([this] {
        return session_ && !chipIdentifier_.empty() && !terminalKey_.empty() && !terminalAuthenticated_ &&
               terminalAuthentication_.trustPoints().present();
    });
}

StatusWord EmrtdApplication::setTerminalAuthenticationTemplate(const Command& command) {
    if (!terminalAuthenticationAllowed()) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    return (command.p1 << 8 | command.p2) == digitalSignatureTemplate
               ? terminalAuthentication_.setVerificationTemplate(command.data)
               : terminalAuthentication_.setAuthenticationTemplate(command.data);
}

StatusWord EmrtdApplication::performSecurityOperation(const Command& command) {
    return terminalAuthenticationAllowed() ? terminalAuthentication_.verifyCertificate(command)
                                           : StatusWord::SecurityStatusNotSatisfied;
}

StatusWord EmrtdApplication::authenticateTerminal(const Command& command) {
    if (!terminalAuthenticationAllowed()) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    std::uint8_t effectiveRights = 0;
    const StatusWord status = terminalAuthentication_.externalAuthenticate(
        command, {chipIdentifier_.view(), terminalKey_.view()}, effectiveRights);
    if (status == StatusWord::Success) {
        terminalAuthenticated_ = true;
        rights_.fingerprints =
            SecureBool(guard_.holds([&] { return (effectiveRights & readFingerprints) != 0; }));
        rights_.iris = SecureBool(guard_.holds([&] { return (effectiveRights & readIris) != 0; }));
    }
    return status;
}

StatusWord EmrtdApplication::internalAuthenticate(const Command& command, Response& response) {
    if (!accessControl_.grants(rights_, activeAuthenticationKeyCondition)) {
        return StatusWord::SecurityStatusNotSatisfied;
    }
    const StoredSecret rsaKey(*store_, rsaActiveAuthenticationKeyObject);
    if (const auto key = decodeRsaActiveAuthenticationKey(rsaKey.view())) {
        return emrtd::internalAuthenticate(command, *key, *random_, response);
    }
    const StoredSecret stored(*store_, activeAuthenticationKeyObject);
    if (stored.view().empty()) {
        return StatusWord::ReferenceDataNotUsable;
    }
    const EcdsaActiveAuthenticationKey key{
        static_cast<crypto::StandardizedDomainParameters>(stored.view().front()),
        readActiveAuthenticationHash(*store_).value_or(crypto::HashAlgorithm::Sha256),
        stored.view().subspan(1)};
    return emrtd::internalAuthenticate(command, key, *random_, response);
}

} // namespace cancuoc::card::emrtd
