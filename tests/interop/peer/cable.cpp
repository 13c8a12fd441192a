// SPDX-License-Identifier: Apache-2.0
// A cable between a virtual chip and vpcd that can be pulled.
//
//   test_cable PORT ANSWERS
//
// A chip that connects to PORT finds vpcd behind it. After ANSWERS answers to commands the next command is
// swallowed and both sides are left: the card is out of the reader in the middle of a command.
#include "tests/interop/peer/reader.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <iostream>

namespace {

using namespace peer;

constexpr std::uint16_t vpcdPort = 35963;
constexpr std::uint8_t getAnswerToReset = 4;

int acceptOne(std::uint16_t port) {
    const FramedSocket listener(socket(AF_INET, SOCK_STREAM, 0));
    const int on = 1;
    setsockopt(listener.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(bind(listener.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                listen(listener.descriptor(), 1) == 0,
            "the port cannot be listened on");
    const int accepted = accept(listener.descriptor(), nullptr, nullptr);
    require(accepted >= 0, "no chip connected");
    return accepted;
}

// Control messages other than "get ATR" have no answer.
bool isAnswered(const Bytes& message) {
    return message.size() > 1 || message.front() == getAnswerToReset;
}

void carry(FramedSocket& chip, FramedSocket& reader, std::size_t answers) {
    while (const auto message = reader.receive()) {
        const bool isCommand = message->size() > 1;
        if (isCommand && answers-- == 0) {
            return;
        }
        chip.send(*message);
        if (!isAnswered(*message)) {
            continue;
        }
        const auto answer = chip.receive();
        if (!answer) {
            return;
        }
        reader.send(*answer);
    }
}

} // namespace

int main(int count, char** arguments) {
    try {
        require(count == 3, "usage: test_cable PORT ANSWERS");
        FramedSocket chip(acceptOne(static_cast<std::uint16_t>(std::stoul(arguments[1]))));
        FramedSocket reader(FramedSocket::connectTo(vpcdPort));
        carry(chip, reader, std::stoul(arguments[2]));
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "test_cable: " << error.what() << '\n';
        return 1;
    }
}
