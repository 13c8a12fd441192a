// SPDX-License-Identifier: Apache-2.0
#include "host/reader/in_process_connection.hpp"

#include <utility>

namespace cancuoc {

InProcessConnection::InProcessConnection(std::string readerName, Bytes atr, Exchange exchange, Reset reset)
    : readerName_(std::move(readerName)), atr_(std::move(atr)), exchange_(std::move(exchange)),
      reset_(std::move(reset)) {}

Bytes InProcessConnection::transmit(BytesView command) {
    return exchange_(command);
}

void InProcessConnection::reset() {
    if (reset_) {
        reset_();
    }
}

std::size_t InProcessConnection::maximumCommandLength() const {
    return commandLengthStatedBy(atr_);
}

std::size_t InProcessConnection::maximumResponseLength() const {
    return responseLengthStatedBy(atr_);
}

std::size_t InProcessConnection::readerMaximumLength() const {
    return extendedResponseLength;
}

} // namespace cancuoc
