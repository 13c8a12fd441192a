// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/symmetric_cipher.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// Integrated Mapping: a pseudo-random function of both nonces, encoded in the group, is the generator (Doc
/// 9303-11, 4.4.3.3.2).
class IntegratedMapping {
public:
    /// Bytes of the chip's nonce s: whole blocks that are no shorter than the cipher's key.
    [[nodiscard]] static std::size_t nonceSize(SymmetricCipher cipher);

    /// Maps the chip's nonce s and the terminal's nonce t.
    ///
    /// WrongData (6A80) when t does not have the size of the cipher's key.
    [[nodiscard]] static StatusWord map(crypto::KeyAgreementGroup& group, SymmetricCipher cipher,
                                        std::span<const std::uint8_t> nonce,
                                        std::span<const std::uint8_t> terminalNonce,
                                        crypto::GroupElement& mappedGenerator);
};

} // namespace cancuoc::card::emrtd
