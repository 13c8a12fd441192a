// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/issuer_domain.hpp"

#include "card/core/instruction.hpp"
#include "card/crypto/padding.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::manager {
namespace {

constexpr std::array<std::uint8_t, 8> issuerDomainIdentifier{0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00, 0x00};

// Objects of the issuer domain in the store. `lockedObject` is present, and empty, once the card is locked.
constexpr ObjectIdentifier serialNumberObject = 0x9001;
constexpr ObjectIdentifier lockedObject = 0x9002;
constexpr std::size_t serialNumberSize = 10;

constexpr std::uint8_t plainClass = 0x80;
constexpr std::uint8_t protectedClass = 0x84;

// The keys of blank chips are GlobalPlatform's published test keys.
constexpr std::uint8_t transportKeyVersion = 0x30;
constexpr std::array<std::uint8_t, StaticKeys::keySize> transportKey{
    0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F};
// SCP03 with random card challenge, R-MAC and R-ENC (Amendment D, 5.1).
constexpr std::array<std::uint8_t, 3> keyInformation{transportKeyVersion, 0x03, 0x60};

// Card recognition data (GlobalPlatform Card Specification, H.2): card management type and version 2.3, card
// identification scheme, SCP03 with i=60.
constexpr std::array<std::uint8_t, 50> cardRecognitionData{
    0x66, 0x30, 0x73, 0x2E, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01, 0x60, 0x0B, 0x06, 0x09,
    0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x02, 0x02, 0x03, 0x63, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86,
    0xFC, 0x6B, 0x03, 0x64, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x04, 0x03, 0x60};

// INSTALL, P1 (11.5.2.1)
constexpr std::uint8_t installForPersonalization = 0x20;
// STORE DATA, P1 (11.11.2.1)
constexpr std::uint8_t lastBlock = 0x80;
constexpr std::uint8_t encryptionMask = 0x60;
constexpr std::uint8_t noEncryption = 0x00;
constexpr std::uint8_t encrypted = 0x60;
constexpr std::uint8_t structureMask = 0x18;
constexpr std::uint8_t noStructure = 0x00;
constexpr std::uint8_t dataGroupingStructure = 0x08;
constexpr std::uint8_t reservedMask = 0x07;
// SET STATUS and GET STATUS, P1 (11.10.2.1 and 11.4.2.1)
constexpr std::uint8_t issuerDomainStatus = 0x80;
constexpr std::uint8_t applicationStatus = 0x40;
// Life cycle states (11.1.1)
constexpr std::uint8_t cardOpReady = 0x01;
constexpr std::uint8_t cardSecured = 0x0F;
constexpr std::uint8_t applicationSelectable = 0x07;
constexpr std::uint8_t applicationPersonalized = 0x0F;

using DecryptedGrouping = crypto::SecretBuffer<configuration::maximumSecretLength + crypto::aesBlockSize>;

StaticKeys transportKeys() {
    StaticKeys keys;
    for (crypto::SecretArray<StaticKeys::keySize>* key :
         {&keys.encryption, &keys.mac, &keys.dataEncryption}) {
        std::copy(transportKey.begin(), transportKey.end(), key->bytes().begin());
    }
    return keys;
}

bool isPrefix(std::span<const std::uint8_t> part, std::span<const std::uint8_t> whole) {
    return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

// A tag of one byte and a value of less than 128 bytes.
bool appendDataObject(Response& response, std::uint8_t tag, std::span<const std::uint8_t> value) {
    return response.append(tag) && response.append(static_cast<std::uint8_t>(value.size())) &&
           response.append(value);
}

} // namespace

bool IssuerDomain::initialize() {
    if (store_->length(serialNumberObject)) {
        return true;
    }
    std::array<std::uint8_t, serialNumberSize> serialNumber{};
    if (!random_->fill(serialNumber)) {
        return false;
    }
    Transaction transaction(*store_);
    return transaction.put(serialNumberObject, serialNumber) && transaction.commit();
}

std::span<const std::uint8_t> IssuerDomain::identifier() const {
    return issuerDomainIdentifier;
}

// 11.9.3.1: file control information with the identifier and the longest command data field it recommends.
StatusWord IssuerDomain::select(const Command& command, Response& response) {
    reset();
    if (!command.expectedLength) {
        return StatusWord::Success;
    }
    constexpr std::array<std::uint8_t, 6> proprietary{0xA5, 0x04, 0x9F, 0x65, 0x01, 0xFF};
    const bool complete =
        response.append(0x6F) &&
        response.append(static_cast<std::uint8_t>(2 + issuerDomainIdentifier.size() + proprietary.size())) &&
        appendDataObject(response, 0x84, issuerDomainIdentifier) && response.append(proprietary);
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

void IssuerDomain::reset() {
    channel_.reset();
    protected_ = false;
    personalizing_ = false;
    endSequence();
}

bool IssuerDomain::locked() const {
    return store_->length(lockedObject).has_value();
}

// A plain command ends a session; EXTERNAL AUTHENTICATE carries the first MAC, which `authenticateHost`
// verifies.
StatusWord IssuerDomain::unprotect(Command& command, std::span<std::uint8_t> data) {
    protected_ = false;
    if (command.cla != protectedClass) {
        if (channel_.active()) {
            reset();
        }
        return StatusWord::Success;
    }
    if (locked()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.ins == instruction::externalAuthenticate) {
        return StatusWord::Success;
    }
    const StatusWord status = channel_.unprotect(command, data);
    if (status != StatusWord::Success) {
        reset();
        return status;
    }
    protected_ = true;
    return status;
}

StatusWord IssuerDomain::protect(StatusWord status, Response& response) {
    if (!protected_ || channel_.protect(status, response)) {
        return status;
    }
    response.clear();
    reset();
    return StatusWord::InternalError;
}

StatusWord IssuerDomain::process(const Command& command, Response& response) {
    if (locked()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.ins == instruction::externalAuthenticate && command.cla == protectedClass) {
        return channel_.authenticateHost(command);
    }
    if (command.cla != plainClass) {
        return StatusWord::ClassNotSupported;
    }
    return processPlain(command, response);
}

StatusWord IssuerDomain::processPlain(const Command& command, Response& response) {
    switch (command.ins) {
    case instruction::getData:
        return getData(command, response);
    case instruction::initializeUpdate:
        return initializeUpdate(command, response);
    case instruction::install:
    case instruction::storeData:
    case instruction::setStatus:
    case instruction::getStatus:
        return protected_ ? processProtected(command, response) : StatusWord::SecurityStatusNotSatisfied;
    default:
        return StatusWord::InstructionNotSupported;
    }
}

StatusWord IssuerDomain::processProtected(const Command& command, Response& response) {
    switch (command.ins) {
    case instruction::install:
        return install(command, response);
    case instruction::storeData:
        return storeData(command);
    case instruction::setStatus:
        return setStatus(command);
    default:
        return getStatus(command, response);
    }
}

StatusWord IssuerDomain::getData(const Command& command, Response& response) const {
    if (command.p1 != 0x00 || command.p2 != 0x66) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (!command.data.empty()) {
        return StatusWord::WrongLength;
    }
    return response.append(cardRecognitionData) ? StatusWord::Success : StatusWord::InternalError;
}

// Amendment D, 7.1.1: key diversification data, key information, card challenge, card cryptogram.
StatusWord IssuerDomain::initializeUpdate(const Command& command, Response& response) {
    reset();
    if (command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (command.p1 != 0 && command.p1 != transportKeyVersion) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (command.data.size() != SecureChannelProtocol03::challengeSize) {
        return StatusWord::WrongLength;
    }
    std::array<std::uint8_t, serialNumberSize> serialNumber{};
    std::array<std::uint8_t, SecureChannelProtocol03::challengeSize> cardChallenge{};
    std::array<std::uint8_t, SecureChannelProtocol03::cryptogramSize> cardCryptogram{};
    const bool complete =
        store_->read(serialNumberObject, 0, serialNumber) && random_->fill(cardChallenge) &&
        channel_.initialize(transportKeys(), command.data.first<SecureChannelProtocol03::challengeSize>(),
                            cardChallenge, cardCryptogram) &&
        response.append(serialNumber) && response.append(keyInformation) && response.append(cardChallenge) &&
        response.append(cardCryptogram);
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

// 11.5.2.3.7: two empty fields, the application's identifier, three empty fields.
StatusWord IssuerDomain::install(const Command& command, Response& response) {
    if (command.p1 != installForPersonalization || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    const std::span<const std::uint8_t> data = command.data;
    constexpr std::size_t emptyFields = 5;
    if (data.size() < emptyFields + 1 || data[0] != 0 || data[1] != 0 ||
        data[2] != data.size() - emptyFields - 1 ||
        std::any_of(data.end() - 3, data.end(), [](std::uint8_t byte) { return byte != 0; })) {
        return StatusWord::WrongData;
    }
    const std::span<const std::uint8_t> chosen = data.subspan(3, data[2]);
    const std::span<const std::uint8_t> identifier = application_->identifier();
    if (!std::equal(chosen.begin(), chosen.end(), identifier.begin(), identifier.end())) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (application_->personalized()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    personalizing_ = true;
    endSequence();
    const bool complete = !command.expectedLength || response.append(std::uint8_t{0x00});
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

StatusWord IssuerDomain::storeData(const Command& command) {
    if (!personalizing_ || application_->personalized()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    const std::uint8_t structure = command.p1 & structureMask;
    const std::uint8_t encryption = command.p1 & encryptionMask;
    if ((command.p1 & reservedMask) != 0 ||
        (structure != noStructure && structure != dataGroupingStructure) ||
        (encryption != noEncryption && encryption != encrypted) || command.p2 != nextBlock_) {
        endSequence();
        return StatusWord::IncorrectParameters;
    }
    Transaction transaction(*store_);
    const bool last = (command.p1 & lastBlock) != 0;
    StatusWord status = encryption == encrypted ? storeEncryptedGrouping(command.data, transaction)
                                                : storeGroupings(command.data, transaction);
    if (status == StatusWord::Success && last && !groupings_.betweenGroupings()) {
        status = StatusWord::WrongData;
    }
    if (status == StatusWord::Success && !transaction.commit()) {
        status = StatusWord::MemoryFailure;
    }
    if (status != StatusWord::Success || last) {
        endSequence();
    } else {
        ++nextBlock_;
    }
    return status;
}

// An error forgets the grouping at work; the loader begins again with block 0.
void IssuerDomain::endSequence() {
    nextBlock_ = 0;
    groupings_.reset();
}

StatusWord IssuerDomain::storeGroupings(std::span<const std::uint8_t> data, Transaction& transaction) {
    while (!data.empty()) {
        StatusWord status = StatusWord::Success;
        if (!groupings_.headerComplete()) {
            if (!groupings_.readHeader(data)) {
                continue;
            }
            status = groupings_.length() == 0
                         ? StatusWord::WrongData
                         : application_->beginFile(groupings_.identifier(), groupings_.length(), transaction);
        } else {
            status = application_->continueFile(groupings_.readValue(data), transaction);
        }
        if (status != StatusWord::Success) {
            return status;
        }
    }
    return StatusWord::Success;
}

// The value alone is encrypted, with the data encryption key in CBC mode, a zero initial chaining vector and
// padding method 2; the grouping fills its command.
StatusWord IssuerDomain::storeEncryptedGrouping(std::span<const std::uint8_t> data,
                                                Transaction& transaction) {
    DataGroupingReader reader;
    if (!groupings_.betweenGroupings() || !reader.readHeader(data) || reader.length() != data.size()) {
        return StatusWord::WrongData;
    }
    DecryptedGrouping value;
    if (data.empty() || !value.resize(data.size()) ||
        !crypto::aesCbcDecrypt(transportKeys().dataEncryption.view(), crypto::AesBlock{}, data,
                               value.bytes())) {
        return StatusWord::WrongData;
    }
    const std::optional<std::size_t> length = crypto::sizeWithoutPadding(value.view(), crypto::aesBlockSize);
    return length ? application_->storeSecret(reader.identifier(), value.view().first(*length), transaction)
                  : StatusWord::WrongData;
}

// 11.10: the application becomes personalized, or the card secured.
StatusWord IssuerDomain::setStatus(const Command& command) {
    Transaction transaction(*store_);
    StatusWord status = StatusWord::IncorrectParameters;
    if (command.p1 == applicationStatus && command.p2 == applicationPersonalized) {
        const std::span<const std::uint8_t> identifier = application_->identifier();
        if (!std::equal(command.data.begin(), command.data.end(), identifier.begin(), identifier.end())) {
            return StatusWord::ReferencedDataNotFound;
        }
        status = application_->personalized() ? StatusWord::ConditionsOfUseNotSatisfied
                                              : application_->activate(transaction);
    } else if (command.p1 == issuerDomainStatus && command.p2 == cardSecured) {
        status = StatusWord::ConditionsOfUseNotSatisfied;
        if (application_->personalized()) {
            status = transaction.put(lockedObject, {}) ? StatusWord::Success : StatusWord::NotEnoughMemory;
        }
    }
    if (status != StatusWord::Success) {
        return status;
    }
    personalizing_ = false;
    endSequence();
    return transaction.commit() ? StatusWord::Success : StatusWord::MemoryFailure;
}

// 11.4: E3 { 4F identifier, 9F70 life cycle state }. The data field, 4F and a length, filters by a partial
// identifier.
StatusWord IssuerDomain::getStatus(const Command& command, Response& response) const {
    if ((command.p1 != issuerDomainStatus && command.p1 != applicationStatus) || (command.p2 & ~0x02) != 0) {
        return StatusWord::IncorrectParameters;
    }
    const std::span<const std::uint8_t> data = command.data;
    if (data.size() < 2 || data[0] != 0x4F || data[1] != data.size() - 2) {
        return StatusWord::WrongData;
    }
    const bool ofApplication = command.p1 == applicationStatus;
    const std::span<const std::uint8_t> identifier =
        ofApplication ? application_->identifier() : this->identifier();
    if (!isPrefix(data.subspan(2), identifier)) {
        return StatusWord::ReferencedDataNotFound;
    }
    const std::uint8_t applicationState =
        application_->personalized() ? applicationPersonalized : applicationSelectable;
    constexpr std::size_t stateObjectSize = 4;
    const bool complete =
        response.append(0xE3) &&
        response.append(static_cast<std::uint8_t>(2 + identifier.size() + stateObjectSize)) &&
        appendDataObject(response, 0x4F, identifier) && response.append(0x9F) && response.append(0x70) &&
        response.append(0x01) && response.append(ofApplication ? applicationState : cardOpReady);
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

} // namespace cancuoc::card::manager
