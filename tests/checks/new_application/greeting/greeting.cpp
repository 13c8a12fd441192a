// SPDX-License-Identifier: Apache-2.0
#include "card/applets/greeting/greeting.hpp"

#include "card/applets/greeting/persistent_objects.hpp"
#include "card/core/instruction.hpp"

#include <array>

namespace cancuoc::card::greeting {
namespace {

/// Proprietary without a registered provider (ISO/IEC 7816-4, 12.2.3.4).
constexpr std::array<std::uint8_t, 6> greetingIdentifier{0xF0, 0x48, 0x45, 0x4C, 0x4C, 0x4F};
constexpr std::uint16_t textTag = 0x0001;
constexpr std::size_t maximumTextLength = 200;

} // namespace

std::span<const std::uint8_t> Greeting::identifier() const {
    return greetingIdentifier;
}

StatusWord Greeting::select(const Command& /*command*/, Response& /*response*/) {
    return StatusWord::Success;
}

StatusWord Greeting::process(const Command& command, Response& response) {
    if (command.cla != 0x00) {
        return StatusWord::ClassNotSupported;
    }
    if (command.ins != instruction::getData) {
        return StatusWord::InstructionNotSupported;
    }
    if (!personalized()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if ((command.p1 << 8 | command.p2) != textTag) {
        return StatusWord::ReferencedDataNotFound;
    }
    const std::optional<std::size_t> length = store_->length(textObject);
    return length && store_->read(textObject, 0, response.extend(*length)) ? StatusWord::Success
                                                                           : StatusWord::MemoryFailure;
}

bool Greeting::linksSteps(const Command& /*command*/) const {
    return false;
}

StatusWord Greeting::unprotect(Command& command, std::span<std::uint8_t> /*data*/) {
    constexpr std::uint8_t secureMessagingBits = 0x0C;
    return (command.cla & secureMessagingBits) == 0 ? StatusWord::Success
                                                    : StatusWord::SecureMessagingNotSupported;
}

StatusWord Greeting::protect(StatusWord status, Response& /*response*/) {
    return status;
}

bool Greeting::personalized() const {
    return store_->length(activatedObject).has_value();
}

std::optional<std::uint16_t> Greeting::groupingOfTag(std::uint8_t /*tag*/) const {
    return std::nullopt;
}

StatusWord Greeting::beginFile(std::uint16_t grouping, std::size_t length, Transaction& transaction) {
    if (grouping != textObject) {
        return StatusWord::ReferencedDataNotFound;
    }
    return length <= maximumTextLength && transaction.beginFile(textObject, length)
               ? StatusWord::Success
               : StatusWord::NotEnoughMemory;
}

StatusWord Greeting::continueFile(std::span<const std::uint8_t> content, Transaction& transaction) {
    return transaction.appendToFile(content) ? StatusWord::Success : StatusWord::MemoryFailure;
}

StatusWord Greeting::storeSecret(std::uint16_t /*grouping*/, std::span<const std::uint8_t> /*value*/,
                                 Transaction& /*transaction*/) {
    return StatusWord::ReferencedDataNotFound;
}

StatusWord Greeting::activate(Transaction& transaction) {
    if (!store_->length(textObject)) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    return transaction.put(activatedObject, {}) ? StatusWord::Success : StatusWord::NotEnoughMemory;
}

} // namespace cancuoc::card::greeting
