// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/card_link.hpp"

#include "host/sdk/buffers.hpp"

namespace cancuoc::sdk {

namespace {

constexpr std::size_t shortCommand = 261;
constexpr std::size_t extendedCommand = 65544;
constexpr std::size_t shortResponse = 256;
constexpr std::size_t extendedResponse = 65536;
constexpr std::size_t statusWordSize = 2;

bool within(std::size_t length, std::size_t minimum, std::size_t maximum) {
    return length == 0 || (length >= minimum && length <= maximum);
}

} // namespace

CardLink::CardLink(const cancuoc_card_link& link)
    : callbacks(link), name(link.name != nullptr ? link.name : "card link"),
      atr(toBytes(takeBytes(link.atr, link.atr_length, 0, CANCUOC_ATR_SIZE))) {
    requireArgument(link.transmit != nullptr, "A card link needs a function that transmits.");
    requireArgument(within(link.maximum_command, shortCommand, extendedCommand),
                    "The longest command is out of range: 0, or 261 to 65,544.");
    requireArgument(within(link.maximum_response, shortResponse, extendedResponse),
                    "The longest response is out of range: 0, or 256 to 65,536.");
    callbacks.name = nullptr;
    callbacks.atr = nullptr;
}

Bytes LinkConnection::transmit(BytesView command) {
    requireUninterrupted(interruption_);
    Bytes response(extendedResponse + statusWordSize);
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
    if (link_.callbacks.maximum_command != 0) {
        return link_.callbacks.maximum_command;
    }
    return statesExtendedLength(link_.atr) ? extendedCommand : shortCommand;
}

std::size_t LinkConnection::maximumResponseLength() const {
    if (link_.callbacks.maximum_response != 0) {
        return link_.callbacks.maximum_response;
    }
    return statesExtendedLength(link_.atr) ? extendedResponse : shortResponse;
}

std::size_t LinkConnection::readerMaximumLength() const {
    return link_.callbacks.maximum_response != 0 ? link_.callbacks.maximum_response : extendedResponse;
}

bool LinkSource::isBack(const CardRemoved& lost) {
    return link_.callbacks.reset != nullptr && resetter_.answersAgain(lost, connection_);
}

} // namespace cancuoc::sdk
