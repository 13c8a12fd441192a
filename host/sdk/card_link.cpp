// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/card_link.hpp"

#include "host/sdk/buffers.hpp"

namespace cancuoc::sdk {

namespace {

constexpr std::size_t statusWordSize = 2;

bool within(std::size_t length, std::size_t minimum, std::size_t maximum) {
    return length == 0 || (length >= minimum && length <= maximum);
}

} // namespace

CardLink::CardLink(const cancuoc_card_link& link)
    : callbacks(link), name(link.name != nullptr ? link.name : "card link"),
      atr(toBytes(takeBytes(link.atr, link.atr_length, 0, CANCUOC_ATR_SIZE))) {
    requireArgument(link.transmit != nullptr, "A card link needs a function that transmits.");
    requireArgument(within(link.maximum_command, shortCommandLength, extendedCommandLength),
                    "The longest command is out of range: 0, or 261 to 65,544.");
    requireArgument(within(link.maximum_response, shortResponseLength, extendedResponseLength),
                    "The longest response is out of range: 0, or 256 to 65,536.");
    callbacks.name = nullptr;
    callbacks.atr = nullptr;
}

Bytes LinkConnection::transmit(BytesView command) {
    requireUninterrupted(interruption_);
    Bytes response(extendedResponseLength + statusWordSize);
    std::size_t length = 0;
    throwStatusOfCallback(link_.callbacks.transmit(link_.callbacks.context, command.data(), command.size(),
                                                   response.data(), response.size(), &length));
    if (length < statusWordSize || length > response.size()) {
        throw Refusal(CANCUOC_CALLBACK_FAILED,
                      "The program's card link gave a response of an impossible length.");
    }
    response.resize(length);
    return response;
}

void LinkConnection::reset() {
    if (link_.callbacks.reset == nullptr) {
        throw CardRemoved("The program's card link cannot reset the card.");
    }
    throwStatusOfCallback(link_.callbacks.reset(link_.callbacks.context));
}

std::size_t LinkConnection::maximumCommandLength() const {
    return link_.callbacks.maximum_command != 0 ? link_.callbacks.maximum_command
                                                : commandLengthStatedBy(link_.atr);
}

std::size_t LinkConnection::maximumResponseLength() const {
    return link_.callbacks.maximum_response != 0 ? link_.callbacks.maximum_response
                                                 : responseLengthStatedBy(link_.atr);
}

std::size_t LinkConnection::readerMaximumLength() const {
    return link_.callbacks.maximum_response != 0 ? link_.callbacks.maximum_response : extendedResponseLength;
}

bool LinkSource::isBack(const CardRemoved& lost) {
    return link_.callbacks.reset != nullptr && resetter_.answersAgain(lost, connection_);
}

} // namespace cancuoc::sdk
