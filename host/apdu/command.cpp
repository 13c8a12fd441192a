// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/command.hpp"

#include "host/base/error.hpp"

namespace cancuoc {

namespace {

// The largest Ne is written as zeros, which is what cutting off its high bits gives.
void appendShortLengths(Bytes& encoded, const CommandApdu& command) {
    if (!command.data.empty()) {
        encoded.push_back(static_cast<std::uint8_t>(command.data.size()));
        append(encoded, command.data);
    }
    if (command.le) {
        encoded.push_back(static_cast<std::uint8_t>(*command.le & 0xFFU));
    }
}

void appendExtendedLengths(Bytes& encoded, const CommandApdu& command) {
    encoded.push_back(0x00);
    if (!command.data.empty()) {
        append(encoded, toBigEndian(command.data.size(), 2));
        append(encoded, command.data);
    }
    if (command.le) {
        append(encoded, toBigEndian(*command.le, 2));
    }
}

} // namespace

bool CommandApdu::needsExtendedLength() const {
    return forceExtendedLength || data.size() > maximumShortData || le.value_or(1) > maximumShortLe;
}

Bytes CommandApdu::encode() const {
    if (data.size() > maximumExtendedData || le.value_or(1) < 1 || le.value_or(1) > maximumExtendedLe) {
        throw BadConfiguration("A command's data or expected length is larger than an APDU can carry.");
    }
    Bytes encoded{cla, ins, p1, p2};
    encoded.reserve(encoded.size() + 3 + data.size() + 2);
    if (needsExtendedLength()) {
        appendExtendedLengths(encoded, *this);
    } else {
        appendShortLengths(encoded, *this);
    }
    return encoded;
}

} // namespace cancuoc
