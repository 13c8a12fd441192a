// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/timed_link.hpp"

#include <algorithm>

namespace cancuoc::bench {

namespace {

// ISO/IEC 14443-3 type A: eight bits and a parity bit; ISO/IEC 14443-4: PCB and CRC around blocks of at most
// 256 bytes.
constexpr double bitsPerByte = 9;
constexpr std::size_t blockOverhead = 3;
constexpr std::size_t blockPayload = 256 - blockOverhead;

constexpr std::uint8_t secureMessagingClass = 0x0C;
constexpr std::uint8_t generalAuthenticate = 0x86;
constexpr std::uint8_t internalAuthenticate = 0x88;

// The first data object inside the dynamic authentication data of a command in plain.
std::uint8_t authenticationStep(BytesView command) {
    return command.size() > 7 ? command[7] : std::uint8_t{0};
}

} // namespace

TimedLink::TimedLink(Connection& chip, const ChipSpeed& chipSpeed, const LinkSpeed& linkSpeed)
    : chip_(chip), chipSpeed_(chipSpeed), linkSpeed_(linkSpeed) {}

Bytes TimedLink::transmit(BytesView command) {
    Bytes response = chip_.transmit(command);
    ++commands_;
    elapsed_ += linkSpeed_.perApdu + onTheAir(command.size()) + onTheAir(response.size()) +
                computing(command, response.size());
    return response;
}

TimedLink::Time TimedLink::onTheAir(std::size_t bytes) const {
    const std::size_t blocks = std::max<std::size_t>(1, (bytes + blockPayload - 1) / blockPayload);
    return Time(static_cast<double>(bytes + blocks * blockOverhead) * bitsPerByte /
                (linkSpeed_.kilobitsPerSecond * 1000));
}

TimedLink::Time TimedLink::computing(BytesView command, std::size_t responseSize) const {
    const bool isProtected = (command[0] & secureMessagingClass) == secureMessagingClass;
    Time time{};
    if (isProtected) { // MAC over both, and the cryptogram of the longer one
        const auto blocks = static_cast<double>(command.size() + responseSize) / 256;
        const auto cryptogram = static_cast<double>(std::max(command.size(), responseSize)) / 256;
        time += chipSpeed_.aes256Bytes * (blocks + cryptogram);
    }
    if (command[1] == generalAuthenticate) {
        if (isProtected) { // Chip Authentication
            time += chipSpeed_.keyAgreement;
        } else if (authenticationStep(command) == 0x81) { // map: a key pair, the agreed point, the generator
            time += chipSpeed_.keyGeneration + chipSpeed_.keyAgreement * 2;
        } else if (authenticationStep(command) == 0x83) { // agree: a key pair, the shared secret
            time += chipSpeed_.keyGeneration + chipSpeed_.keyAgreement;
        }
    } else if (command[1] == internalAuthenticate) {
        time += chipSpeed_.keyGeneration;
    }
    return time;
}

} // namespace cancuoc::bench
