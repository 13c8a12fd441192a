// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/issuer_domain.hpp"

#include "card/core/instruction.hpp"

#include <algorithm>

namespace cancuoc::card::manager {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> issuerDomainIdentifier{0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00, 0x00};

// Tags of GET DATA (11.3.3.1, annex H; GlobalPlatform Amendment D, 7.1.1)
constexpr std::uint16_t issuerIdentificationTag = 0x0042;
constexpr std::uint16_t cardImageTag = 0x0045;
constexpr std::uint16_t cardRecognitionDataTag = 0x0066;
constexpr std::uint16_t sequenceCounterTag = 0x00C1;
constexpr std::uint16_t keyDiversificationTag = 0x00CF;
constexpr std::uint16_t keyTemplateTag = 0x00E0;
constexpr std::uint16_t productionLifeCycleTag = 0x9F7F;
/// The data grouping of the issuer domain that chooses protocol and option of the secure channel.
constexpr std::uint16_t channelProtocolGrouping = channelProtocolObject;

// Card recognition data (H.2): card management type and version 2.3, card identification scheme, secure
// channel protocol and its option, which follow.
constexpr std::array<std::uint8_t, 48> cardRecognitionData{
    0x66, 0x30, 0x73, 0x2E, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01, 0x60, 0x0B, 0x06,
    0x09, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x02, 0x02, 0x03, 0x63, 0x09, 0x06, 0x07, 0x2A, 0x86,
    0x48, 0x86, 0xFC, 0x6B, 0x03, 0x64, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x04};

// Key types (table 11-16)
constexpr std::uint8_t tripleDesKeyType = 0x80;
constexpr std::uint8_t aesKeyType = 0x88;

// INSTALL, P1 (11.5.2.1)
constexpr std::uint8_t installForPersonalization = 0x20;
// STORE DATA, P1 (11.11.2.1)
constexpr std::uint8_t lastBlock = 0x80;
constexpr std::uint8_t lastBlockOfGroupings = 0x88;
constexpr std::uint8_t lastBlockOfDataObjects = 0x90;
// SET STATUS and GET STATUS, P1 (11.10.2.1 and 11.4.2.1)
constexpr std::uint8_t issuerDomainStatus = 0x80;
constexpr std::uint8_t applicationStatus = 0x40;
// PUT KEY, P2: several keys, the first one with identifier 1 (11.8.2.2)
constexpr std::uint8_t threeKeys = 0x81;
// Life cycle states of applications (11.1.1)
constexpr std::uint8_t applicationSelectable = 0x07;
constexpr std::uint8_t applicationPersonalized = 0x0F;

bool isPrefix(Bytes part, Bytes whole) {
    return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

// A tag of one byte and a value of less than 128 bytes.
bool appendDataObject(Response& response, std::uint8_t tag, std::span<const std::uint8_t> value) {
    return response.append(tag) && response.append(static_cast<std::uint8_t>(value.size())) &&
           response.append(value);
}

} // namespace

bool IssuerDomain::initialize() {
    if (!random_->fill(passingIdentifier_)) {
        return false;
    }
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
    endSession();
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

void IssuerDomain::endSession() {
    scp02_.reset();
    scp03_.reset();
    protected_ = SecureBool(false);
    loader_.choose(nullptr);
}

// A card that left its issuer's hands with the keys that everybody knows opens to nobody, nor does one with
// SCP02, which tells everybody a counter that only this card has.
bool IssuerDomain::closed() {
    return !guard_.holds([this] {
        return !lifeCycle_.isTerminated() &&
               (lifeCycle_.isOpen() ||
                (!keys_.isTransport() && readChannelOption(*store_).protocol != ChannelProtocol::Scp02));
    });
}

bool IssuerDomain::cameProtected() const {
    return guard_.holds([this] { return protected_.isGranted(); });
}

// In its holder's hands a card draws its challenges: a pseudo-random one, which stays the same until a host
// opens a session, and the counter it comes from would tell the card from all others.
ChannelOption IssuerDomain::channelOption() {
    ChannelOption option = readChannelOption(*store_);
    if (option.protocol == ChannelProtocol::Scp03 && !lifeCycle_.isOpen()) {
        option.i = static_cast<std::uint8_t>(option.i & ~SecureChannelProtocol03::pseudoRandomChallenge);
    }
    return option;
}

bool IssuerDomain::admits(const Application& application) {
    return &application == this || lifeCycle_.isInUse();
}

// A plain command ends a session, and one that INITIALIZE UPDATE began; EXTERNAL AUTHENTICATE carries the
// first MAC, which the channel verifies itself.
StatusWord IssuerDomain::unprotect(Command& command, std::span<std::uint8_t> data) {
    protected_ = SecureBool(false);
    if (command.cla != protectedClass) {
        endSession();
        return StatusWord::Success;
    }
    if (closed()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.ins == instruction::externalAuthenticate) {
        return StatusWord::Success;
    }
    const StatusWord status = channel_->unprotect(command, data);
    protected_ = SecureBool(status == StatusWord::Success);
    return status;
}

StatusWord IssuerDomain::protect(StatusWord status, Response& response) {
    if (!protected_.isGranted() || channel_->protect(status, response)) {
        return status;
    }
    response.clear();
    endSession();
    return StatusWord::InternalError;
}

StatusWord IssuerDomain::process(const Command& command, Response& response) {
    if (closed()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (command.ins == instruction::externalAuthenticate && command.cla == protectedClass) {
        return externalAuthenticate(command);
    }
    if (command.cla == interindustryClass) {
        return processInterindustry(command, response);
    }
    return command.cla == plainClass ? processPlain(command, response) : StatusWord::ClassNotSupported;
}

// 11.3.2: GET DATA comes in this class too. A selection that comes here is one of a file, which the domain
// does not have (11.9.2.1).
StatusWord IssuerDomain::processInterindustry(const Command& command, Response& response) {
    switch (command.ins) {
    case instruction::getData:
        return getData(command, response);
    case instruction::select:
        return StatusWord::IncorrectParameters;
    default:
        return StatusWord::ClassNotSupported;
    }
}

StatusWord IssuerDomain::processPlain(const Command& command, Response& response) {
    switch (command.ins) {
    case instruction::getData:
        return getData(command, response);
    case instruction::initializeUpdate:
        return initializeUpdate(command, response);
    case instruction::install:
    case instruction::storeData:
    case instruction::createFile:
    case instruction::updateBinary:
    case instruction::updateBinaryOdd:
    case instruction::putKey:
    case instruction::setStatus:
    case instruction::getStatus:
        return cameProtected() ? processProtected(command, response) : StatusWord::SecurityStatusNotSatisfied;
    default:
        return StatusWord::InstructionNotSupported;
    }
}

StatusWord IssuerDomain::processProtected(const Command& command, Response& response) {
    if (command.ins == instruction::setStatus) {
        return setStatus(command);
    }
    if (command.ins == instruction::getStatus) {
        return getStatus(command, response);
    }
    if (!lifeCycle_.isOpen()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    switch (command.ins) {
    case instruction::install:
        return install(command, response);
    case instruction::storeData:
        return storeData(command);
    case instruction::createFile:
        return loader_.createFile(command, *store_);
    case instruction::putKey:
        return putKey(command, response);
    default:
        return loader_.updateBinary(command, *store_);
    }
}

// 11.3: what names the chip is told plainly while the card is personalized, and in the channel afterwards.
StatusWord IssuerDomain::getData(const Command& command, Response& response) {
    const auto tag = static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
    if (!command.data.empty()) {
        return StatusWord::WrongLength;
    }
    switch (tag) {
    case cardRecognitionDataTag:
    case keyTemplateTag:
        return appendCardData(tag, response) ? StatusWord::Success : StatusWord::InternalError;
    case issuerIdentificationTag:
    case cardImageTag:
    case sequenceCounterTag:
    case keyDiversificationTag:
    case productionLifeCycleTag:
        if (!cameProtected() && !lifeCycle_.isOpen()) {
            return StatusWord::SecurityStatusNotSatisfied;
        }
        return appendNamingData(tag, response) ? StatusWord::Success : StatusWord::ReferencedDataNotFound;
    default:
        return StatusWord::ReferencedDataNotFound;
    }
}

bool IssuerDomain::appendCardData(std::uint16_t tag, Response& response) {
    const ChannelOption option = channelOption();
    const auto protocol = static_cast<std::uint8_t>(option.protocol);
    if (tag == cardRecognitionDataTag) {
        return response.append(cardRecognitionData) && response.append(protocol) && response.append(option.i);
    }
    // 11.3.3.1: DO'E0' { DO'C0' { key identifier, version, type, length } for each key }
    constexpr std::uint8_t keys = 3;
    const std::uint8_t type = option.protocol == ChannelProtocol::Scp02 ? tripleDesKeyType : aesKeyType;
    bool complete = response.append(0xE0) && response.append(std::uint8_t{keys * 6});
    for (std::uint8_t identifier = 1; identifier <= keys; ++identifier) {
        const std::array<std::uint8_t, 4> information{identifier, keys_.version(), type,
                                                      static_cast<std::uint8_t>(keys_.keySize())};
        complete = complete && appendDataObject(response, 0xC0, information);
    }
    return complete;
}

bool IssuerDomain::appendNamingData(std::uint16_t tag, Response& response) const {
    std::array<std::uint8_t, serialNumberSize> serialNumber{};
    if (!store_->read(serialNumberObject, 0, serialNumber)) {
        return false;
    }
    if (tag == productionLifeCycleTag) {
        // Card production life cycle data (GlobalPlatform Card Specification, H.6): serial and batch number
        // of the integrated circuit; nothing else is known.
        constexpr std::size_t length = 42;
        constexpr std::size_t serialNumberOffset = 12;
        std::array<std::uint8_t, length> lifeCycleData{};
        std::copy_n(serialNumber.begin(), 6, lifeCycleData.begin() + serialNumberOffset);
        return response.append(0x9F) && appendDataObject(response, 0x7F, lifeCycleData);
    }
    if (tag == keyDiversificationTag) {
        return appendDataObject(response, 0xCF, serialNumber);
    }
    if (tag == sequenceCounterTag) {
        std::array<std::uint8_t, SecureChannelProtocol03::sequenceCounterSize> counter{};
        static_cast<void>(store_->read(sequenceCounterObject, 0, counter));
        return appendDataObject(response, 0xC1, counter);
    }
    const ObjectIdentifier object =
        tag == issuerIdentificationTag ? issuerIdentificationObject : cardImageObject;
    std::array<std::uint8_t, maximumIssuerDataSize> room{};
    const std::optional<std::size_t> length = store_->length(object);
    if (!length || *length > room.size()) {
        return false;
    }
    const std::span<std::uint8_t> value = std::span(room).first(*length);
    return store_->read(object, 0, value) &&
           appendDataObject(response, static_cast<std::uint8_t>(tag), value);
}

// 11.5.1 of annexes D and E: key diversification data, key information, card challenge, card cryptogram.
StatusWord IssuerDomain::initializeUpdate(const Command& command, Response& response) {
    endSession();
    const ChannelOption option = channelOption();
    if (command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (command.p1 != 0 && command.p1 != keys_.version()) {
        return StatusWord::ReferencedDataNotFound;
    }
    const bool isScp02 = option.protocol == ChannelProtocol::Scp02;
    if (command.data.size() != (isScp02 ? SecureChannelProtocol02::hostChallengeSize
                                        : SecureChannelProtocol03::challengeSizeOf(option.i))) {
        return StatusWord::WrongLength;
    }
    std::array<std::uint8_t, serialNumberSize> identifier = passingIdentifier_;
    if (lifeCycle_.isOpen() && !store_->read(serialNumberObject, 0, identifier)) {
        return StatusWord::MemoryFailure;
    }
    StaticKeys keys;
    const bool complete = keys_.load(keys) && response.append(identifier) &&
                          response.append(keys_.version()) &&
                          response.append(static_cast<std::uint8_t>(option.protocol)) &&
                          (isScp02 ? initializeScp02(command, keys, option.i, response)
                                   : initializeScp03(command, keys, option.i, response));
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

bool IssuerDomain::initializeScp02(const Command& command, const StaticKeys& keys, std::uint8_t option,
                                   Response& response) {
    channel_ = &scp02_;
    std::array<std::uint8_t, SecureChannelProtocol03::sequenceCounterSize> stored{};
    static_cast<void>(store_->read(sequenceCounterObject, 0, stored));
    const auto counter =
        std::span<const std::uint8_t>(stored).last<SecureChannelProtocol02::sequenceCounterSize>();
    std::array<std::uint8_t, SecureChannelProtocol02::cardChallengeSize> challenge{};
    std::array<std::uint8_t, SecureChannelProtocol02::cryptogramSize> cryptogram{};
    const bool drawn = option == SecureChannelProtocol02::pseudoRandomChallengeOption
                           ? SecureChannelProtocol02::deriveChallenge(keys, counter, identifier(), challenge)
                           : random_->fill(challenge);
    return drawn &&
           scp02_.initialize(keys, counter, command.data.first<SecureChannelProtocol02::hostChallengeSize>(),
                             challenge, cryptogram) &&
           response.append(counter) && response.append(challenge) && response.append(cryptogram);
}

bool IssuerDomain::initializeScp03(const Command& command, const StaticKeys& keys, std::uint8_t option,
                                   Response& response) {
    channel_ = &scp03_;
    std::array<std::uint8_t, SecureChannelProtocol03::sequenceCounterSize> counter{};
    static_cast<void>(store_->read(sequenceCounterObject, 0, counter));
    std::array<std::uint8_t, SecureChannelProtocol03::maximumChallengeSize> challengeRoom{};
    std::array<std::uint8_t, SecureChannelProtocol03::maximumChallengeSize> cryptogramRoom{};
    const std::size_t size = SecureChannelProtocol03::challengeSizeOf(option);
    const auto challenge = std::span(challengeRoom).first(size);
    const auto cryptogram = std::span(cryptogramRoom).first(size);
    const bool derives = (option & SecureChannelProtocol03::pseudoRandomChallenge) != 0;
    const bool drawn = derives
                           ? SecureChannelProtocol03::deriveChallenge(keys, counter, identifier(), challenge)
                           : random_->fill(challenge);
    return drawn && scp03_.initialize(keys, option, command.data, challenge, cryptogram) &&
           response.append(option) && response.append(challenge) && response.append(cryptogram) &&
           (!derives || response.append(counter));
}

// A sequence counter that keys or challenges come from goes on before the host may use the session, and never
// begins again.
StatusWord IssuerDomain::externalAuthenticate(const Command& command) {
    const StatusWord status = channel_->authenticateHost(command);
    const ChannelOption option = channelOption();
    if (status != StatusWord::Success || (option.protocol == ChannelProtocol::Scp03 &&
                                          (option.i & SecureChannelProtocol03::pseudoRandomChallenge) == 0)) {
        return status;
    }
    std::array<std::uint8_t, SecureChannelProtocol03::sequenceCounterSize> counter{};
    static_cast<void>(store_->read(sequenceCounterObject, 0, counter));
    const std::size_t used = option.protocol == ChannelProtocol::Scp02
                                 ? SecureChannelProtocol02::sequenceCounterSize
                                 : SecureChannelProtocol03::sequenceCounterSize;
    const auto digits = std::span(counter).last(used);
    if (std::all_of(digits.begin(), digits.end(), [](std::uint8_t digit) { return digit == 0xFF; })) {
        endSession();
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    for (std::size_t i = counter.size(); i-- > 0 && ++counter[i] == 0;) {
    }
    Transaction transaction(*store_);
    if (!transaction.put(sequenceCounterObject, counter) || !transaction.commit()) {
        endSession();
        return StatusWord::MemoryFailure;
    }
    return status;
}

Personalizable* IssuerDomain::find(Bytes identifier) const {
    const auto found =
        std::find_if(applications_.begin(), applications_.end(), [&](const Personalizable* application) {
            const Bytes own = application->identifier();
            return std::equal(identifier.begin(), identifier.end(), own.begin(), own.end());
        });
    return found == applications_.end() ? nullptr : *found;
}

// 11.5.2.3.7: two empty fields, the application's identifier, three empty fields.
StatusWord IssuerDomain::install(const Command& command, Response& response) {
    if (command.p1 != installForPersonalization || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    const Bytes data = command.data;
    constexpr std::size_t emptyFields = 5;
    if (data.size() < emptyFields + 1 || data[0] != 0 || data[1] != 0 ||
        data[2] != data.size() - emptyFields - 1 ||
        std::any_of(data.end() - 3, data.end(), [](std::uint8_t byte) { return byte != 0; })) {
        return StatusWord::WrongData;
    }
    Personalizable* const application = find(data.subspan(3, data[2]));
    if (application == nullptr) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (!guard_.holds([&] { return !application->personalized(); })) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    loader_.choose(application);
    const bool complete = !command.expectedLength || response.append(std::uint8_t{0x00});
    return complete ? StatusWord::Success : StatusWord::InternalError;
}

// Without an application chosen the data are the domain's own, whole in one command.
StatusWord IssuerDomain::storeData(const Command& command) {
    if (loader_.application() != nullptr) {
        return loader_.storeData(command, *channel_, *store_);
    }
    return (command.p1 & lastBlock) != 0 ? storeIssuerData(command) : StatusWord::ConditionsOfUseNotSatisfied;
}

// DGI 0042, 0045 and 9003, or DO'42' and DO'45': issuer identification number, card image number, protocol
// and option of the secure channel.
StatusWord IssuerDomain::storeIssuerData(const Command& command) {
    if ((command.p1 != lastBlockOfGroupings && command.p1 != lastBlockOfDataObjects) || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    const std::size_t identifierSize = command.p1 == lastBlockOfGroupings ? 2 : 1;
    Transaction transaction(*store_);
    Bytes data = command.data;
    while (!data.empty()) {
        if (data.size() <= identifierSize || data[identifierSize] > data.size() - identifierSize - 1) {
            return StatusWord::WrongData;
        }
        const auto identifier =
            static_cast<std::uint16_t>(identifierSize == 1 ? data[0] : data[0] << 8 | data[1]);
        const Bytes value = data.subspan(identifierSize + 1, data[identifierSize]);
        const StatusWord status = putIssuerData(identifier, value, transaction);
        if (status != StatusWord::Success) {
            return status;
        }
        data = data.subspan(identifierSize + 1 + value.size());
    }
    return transaction.commit() ? StatusWord::Success : StatusWord::MemoryFailure;
}

StatusWord IssuerDomain::putIssuerData(std::uint16_t identifier, Bytes value,
                                       Transaction& transaction) const {
    if (identifier == channelProtocolGrouping) {
        // The issuer's keys serve one protocol alone.
        if (!keys_.isTransport()) {
            return StatusWord::ConditionsOfUseNotSatisfied;
        }
        if (!decodeChannelOption(value)) {
            return StatusWord::WrongData;
        }
        return transaction.put(channelProtocolObject, value) ? StatusWord::Success
                                                             : StatusWord::NotEnoughMemory;
    }
    if (identifier != issuerIdentificationTag && identifier != cardImageTag) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (value.empty() || value.size() > maximumIssuerDataSize) {
        return StatusWord::WrongData;
    }
    const ObjectIdentifier object =
        identifier == issuerIdentificationTag ? issuerIdentificationObject : cardImageObject;
    return transaction.put(object, value) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

// 11.8: P1 names the version to be replaced, or 0 for whichever there is; all keys change together.
StatusWord IssuerDomain::putKey(const Command& command, Response& response) {
    if (command.p2 != threeKeys) {
        return StatusWord::IncorrectParameters;
    }
    if (command.p1 != 0 && command.p1 != keys_.version()) {
        return StatusWord::ReferencedDataNotFound;
    }
    Transaction transaction(*store_);
    const StatusWord status = keys_.replace(command.data, *channel_, transaction, response);
    if (status != StatusWord::Success) {
        return status;
    }
    return transaction.commit() ? StatusWord::Success : StatusWord::MemoryFailure;
}

// 11.10
StatusWord IssuerDomain::setStatus(const Command& command) {
    if (command.p1 == issuerDomainStatus) {
        return changeCardState(command.p2);
    }
    if (command.p1 == applicationStatus && command.p2 == applicationPersonalized) {
        return lifeCycle_.isOpen() ? activate(command) : StatusWord::ConditionsOfUseNotSatisfied;
    }
    return StatusWord::IncorrectParameters;
}

StatusWord IssuerDomain::activate(const Command& command) {
    Personalizable* const application = find(command.data);
    if (application == nullptr) {
        return StatusWord::ReferencedDataNotFound;
    }
    if (application->personalized()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    Transaction transaction(*store_);
    const StatusWord status = application->activate(transaction);
    if (status != StatusWord::Success) {
        return status;
    }
    loader_.choose(nullptr);
    return transaction.commit() ? StatusWord::Success : StatusWord::MemoryFailure;
}

StatusWord IssuerDomain::changeCardState(std::uint8_t state) {
    constexpr std::array<CardState, 4> states{CardState::Initialized, CardState::Secured, CardState::Locked,
                                              CardState::Terminated};
    const auto next = static_cast<CardState>(state);
    if (std::find(states.begin(), states.end(), next) == states.end()) {
        return StatusWord::IncorrectParameters;
    }
    const bool complete =
        std::all_of(applications_.begin(), applications_.end(),
                    [](const Personalizable* application) { return application->personalized(); });
    if (!lifeCycle_.allows(next) || (next == CardState::Secured && !complete)) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    loader_.choose(nullptr);
    Transaction transaction(*store_);
    const std::array<std::uint8_t, 1> stored{state};
    return transaction.put(lifeCycleObject, stored) && transaction.commit() ? StatusWord::Success
                                                                            : StatusWord::MemoryFailure;
}

// 11.4: E3 { 4F identifier, 9F70 life cycle state } for each. The data field, 4F and a length, filters by a
// partial identifier.
StatusWord IssuerDomain::getStatus(const Command& command, Response& response) const {
    if ((command.p1 != issuerDomainStatus && command.p1 != applicationStatus) || (command.p2 & ~0x02) != 0) {
        return StatusWord::IncorrectParameters;
    }
    const Bytes data = command.data;
    if (data.size() < 2 || data[0] != 0x4F || data[1] != data.size() - 2) {
        return StatusWord::WrongData;
    }
    const Bytes filter = data.subspan(2);
    const auto appendStatus = [&](Bytes identifier, std::uint8_t state) {
        constexpr std::size_t stateObjectSize = 4;
        return response.append(0xE3) &&
               response.append(static_cast<std::uint8_t>(2 + identifier.size() + stateObjectSize)) &&
               appendDataObject(response, 0x4F, identifier) && response.append(0x9F) &&
               response.append(0x70) && response.append(0x01) && response.append(state);
    };
    bool complete = true;
    if (command.p1 == issuerDomainStatus) {
        complete = !isPrefix(filter, identifier()) ||
                   appendStatus(identifier(), static_cast<std::uint8_t>(lifeCycle_.state()));
    } else {
        for (const Personalizable* application : applications_) {
            const std::uint8_t state =
                application->personalized() ? applicationPersonalized : applicationSelectable;
            complete = complete && (!isPrefix(filter, application->identifier()) ||
                                    appendStatus(application->identifier(), state));
        }
    }
    if (!complete) {
        return StatusWord::InternalError;
    }
    return response.size() == 0 ? StatusWord::ReferencedDataNotFound : StatusWord::Success;
}

} // namespace cancuoc::card::manager
