// SPDX-License-Identifier: Apache-2.0
#include "card/core/dispatcher.hpp"

#include "card/core/command_parser.hpp"
#include "card/core/instruction.hpp"
#include "card/crypto/memory.hpp"

#include <algorithm>
#include <optional>

namespace cancuoc::card {
namespace {

// CLA (ISO/IEC 7816-4, 5.4.1): bit 8 proprietary, bits 8 to 6 zero for the first interindustry range, bit 7
// for the further one; bits 2 and 1 the logical channel.
constexpr std::uint8_t proprietaryBit = 0x80;
constexpr std::uint8_t furtherRangeBit = 0x40;
constexpr std::uint8_t reservedBit = 0x20;
constexpr std::uint8_t channelMask = 0x03;
// Bits 4 and 3: secure messaging, in the proprietary class of GlobalPlatform too.
constexpr std::uint8_t secureMessagingMask = 0x0C;
constexpr std::uint8_t invalidClass = 0xFF;

constexpr std::uint8_t selectByDedicatedFileName = 0x04;
// SELECT, P2 (ISO/IEC 7816-4, table 63)
constexpr std::uint8_t occurrenceMask = 0x03;
constexpr std::uint8_t lastOccurrence = 0x01;
constexpr std::uint8_t nextOccurrence = 0x02;
constexpr std::uint8_t previousOccurrence = 0x03;
constexpr std::uint8_t selectReservedMask = 0xF0;

// The chip serves the basic logical channel only.
StatusWord checkClass(std::uint8_t cla) {
    if (cla == invalidClass) {
        return StatusWord::ClassNotSupported;
    }
    if ((cla & furtherRangeBit) != 0) {
        return StatusWord::LogicalChannelNotSupported;
    }
    if ((cla & proprietaryBit) == 0 && (cla & reservedBit) != 0) {
        return StatusWord::ClassNotSupported;
    }
    return (cla & channelMask) != 0 ? StatusWord::LogicalChannelNotSupported : StatusWord::Success;
}

bool selectsApplication(const Command& command) {
    return command.cla == 0x00 && command.ins == instruction::select &&
           command.p1 == selectByDedicatedFileName;
}

constexpr std::size_t shortResponseLength = 256;

// How long a response may be: what the command asks for (ISO/IEC 7816-4, 5.1). A protected one asks inside,
// and its response has as many bytes as the protection takes.
std::size_t responseLimit(const Command& command) {
    if ((command.cla & secureMessagingMask) == 0) {
        return command.expectedLength.value_or(0);
    }
    return command.extended ? configuration::maximumResponse : shortResponseLength;
}

} // namespace

Dispatcher::Dispatcher(std::span<Application* const> applications, Application& implicit,
                       ApplicationGate& gate)
    : applicationCount_(std::min(applications.size(), applications_.size())), implicit_(&implicit),
      gate_(&gate), selected_(&implicit) {
    std::copy_n(applications.begin(), applicationCount_, applications_.begin());
}

void Dispatcher::reset() {
    for (Application* application : std::span(applications_).first(applicationCount_)) {
        application->reset();
    }
    selected_ = implicit_;
    chain_.reset();
    response_.clear();
    sent_ = 0;
}

std::span<const std::uint8_t> Dispatcher::transmit(std::span<const std::uint8_t> apdu) {
    if (apdu.size() > commandBuffer_.size()) {
        return refuse(StatusWord::WrongLength);
    }
    const std::span<std::uint8_t> received(commandBuffer_.data(), apdu.size());
    std::copy(apdu.begin(), apdu.end(), received.begin());
    const std::optional<Command> command = parseCommand(received);
    if (!command || command->data.size() > configuration::maximumCommandData) {
        return refuse(StatusWord::WrongLength);
    }
    if (command->ins == instruction::getResponse && sent_ < response_.size()) {
        return getResponse(*command);
    }
    const auto dataOffset = static_cast<std::size_t>(command->data.data() - received.data());
    const std::span<std::uint8_t> data = command->data.empty()
                                             ? std::span<std::uint8_t>()
                                             : received.subspan(dataOffset, command->data.size());
    const std::span<const std::uint8_t> response = answer(*command, data);
    crypto::wipe(received);
    return response;
}

std::span<const std::uint8_t> Dispatcher::answer(Command command, std::span<std::uint8_t> data) {
    response_.clear();
    sent_ = 0;
    StatusWord status = checkClass(command.cla);
    if (status != StatusWord::Success) {
        return refuse(status);
    }
    const std::size_t limit = responseLimit(command);
    Application* const protecting = selected_;
    status = protecting->unprotect(command, data);
    if (status != StatusWord::Success) {
        return refuse(status);
    }
    status = joinChain(command);
    if (isError(status)) {
        response_.clear();
    }
    status_ = protecting->protect(status, response_);
    if (protecting != selected_) {
        protecting->reset();
    }
    return sendPart(limit);
}

// ISO/IEC 7816-4, 5.3.3. What does not belong to the open chain ends it and is refused, but for the selection
// of an application, which is a new beginning. Secure messaging was taken off each command before.
StatusWord Dispatcher::joinChain(Command command) {
    if (chain_.open() && !chain_.accepts(command)) {
        chain_.reset();
        return selectsApplication(command) ? route(command) : StatusWord::LastCommandOfChainExpected;
    }
    if (CommandChain::continues(command)) {
        if (!chain_.open() && selected_->linksSteps(command)) {
            return route(command);
        }
        return command.data.empty() ? StatusWord::CommandChainingNotSupported : chain_.append(command);
    }
    if (!chain_.open()) {
        return route(command);
    }
    StatusWord status = chain_.append(command);
    if (status == StatusWord::Success) {
        command.data = chain_.data();
        status = route(command);
        chain_.reset();
    }
    return status;
}

StatusWord Dispatcher::route(const Command& command) {
    if (selectsApplication(command)) {
        return selectByIdentifier(command);
    }
    return gate_->admits(*selected_) ? selected_->process(command, response_)
                                     : StatusWord::ConditionsOfUseNotSatisfied;
}

// ISO/IEC 7816-4, 11.2.2: the first, last, next or previous application whose identifier begins with the data
// field. What is not found leaves the selected application and its session as they are.
StatusWord Dispatcher::selectByIdentifier(const Command& command) {
    if ((command.p2 & selectReservedMask) != 0) {
        return StatusWord::IncorrectParameters;
    }
    const std::uint8_t occurrence = command.p2 & occurrenceMask;
    const bool backwards = occurrence == lastOccurrence || occurrence == previousOccurrence;
    // Before the first application there is the largest number there is, which ends the search as well.
    for (std::size_t at = firstCandidate(occurrence); at < applicationCount_; backwards ? --at : ++at) {
        Application* const application = applications_[at];
        const std::span<const std::uint8_t> identifier = application->identifier();
        if (command.data.size() > identifier.size() ||
            !std::equal(command.data.begin(), command.data.end(), identifier.begin())) {
            continue;
        }
        const StatusWord status = gate_->admits(*application) ? application->select(command, response_)
                                                              : StatusWord::ConditionsOfUseNotSatisfied;
        if (status == StatusWord::Success) {
            selected_ = application;
        }
        return status;
    }
    return StatusWord::FileNotFound;
}

std::size_t Dispatcher::firstCandidate(std::uint8_t occurrence) const {
    const auto begin = applications_.begin();
    const auto selected = static_cast<std::size_t>(
        std::find(begin, begin + static_cast<std::ptrdiff_t>(applicationCount_), selected_) - begin);
    switch (occurrence) {
    case lastOccurrence:
        return applicationCount_ - 1;
    case nextOccurrence:
        return selected + 1;
    case previousOccurrence:
        return selected - 1;
    default:
        return 0;
    }
}

// An error in plain ends what the peer had begun, whatever is wrong with its command: the chain, and the
// session with its keys (Doc 9303-11, 9.8.3; GlobalPlatform Card Specification, 10.2.3).
std::span<const std::uint8_t> Dispatcher::refuse(StatusWord status) {
    chain_.reset();
    selected_->endSession();
    response_.clear();
    sent_ = 0;
    status_ = status;
    return sendPart(0);
}

// ISO/IEC 7816-4, 11.8.1: what the response could not hold.
std::span<const std::uint8_t> Dispatcher::getResponse(const Command& command) {
    if (command.cla != 0x00) {
        return refuse(StatusWord::ClassNotSupported);
    }
    if (command.p1 != 0 || command.p2 != 0) {
        return refuse(StatusWord::IncorrectParameters);
    }
    if (!command.data.empty() || !command.expectedLength) {
        return refuse(StatusWord::WrongLength);
    }
    return sendPart(*command.expectedLength);
}

// Sends at most `limit` further bytes, then the status word; 61XX while more remain.
std::span<const std::uint8_t> Dispatcher::sendPart(std::size_t limit) {
    const std::span<const std::uint8_t> rest = response_.data().subspan(sent_);
    const std::span<const std::uint8_t> part = rest.first(std::min(limit, rest.size()));
    const std::size_t left = rest.size() - part.size();
    const auto end = std::copy(part.begin(), part.end(), output_.begin());
    auto statusWord = static_cast<std::uint16_t>(status_);
    if (left > 0) {
        statusWord = static_cast<std::uint16_t>(0x6100 | (left < shortResponseLength ? left : 0));
    }
    end[0] = static_cast<std::uint8_t>(statusWord >> 8);
    end[1] = static_cast<std::uint8_t>(statusWord);
    sent_ += part.size();
    return std::span(output_).first(part.size() + 2);
}

} // namespace cancuoc::card
