// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/peer/reader.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace peer {

namespace {

// vpcd's messages of one byte
constexpr std::uint8_t powerOff = 0;
constexpr std::uint8_t powerOn = 1;
constexpr std::uint8_t warmReset = 2;
constexpr std::uint8_t getAnswerToReset = 4;

void setOption(int descriptor, int option) {
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, option, &on, sizeof on);
}

} // namespace

FramedSocket::~FramedSocket() {
    close(descriptor_);
}

int FramedSocket::connectTo(std::uint16_t port) {
    for (int attempt = 0; attempt < 200; ++attempt) {
        const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
        require(descriptor >= 0, "no socket could be made");
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            setOption(descriptor, TCP_NODELAY);
            return descriptor;
        }
        close(descriptor);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw Failure("nothing listens on port " + std::to_string(port));
}

std::optional<Bytes> FramedSocket::receive() {
    const auto exactly = [this](Bytes& bytes) {
        std::size_t filled = 0;
        while (filled < bytes.size()) {
            // vpcd sends a message in two parts; without this the second waits for a delayed acknowledgement.
            setOption(descriptor_, TCP_QUICKACK);
            const ssize_t count = recv(descriptor_, bytes.data() + filled, bytes.size() - filled, 0);
            if (count <= 0) {
                return false;
            }
            filled += static_cast<std::size_t>(count);
        }
        return true;
    };
    Bytes length(2);
    if (!exactly(length)) {
        return std::nullopt;
    }
    Bytes content(static_cast<std::size_t>(length[0] << 8 | length[1]));
    return exactly(content) ? std::optional(content) : std::nullopt;
}

void FramedSocket::send(View content) {
    const Bytes length{static_cast<std::uint8_t>(content.size() >> 8 & 0xFF),
                       static_cast<std::uint8_t>(content.size() & 0xFF)};
    const Bytes frame = concat({length, content});
    std::size_t sent = 0;
    while (sent < frame.size()) {
        const ssize_t count = ::send(descriptor_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) {
            return; // the next receive() tells that the other side has gone
        }
        sent += static_cast<std::size_t>(count);
    }
}

void serve(const Chip& chip, std::uint16_t port) {
    FramedSocket slot(FramedSocket::connectTo(port));
    while (const auto message = slot.receive()) {
        if (message->size() != 1) {
            slot.send(chip.transmit(*message));
            continue;
        }
        switch (message->front()) {
        case getAnswerToReset:
            slot.send(chip.answerToReset);
            break;
        case powerOff:
        case powerOn:
        case warmReset:
            chip.reset();
            break;
        default:
            throw Failure("vpcd sent an unknown control message");
        }
    }
}

} // namespace peer
