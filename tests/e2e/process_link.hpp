// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>

#include <sys/socket.h>
#include <unistd.h>

#include "host/base/bytes.hpp"
#include "host/crypto/digest.hpp"

namespace cancuoc::test {

/// What the process that reads a card says to the one that holds it.
enum class LinkMessage : std::uint8_t { Command, Reset, Done };

/// One end of a socket between two processes. Messages go one at a time, and are short.
class ProcessLink {
public:
    explicit ProcessLink(int socket) : socket_(socket) {}
    ProcessLink(const ProcessLink&) = delete;
    ProcessLink& operator=(const ProcessLink&) = delete;
    ~ProcessLink() { close(socket_); }

    void send(BytesView message) const {
        if (::send(socket_, message.data(), message.size(), 0) != static_cast<ssize_t>(message.size())) {
            throw std::runtime_error("the other process is gone");
        }
    }
    void send(LinkMessage kind, BytesView message = {}) const {
        send(concat(Bytes{static_cast<std::uint8_t>(kind)}, message));
    }
    /// The next message into `buffer`; empty at the end.
    [[nodiscard]] BytesView receive(std::span<std::uint8_t> buffer) const {
        const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        return BytesView(buffer).first(size > 0 ? static_cast<std::size_t>(size) : 0);
    }

    static constexpr std::size_t longestMessage = 70'000;

private:
    int socket_; // SOCK_SEQPACKET
};

/// The random bytes that the reading process draws the `number`th time, 32 at most: both processes know them.
[[nodiscard]] inline Bytes drawnBytes(std::uint64_t number) {
    return digest(HashAlgorithm::Sha256, toBigEndian(number, 8));
}

} // namespace cancuoc::test
