// SPDX-License-Identifier: Apache-2.0
#include "host/access/secure_messaging.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/padding.hpp"

#include <array>

namespace {

using namespace cancuoc;

constexpr std::array<std::uint8_t, 16> key{0x10, 0x21, 0x32, 0x43};

// The input with a right MAC behind it, so that what comes after the MAC is reached as well.
Bytes authenticated(BytesView dataObjects) {
    Bytes input(16);
    input[15] = 2;
    append(input, dataObjects);
    Bytes mac = aesCmac(key, padded(BytesView(input).first(input.size()), 16));
    mac.resize(MessageAuthenticationCode::size);
    Bytes data = toBytes(dataObjects);
    appendTlv(data, 0x8E, mac);
    return data;
}

void unprotect(const Bytes& data) {
    SecureMessaging session(BlockCipher::Aes128, key, key, Bytes(16));
    static_cast<void>(session.protect({.ins = 0xB0, .le = 256}));
    try {
        static_cast<void>(session.unprotect({data, StatusWord(0x9000)}));
    } catch (const SecureMessagingError&) {
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    unprotect(toBytes(input));
    unprotect(authenticated(input));
    return 0;
}
