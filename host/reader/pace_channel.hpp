// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/secret_bytes.hpp"

#include <cstdint>

namespace cancuoc {

/// What a reader that runs PACE itself can do (BSI TR-03119, D.1.1).
struct PaceCapabilities {
    bool pace = false;    ///< PACE with a password that is typed at the reader
    bool eId = false;     ///< authentication terminal, with the certificate's data on its display
    bool eSign = false;   ///< signature terminal
    bool destroy = false; ///< ends the channel on request

    friend bool operator==(const PaceCapabilities&, const PaceCapabilities&) = default;
};

/// Asks what the reader can do: the input of FEATURE_EXECUTE_PACE (PC/SC part 10 amendment 1, 2.6.16).
[[nodiscard]] Bytes encodeGetReaderPaceCapabilities();
/// Asks to end the channel, likewise.
[[nodiscard]] Bytes encodeDestroyPaceChannel();
/// The answer to the first. Nothing is possible where it cannot be read.
[[nodiscard]] PaceCapabilities decodeReaderPaceCapabilities(BytesView answer);

/// What the reader is told to run PACE with (BSI TR-03119, D.1.2).
struct EstablishPaceChannelInput {
    std::uint8_t passwordId = 0; ///< as in MSE:Set AT: 1 MRZ, 2 CAN, 3 PIN, 4 PUK
    SecretBytes password{};      ///< the digits; empty: the holder types them at the reader
    Bytes holderAuthorization{}; ///< the CHAT, for a terminal that is to authenticate itself by version 2
    Bytes certificateDescription{};

    /// Throws BadConfiguration when a field outgrows its length.
    [[nodiscard]] SecretBytes encode() const;
};

/// What the reader answers.
struct EstablishPaceChannelOutput {
    /// 0 for success; otherwise the step that failed and, from 0xF0000000 on, the card's status word in the
    /// lower half
    std::uint32_t result = 0;
    std::uint16_t selectionStatus = 0; ///< of MSE:Set AT: it may tell the tries that are left
    Bytes cardAccess;                  ///< EF.CardAccess as the reader read it
    Bytes currentAuthority;            ///< CAR of the CVCA certificate, if the card names one
    Bytes previousAuthority;           ///< CAR of the one before
    Bytes chipIdentifier;              ///< ID_PICC, the compressed ephemeral key of the chip; may be empty

    /// Throws MalformedData unless lengths and content agree; where the result tells a failure, nothing but
    /// the result is needed.
    [[nodiscard]] static EstablishPaceChannelOutput decode(BytesView answer);
};

} // namespace cancuoc
