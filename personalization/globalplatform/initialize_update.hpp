// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// What a card answers to INITIALIZE UPDATE: SCP02 (GlobalPlatform Card Specification 2.3.1, E.5.1.6) or
/// SCP03 in S8 or S16 mode (Amendment D, 7.1.1.6).
struct InitializeUpdateResponse {
    Bytes keyDiversificationData;             ///< 10 bytes: the chip's serial
    std::uint8_t keyVersion = 0;              ///< of the keys that the card took
    std::uint8_t secureChannelIdentifier = 0; ///< 02 or 03
    std::uint8_t implementationOption = 0;    ///< "i" of SCP03; cards do not tell that of SCP02 here
    Bytes sequenceCounter; ///< 2 bytes with SCP02; 3 with SCP03 where challenges are pseudo-random
    Bytes cardChallenge;   ///< 6 bytes with SCP02; 8 or 16 with SCP03
    Bytes cardCryptogram;  ///< 8 bytes, or 16 in S16 mode

    /// Throws MalformedData when `data` is no response of either protocol, or of another length than the
    /// protocol and its option have.
    [[nodiscard]] static InitializeUpdateResponse decode(BytesView data);
};

} // namespace cancuoc::personalization
