// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "host/inspection/given_access.hpp"
#include "qr/payload.hpp"

namespace cancuoc::teller {

/// What a card is opened with, as a teller calls it.
enum class KeyKind { Number, Zone, QrCode };

/// What was typed or scanned to check one card; all of it is personal data.
struct CounterInput {
    inspection::GivenAccess access;
    std::optional<qr::Payload> qr; ///< where the QR was scanned: the chip must say the same

    [[nodiscard]] KeyKind kind() const;
};

/// Why what was typed or scanned opens no card. A teller is told in words; what was given is not repeated.
enum class InputProblem {
    NotUnderstood,       ///< none of the four forms
    WrongLength,         ///< digits, but neither 6 nor 12
    WrongCheckDigit,     ///< an MRZ that was misread
    HealthInsuranceCard, ///< the QR of another card
    OtherDocument        ///< the MRZ of a passport or a visa
};

/// Understands one of: the six digits of the CAN; the 12-digit personal identification number; the payload of
/// the card's QR of either generation; the three lines of the MRZ, with or without white space between them.
/// Spaces among digits, small letters in the MRZ, and what keyboard-wedge scanners do to the QR are
/// tolerated.
/// @param text UTF-8 or any other bytes, of any length
[[nodiscard]] std::variant<CounterInput, InputProblem> readCounterInput(std::string_view text);

} // namespace cancuoc::teller
