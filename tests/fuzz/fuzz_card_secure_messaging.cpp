// SPDX-License-Identifier: Apache-2.0
// The chip's secure messaging against a terminal that knows the session keys and sends whatever it likes.
#include "card/applets/emrtd/secure_messaging.hpp"
#include "tests/support/quick_guard.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

using namespace cancuoc::card;

namespace {

emrtd::SessionKeys keysOf(emrtd::SymmetricCipher cipher) {
    const std::vector<std::uint8_t> key(emrtd::keySizeOf(cipher), 0x5A);
    emrtd::SessionKeys keys;
    keys.cipher = cipher;
    if (!keys.encryption.assign(key) || !keys.authentication.assign(key)) {
        std::abort();
    }
    return keys;
}

/// Appends the DO'8E' that makes `objects` authentic as the first command of the session.
void authenticate(const emrtd::SessionKeys& keys, std::span<const std::uint8_t, 4> header,
                  std::vector<std::uint8_t>& objects) {
    std::array<std::uint8_t, emrtd::maximumBlockSize> counter{};
    counter.back() = 1;
    emrtd::MessageAuthenticationCode mac(keys.cipher, keys.authentication);
    mac.update(std::span(counter).last(emrtd::blockSizeOf(keys.cipher)));
    mac.update(header);
    mac.pad();
    if (!objects.empty()) {
        mac.update(objects);
        mac.pad();
    }
    std::array<std::uint8_t, emrtd::macSize> code{};
    if (!mac.finish(code)) {
        std::abort();
    }
    objects.push_back(0x8E);
    objects.push_back(emrtd::macSize);
    objects.insert(objects.end(), code.begin(), code.end());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    constexpr std::size_t controlSize = 2 + 4;
    if (size < controlSize) {
        return 0;
    }
    const auto cipher = static_cast<emrtd::SymmetricCipher>(1 + input[0] % 4);
    const bool authentic = (input[1] & 1) != 0;
    const std::span<const std::uint8_t, 4> header(input + 2, 4);
    std::vector<std::uint8_t> data(input + controlSize, input + size);
    const auto keys = keysOf(cipher);
    if (authentic) {
        authenticate(keys, header, data);
    }

    Command command;
    command.cla = header[0];
    command.ins = header[1];
    command.p1 = header[2];
    command.p2 = header[3];
    command.data = data;
    command.extended = (input[1] & 2) != 0;
    if ((input[1] & 4) != 0) {
        command.expectedLength = command.extended ? 65536 : 256;
    }
    emrtd::SecureMessaging session(keys, test::quickGuard());
    Command plain;
    const auto status = session.unwrap(command, data, plain);
    std::vector<std::uint8_t> response(64 + emrtd::SecureMessaging::maximumOverhead, 0x11);
    const auto wrapped = session.wrap(StatusWord::Success, size % 65, response);
    if (status != StatusWord::Success) {
        return wrapped == 0 ? 0 : (std::abort(), 0);
    }
    const bool inside =
        plain.data.empty() || (plain.data.data() >= data.data() &&
                               plain.data.data() + plain.data.size() <= data.data() + data.size());
    if (!inside || wrapped == 0 || wrapped > response.size() || (plain.cla & 0x0C) != 0) {
        std::abort();
    }
    return 0;
}
