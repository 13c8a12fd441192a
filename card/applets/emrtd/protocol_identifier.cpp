// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/protocol_identifier.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {

std::optional<SymmetricCipher> cipherOfProtocol(std::span<const std::uint8_t> identifier,
                                                const ProtocolPrefix& prefix) {
    if (identifier.size() != protocolIdentifierSize ||
        !std::equal(prefix.begin(), prefix.end(), identifier.begin())) {
        return std::nullopt;
    }
    const auto cipher = identifier.back();
    if (cipher < static_cast<std::uint8_t>(SymmetricCipher::TripleDes) ||
        cipher > static_cast<std::uint8_t>(SymmetricCipher::Aes256)) {
        return std::nullopt;
    }
    return static_cast<SymmetricCipher>(cipher);
}

std::array<std::uint8_t, protocolIdentifierSize> protocolIdentifier(const ProtocolPrefix& prefix,
                                                                    SymmetricCipher cipher) {
    std::array<std::uint8_t, protocolIdentifierSize> identifier{};
    std::copy(prefix.begin(), prefix.end(), identifier.begin());
    identifier.back() = static_cast<std::uint8_t>(cipher);
    return identifier;
}

} // namespace cancuoc::card::emrtd
