// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/key_derivation.hpp"
#include "card/core/command.hpp"
#include "card/core/fault_guard.hpp"
#include "card/core/random.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The chip's part of Basic Access Control (Doc 9303-11, 4.3).
class BasicAccessControl {
public:
    /// Size of the nonces RND.IC and RND.IFD in bytes.
    static constexpr std::size_t nonceSize = 8;
    /// Size of the keying material K.IC and K.IFD in bytes.
    static constexpr std::size_t keyingMaterialSize = 16;

    /// `guard` decides whether the terminal has proven itself.
    explicit BasicAccessControl(FaultGuard guard) : guard_(guard) {}

    /// GET CHALLENGE (4.3.4.1): draws RND.IC, which serves one EXTERNAL AUTHENTICATE, and appends it to
    /// `response`.
    [[nodiscard]] StatusWord getChallenge(const Command& command, RandomSource& random, Response& response);

    /// EXTERNAL AUTHENTICATE (4.3.4.2): verifies E_IFD || M_IFD, draws K.IC and appends E_IC || M_IC.
    ///
    /// `mrzInformation` is the holder's; see deriveDocumentBasicAccessKeys. On Success `established` holds
    /// the 3DES session, which protects from the next command on. Otherwise it is left alone:
    /// AuthenticationFailed (6300) when the checksum or the nonce is wrong; ConditionsOfUseNotSatisfied
    /// (6985) without a fresh challenge; WrongLength (6700); ReferenceDataNotUsable (6984) without MRZ
    /// information.
    [[nodiscard]] StatusWord externalAuthenticate(const Command& command,
                                                  std::span<const std::uint8_t> mrzInformation,
                                                  RandomSource& random, Response& response,
                                                  std::optional<SessionKeys>& established);

    /// Whether EXTERNAL AUTHENTICATE would compare what `command` proves with the chip's secrets.
    [[nodiscard]] bool comparesNext(const Command& command) const;

    /// Forgets the challenge.
    void reset();

private:
    FaultGuard guard_;
    crypto::SecretArray<nonceSize> challenge_;
    bool challengeIsFresh_ = false;
};

} // namespace cancuoc::card::emrtd
