// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/pace_configuration.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// Bytes of a protocol object identifier that ends in the arc of a cipher, without tag and length.
inline constexpr std::size_t protocolIdentifierSize = 10;

using ProtocolPrefix = std::array<std::uint8_t, protocolIdentifierSize - 1>;

/// The PACE protocols of `variant`: an arc under id-PACE, 0.4.0.127.0.7.2.2.4 (Doc 9303-11, 9.2.3).
[[nodiscard]] constexpr ProtocolPrefix idPace(PaceVariant variant) {
    return {0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, static_cast<std::uint8_t>(variant)};
}
/// id-PK, 0.4.0.127.0.7.2.2.1, above the public keys of Chip Authentication (Doc 9303-11, 9.2.7).
inline constexpr std::array<std::uint8_t, 8> idChipAuthenticationPublicKey{0x04, 0x00, 0x7F, 0x00,
                                                                           0x07, 0x02, 0x02, 0x01};
/// id-CA-DH, 0.4.0.127.0.7.2.2.3.1 (Doc 9303-11, 9.2.7).
inline constexpr ProtocolPrefix idChipAuthenticationDh{0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, 0x01};
/// id-CA-ECDH, 0.4.0.127.0.7.2.2.3.2 (Doc 9303-11, 9.2.7).
inline constexpr ProtocolPrefix idChipAuthenticationEcdh{0x04, 0x00, 0x7F, 0x00, 0x07,
                                                         0x02, 0x02, 0x03, 0x02};

/// id-TA, 0.4.0.127.0.7.2.2.2 (Doc 9303-11, 9.2.9).
inline constexpr std::array<std::uint8_t, 8> idTerminalAuthentication{0x04, 0x00, 0x7F, 0x00,
                                                                      0x07, 0x02, 0x02, 0x02};

/// The cipher of the protocol `prefix` that `identifier` names; nothing when it names something else.
[[nodiscard]] std::optional<SymmetricCipher> cipherOfProtocol(std::span<const std::uint8_t> identifier,
                                                              const ProtocolPrefix& prefix);

/// The object identifier of the protocol `prefix` with `cipher`.
[[nodiscard]] std::array<std::uint8_t, protocolIdentifierSize>
protocolIdentifier(const ProtocolPrefix& prefix, SymmetricCipher cipher);

} // namespace cancuoc::card::emrtd
