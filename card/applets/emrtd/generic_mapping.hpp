// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// Generic Mapping: an anonymous key agreement maps PACE's nonce to a generator (Doc 9303-11, 4.4.3.3.1).
class GenericMapping {
public:
    /// Draws the chip's mapping key pair from `random` and writes its public key and the mapped generator.
    ///
    /// WrongData (6A80) for a terminal's public key that is not an element of `group`.
    [[nodiscard]] StatusWord map(crypto::KeyAgreementGroup& group, std::span<const std::uint8_t> nonce,
                                 std::span<const std::uint8_t> terminalPublicKey, RandomSource& random,
                                 crypto::GroupElement& publicKey, crypto::GroupElement& mappedGenerator);

    /// SK_Map,IC of the last `map`, which Chip Authentication Mapping uses once more; empty before.
    [[nodiscard]] std::span<const std::uint8_t> privateKey() const { return privateKey_.view(); }

    /// Wipes the private key.
    void reset() { privateKey_.clear(); }

private:
    crypto::PrivateKey privateKey_;
};

} // namespace cancuoc::card::emrtd
