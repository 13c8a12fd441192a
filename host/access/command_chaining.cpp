// SPDX-License-Identifier: Apache-2.0
#include "host/access/command_chaining.hpp"

namespace cancuoc {

namespace {
constexpr std::uint8_t chainingClass = 0x10;
} // namespace

ResponseApdu transmitLong(CardSession& session, const CommandApdu& command) {
    const std::size_t partSize = session.maximumCommandData();
    CommandApdu part = command;
    BytesView rest = command.data;
    while (rest.size() > partSize) {
        part.cla = command.cla | chainingClass;
        part.data = toBytes(rest.first(partSize));
        part.le = std::nullopt;
        rest = rest.subspan(partSize);
        ResponseApdu response = session.transmit(part);
        if (!response.sw.isSuccess()) {
            return response;
        }
    }
    part.cla = command.cla;
    part.data = toBytes(rest);
    part.le = command.le;
    return session.transmit(part);
}

} // namespace cancuoc
