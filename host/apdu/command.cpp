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

constexpr std::size_t headerSize = 4;

// ISO/IEC 7816-4, 5.1, table 4: zeros are the largest Ne.
std::size_t expectedLength(BytesView field) {
    const auto value = static_cast<std::size_t>(fromBigEndian(field));
    const std::size_t largest =
        field.size() == 2 ? CommandApdu::maximumExtendedLe : CommandApdu::maximumShortLe;
    return value != 0 ? value : largest;
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

CommandApdu CommandApdu::decode(BytesView encoded) {
    constexpr const char* malformed = "The bytes are no command APDU.";
    if (encoded.size() < headerSize) {
        throw MalformedData(malformed);
    }
    CommandApdu command{.cla = encoded[0], .ins = encoded[1], .p1 = encoded[2], .p2 = encoded[3]};
    BytesView rest = encoded.subspan(headerSize);
    command.forceExtendedLength = rest.size() > 2 && rest[0] == 0;
    const std::size_t lengthSize = command.forceExtendedLength ? 2 : 1;
    if (command.forceExtendedLength) {
        rest = rest.subspan(1);
    }
    if (rest.size() > lengthSize) {
        const auto size = static_cast<std::size_t>(fromBigEndian(rest.first(lengthSize)));
        rest = rest.subspan(lengthSize);
        if (size == 0 || size > rest.size()) {
            throw MalformedData(malformed);
        }
        command.data = toBytes(rest.first(size));
        rest = rest.subspan(size);
    }
    if (rest.size() == lengthSize) {
        command.le = expectedLength(rest);
    } else if (!rest.empty()) {
        throw MalformedData(malformed);
    }
    return command;
}

} // namespace cancuoc
