// SPDX-License-Identifier: Apache-2.0
#include "card/core/command_parser.hpp"

namespace cancuoc::card {
namespace {

constexpr std::size_t headerLength = 4;

std::size_t bigEndian16(std::span<const std::uint8_t> bytes) {
    return static_cast<std::size_t>(bytes[0] << 8 | bytes[1]);
}

// ISO/IEC 7816-4, 5.1: a short Le of 00 asks for all there is up to 256 bytes, an extended one of 0000 up to
// 65536.
void setShortExpectedLength(std::uint8_t le, Command& command) {
    command.expectsAll = le == 0;
    command.expectedLength = command.expectsAll ? 256 : le;
}

void setExtendedExpectedLength(std::span<const std::uint8_t> le, Command& command) {
    command.expectsAll = bigEndian16(le) == 0;
    command.expectedLength = command.expectsAll ? 65536 : bigEndian16(le);
}

// Body: Le | Lc data | Lc data Le, with length fields of one byte.
bool parseShortBody(std::span<const std::uint8_t> body, Command& command) {
    if (body.size() == 1) {
        setShortExpectedLength(body[0], command);
        return true;
    }
    const std::size_t lc = body[0];
    if (lc == 0 || (body.size() != 1 + lc && body.size() != 1 + lc + 1)) {
        return false;
    }
    command.data = body.subspan(1, lc);
    if (body.size() > 1 + lc) {
        setShortExpectedLength(body.back(), command);
    }
    return true;
}

// Body: 00 Le Le | 00 Lc Lc data | 00 Lc Lc data Le Le.
bool parseExtendedBody(std::span<const std::uint8_t> body, Command& command) {
    command.extended = true;
    if (body.size() == 3) {
        setExtendedExpectedLength(body.subspan(1), command);
        return true;
    }
    const std::size_t lc = bigEndian16(body.subspan(1));
    if (lc == 0 || (body.size() != 3 + lc && body.size() != 3 + lc + 2)) {
        return false;
    }
    command.data = body.subspan(3, lc);
    if (body.size() > 3 + lc) {
        setExtendedExpectedLength(body.last(2), command);
    }
    return true;
}

} // namespace

std::optional<Command> parseCommand(std::span<const std::uint8_t> apdu) {
    if (apdu.size() < headerLength) {
        return std::nullopt;
    }
    Command command;
    command.cla = apdu[0];
    command.ins = apdu[1];
    command.p1 = apdu[2];
    command.p2 = apdu[3];
    const std::span<const std::uint8_t> body = apdu.subspan(headerLength);
    if (body.empty()) {
        return command;
    }
    const bool parsed =
        body[0] == 0 && body.size() >= 3 ? parseExtendedBody(body, command) : parseShortBody(body, command);
    return parsed ? std::optional(command) : std::nullopt;
}

} // namespace cancuoc::card
