// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/pace_protocol.hpp"
#include "host/base/random.hpp"
#include "tests/e2e/agreement_group.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::e2e {

/// What begins with a zero byte in a run of PACE: numbers that a careless implementation shortens.
enum class LeadingZero {
    None,
    Nonce,
    /// The terminal's nonce of the integrated mapping.
    TerminalNonce,
    TerminalMappingKey,
    ChipMappingKey,
    /// The element that the generic mapping agrees on.
    MappingSecret,
    TerminalKey,
    ChipKey,
    SharedSecret,
    /// CA_IC of the chip authentication mapping.
    ChipAuthenticationData,
};

[[nodiscard]] std::string_view nameOf(LeadingZero forced);

/// Every way to run PACE that the chip knows: mappings, domain parameters and ciphers, each with each where
/// the standard has them together.
[[nodiscard]] std::vector<PaceProtocol> paceProtocolsOfChip();

/// What the Chip Authentication after PACE is made of.
struct ChipAuthenticationRun {
    /// Of the shared secret, otherwise of the terminal's public key.
    bool zeroInSecret;
    Bytes terminalKey;
    Bytes terminalPublicKey;
};

/// A key agreement: private keys, public keys as they go over the wire, and the element that both sides come
/// to.
struct KeyExchange {
    Bytes terminalKey;
    Bytes chipKey;
    Bytes terminalPublicKey;
    Bytes chipPublicKey;
    Bytes secret;
};

/// What one run is made of, all of it chosen before it begins.
struct ProtocolRun {
    PaceProtocol protocol;
    AgreementGroup group;
    LeadingZero forced;
    /// The part of the elements that begins with a zero byte.
    Part part;
    bool withMrz;
    std::string can;
    Bytes nonce{};
    /// Of the integrated mapping the terminal's nonce alone, in place of its private and its public key.
    KeyExchange mapping{};
    KeyExchange agreement{};
    /// The chip's static keys: in `group`, and on brainpoolP256r1.
    Bytes staticKey{};
    Bytes activeAuthenticationKey{};
    /// Chip and Active Authentication follow in two runs of five.
    std::optional<ChipAuthenticationRun> chipAuthentication{};

    /// Whether what `forced` names begins with a zero byte.
    [[nodiscard]] bool hasForcedZero() const;
};

/// The run of this number, the same in every process: runs go through the protocols in turn, and each
/// protocol's runs through the leading zeros that it can have.
[[nodiscard]] ProtocolRun makeProtocolRun(std::size_t number, const std::vector<PaceProtocol>& protocols);

} // namespace cancuoc::e2e
