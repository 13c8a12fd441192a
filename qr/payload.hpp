// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/error.hpp"
#include "qr/oddity.hpp"

namespace cancuoc::qr {

/// The two generations of the Vietnamese card; each has its own number of fields in the QR.
enum class Profile {
    Cccd2021,   ///< Circular 06/2021/TT-BCA: 7 fields
    Cancuoc2024 ///< Circular 16/2024/TT-BCA: the same 7 and four more, normally empty
};

/// The profile's name on the command line and in JSON: `cccd-2021` or `cancuoc-2024`.
std::string_view profileName(Profile profile);

/// The profile of that name.
/// @throws BadConfiguration if there is no such profile
Profile profileFromName(std::string_view name);

/// Longest text a QR symbol can hold in bytes (ISO/IEC 18004, version 40-L), with room for what a
/// keyboard-wedge scanner adds.
constexpr std::size_t maximumPayloadLength = 4096;

/// What the QR of the card says. Every field is text in Unicode normalization form C, exactly as printed.
struct Payload {
    std::string number;                    ///< personal identification number, 12 digits
    std::string oldNumber;                 ///< 9-digit number of the former identity card, or empty
    std::string fullName;                  ///< with diacritics
    std::string birthDate;                 ///< ddmmyyyy
    std::string sex;                       ///< `Nam` or `Nữ`
    std::string residence;                 ///< permanent residence
    std::string issueDate;                 ///< ddmmyyyy
    std::array<std::string, 4> additional; ///< the four fields of 2024; their order is not published

    bool operator==(const Payload&) const = default;
};

/// What kind of text a QR symbol held.
enum class PayloadKind {
    IdentityCard,        ///< begins with the 12-digit number and a field separator
    HealthInsuranceCard, ///< the health-insurance card: same separator, name and address in hex
    Unknown
};

/// The kind's name in JSON: `identity-card`, `health-insurance-card`, `unknown`.
std::string_view kindName(PayloadKind kind);

/// A payload read from a symbol or a scanner, with all that was unusual about it.
struct ParsedPayload {
    Payload payload;
    std::optional<Profile> profile; ///< told by the number of fields; empty if there are neither 7 nor 11
    std::vector<Oddity> oddities;   ///< nothing but a missing number refuses a payload
};

/// Why a text is not the payload of an identity card.
enum class RefusalReason {
    TooLong,             ///< more than `maximumPayloadLength` bytes
    NoNumber,            ///< does not begin with 12 digits
    NoSeparator,         ///< something else than a field separator, or nothing, follows the 12 digits
    HealthInsuranceCard, ///< it is the QR of another card
};

/// The reason's name in JSON, such as `no-number`.
std::string_view refusalName(RefusalReason reason);

/// A text that is not the payload of an identity card.
class PayloadRefused : public MalformedData {
public:
    /// @param position where the text stops being a payload, in bytes from 0 of the text as delivered
    PayloadRefused(const std::string& message, RefusalReason reason, std::size_t position);

    [[nodiscard]] RefusalReason reason() const { return reason_; }
    /// Where the text stops being a payload, in bytes from 0 of the text as delivered; its length if it ends
    /// too early.
    [[nodiscard]] std::size_t position() const { return position_; }

private:
    RefusalReason reason_;
    std::size_t position_;
};

/// Tells what kind of QR `text` comes from, without refusing anything.
/// @param text bytes of the symbol or the scanner, of any length and encoding
PayloadKind classify(std::string_view text);

/// Reads the payload of the card's QR.
/// Undoes what decoders and keyboard-wedge scanners do to it (see readDelivered) and doubled separators; each
/// is named among the oddities.
/// @param text bytes of the symbol or the scanner, at most `maximumPayloadLength`
/// @throws PayloadRefused if the first field is not a 12-digit number; says so by name for the
///         health-insurance card
ParsedPayload parsePayload(std::string_view text);

/// The text of the QR.
/// @throws MalformedData if a field holds a separator or a control character, or is not UTF-8, or if the
/// number
///         is not 12 digits; Cccd2021 also refuses a payload with additional fields, which it cannot carry
std::string formatPayload(const Payload& payload, Profile profile);

} // namespace cancuoc::qr
