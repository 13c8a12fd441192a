// SPDX-License-Identifier: Apache-2.0
// The peers' own way to a card: PC/SC for the terminal, vpcd's socket for the chip.
#pragma once

#include "tests/interop/peer/apdu.hpp"

#include <functional>
#include <string>

namespace peer {

/// A connection to the card in the first PC/SC reader that holds one; waits up to ten seconds for it.
class CardConnection {
public:
    CardConnection();
    ~CardConnection();
    CardConnection(const CardConnection&) = delete;
    CardConnection& operator=(const CardConnection&) = delete;

    /// One command and its response.
    Response transmit(const Command& command);

private:
    long context_ = 0;
    long card_ = 0;
    unsigned long protocol_ = 0;
};

/// What a chip does at the end of vpcd's socket.
struct Chip {
    Bytes answerToReset;
    std::function<void()> reset;
    std::function<Bytes(View)> transmit;
};

/// A TCP connection whose messages are framed as vpcd frames them: two bytes of length, then the content.
class FramedSocket {
public:
    explicit FramedSocket(int descriptor) : descriptor_(descriptor) {}
    ~FramedSocket();
    FramedSocket(const FramedSocket&) = delete;
    FramedSocket& operator=(const FramedSocket&) = delete;

    /// Connects to a port of this machine; tries for ten seconds.
    static int connectTo(std::uint16_t port);

    /// The next message; nothing when the other side has gone.
    std::optional<Bytes> receive();
    void send(View content);
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

/// Puts the chip into vpcd's slot at `port` and serves it until vpcd goes.
void serve(const Chip& chip, std::uint16_t port);

} // namespace peer
