// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/peer/reader.hpp"

#include <winscard.h>

#include <array>
#include <chrono>
#include <cstring>
#include <thread>

namespace peer {

namespace {

void check(LONG result, const std::string& step) {
    require(result == SCARD_S_SUCCESS, step + ": " + pcsc_stringify_error(result));
}

// The names of the readers, one after the other, each with a zero byte behind it.
std::string readerNames(SCARDCONTEXT context) {
    std::array<char, 2048> names{};
    DWORD size = names.size();
    if (SCardListReaders(context, nullptr, names.data(), &size) != SCARD_S_SUCCESS) {
        return {};
    }
    return {names.data(), size};
}

} // namespace

CardConnection::CardConnection() {
    check(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_), "SCardEstablishContext");
    for (int attempt = 0; attempt < 200; ++attempt) {
        const std::string names = readerNames(context_);
        for (const char* name = names.c_str(); *name != '\0'; name += std::strlen(name) + 1) {
            if (SCardConnect(context_, name, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T1, &card_, &protocol_) ==
                SCARD_S_SUCCESS) {
                return;
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    SCardReleaseContext(context_);
    throw Failure("no card came into a reader within ten seconds");
}

CardConnection::~CardConnection() {
    SCardDisconnect(card_, SCARD_RESET_CARD);
    SCardReleaseContext(context_);
}

Response CardConnection::transmit(const Command& command) {
    const Bytes sent = command.encode();
    Bytes received(65538);
    DWORD size = received.size();
    check(SCardTransmit(card_, SCARD_PCI_T1, sent.data(), sent.size(), nullptr, received.data(), &size),
          "SCardTransmit");
    received.resize(size);
    return Response::decode(received);
}

} // namespace peer
