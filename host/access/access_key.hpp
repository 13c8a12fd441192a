// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/date.hpp"
#include "host/base/secret_bytes.hpp"

namespace cancuoc {

/// Which password opens the chip; the numbers are those of MSE:Set AT, DO 83 (Doc 9303-11, 4.4.4.1; BSI
/// TR-03110-3, B.1.1 for PIN and PUK).
enum class PasswordType : std::uint8_t { Mrz = 1, Can = 2, Pin = 3, Puk = 4 };

/// "MRZ", "CAN", "PIN" or "PUK".
[[nodiscard]] std::string_view nameOf(PasswordType type);

/// The password that opens access to a chip, in the encoding that keys are derived from (Doc 9303-11, 9.7.3).
/// Messages of its exceptions never repeat what was given.
class AccessKey {
public:
    /// From the Card Access Number. Throws BadConfiguration unless it is 6 digits.
    [[nodiscard]] static AccessKey fromCan(std::string_view can);

    /// From the holder's PIN: 5 or 6 digits, 5 for the transport PIN. Throws BadConfiguration otherwise.
    [[nodiscard]] static AccessKey fromPin(std::string_view pin);

    /// From the PUK, which unblocks the PIN: 10 digits. Throws BadConfiguration otherwise.
    [[nodiscard]] static AccessKey fromPuk(std::string_view puk);

    /// From a Vietnamese card's 12-digit personal identification number, whose last 6 digits are the CAN.
    /// Throws BadConfiguration unless `number` is 12 digits.
    [[nodiscard]] static AccessKey fromNumber(std::string_view number);

    /// From the 12-digit number, whose last 9 digits are the document number in the MRZ, and both dates of
    /// the MRZ. Cards without expiry carry 2099-12-31 there.
    [[nodiscard]] static AccessKey fromNumber(std::string_view number, Date birth, Date expiry);

    /// From the three fields of the MRZ. `documentNumber` without its check digit, as many characters as it
    /// has; filler characters at its end may be left out. Throws BadConfiguration for characters that no MRZ
    /// holds.
    [[nodiscard]] static AccessKey fromMrzInformation(std::string_view documentNumber, Date birth,
                                                      Date expiry);

    /// From the lines of an MRZ, three of 30 characters (TD1), two of 36 (TD2) or two of 44 (TD3), with or
    /// without line breaks or spaces between them. Document numbers of more than 9 characters are joined from
    /// both of their fields. Throws BadConfiguration, naming the field, for wrong lengths, characters and
    /// check digits.
    [[nodiscard]] static AccessKey fromMrz(std::string_view mrz);

    [[nodiscard]] PasswordType type() const { return type_; }
    /// f(password): the digits of the CAN, PIN or PUK, or the SHA-1 value of the MRZ information (20 bytes).
    [[nodiscard]] BytesView encoded() const { return encoded_.view(); }

private:
    AccessKey(PasswordType type, SecretBytes encoded);
    [[nodiscard]] static AccessKey fromFields(std::string_view documentNumber, std::string_view birth,
                                              std::string_view expiry);

    PasswordType type_;
    SecretBytes encoded_;
};

} // namespace cancuoc
