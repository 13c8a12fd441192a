// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::lds {

/// TD1: three lines of 30 characters; TD2 and the visa MRV-B: two of 36; TD3 and the visa MRV-A: two of 44
/// (Doc 9303-3, 4.1; 9303-7, 4.2 and 5.2).
enum class MrzFormat { Td1, Td2, Td3, MrvA, MrvB };

/// The name of the format: "TD1", "MRV-A".
[[nodiscard]] std::string_view nameOf(MrzFormat format);

/// The characters of a line: 30, 36 or 44.
[[nodiscard]] std::size_t lineLength(MrzFormat format);

/// Sex as the MRZ writes it: M, F or the filler.
enum class Sex { Male, Female, Unspecified };

/// The check digit of Doc 9303-3, 4.9: weights 7, 3, 1 over 0-9, A-Z (10 to 35) and the filler (0).
/// Throws MalformedData for any other character.
[[nodiscard]] char mrzCheckDigit(std::string_view characters);

/// The machine readable zone, field by field and without fillers (Doc 9303-5, 4.2; 9303-4, 4.2; 9303-6, 4.2;
/// 9303-7, 4.2 and 5.2).
struct MachineReadableZone {
    MrzFormat format = MrzFormat::Td1;
    std::string documentCode;   ///< 1 or 2 characters
    std::string issuingState;   ///< 1 to 3 letters
    std::string documentNumber; ///< without check digit; on TD1 and TD2 a long number is put together
    std::string optionalData;   ///< TD1 upper line, all others lower line (the personal number on TD3); inner
                                ///< fillers stay
    std::string secondOptionalData; ///< TD1 middle line only
    std::string birthDate;          ///< six characters as written; unknown parts are fillers
    Sex sex = Sex::Unspecified;
    std::string expiryDate;          ///< six digits as written
    std::string nationality;         ///< 1 to 3 letters
    std::string primaryIdentifier;   ///< components parted by one space
    std::string secondaryIdentifier; ///< components parted by one space; may be empty

    /// The check digits as read that disagree with the data they cover, each named: "document number",
    /// "birth date", "expiry date", "optional data", "composite". Empty for a zone built here.
    std::vector<std::string> wrongCheckDigits;

    /// Reads the zone from its lines joined without separators (90, 72 or 88 characters), or with white space
    /// between them; a document code that begins with V is a visa's. Wrong check digits do not stop it, they
    /// are listed. Throws MalformedData for a wrong length or character.
    [[nodiscard]] static MachineReadableZone parse(std::string_view text);

    /// The lines, with all check digits computed. Names that do not fit are shortened (Doc 9303-5, 4.2.3).
    /// Throws MalformedData for a field that does not fit its place.
    [[nodiscard]] std::vector<std::string> lines() const;

    /// The name as it is shown: primary and secondary identifier, parted by a space.
    [[nodiscard]] std::string name() const;

    /// The 24 characters that BAC and PACE derive their key from: document number, birth date and expiry
    /// date, each with its check digit (Doc 9303-11, 4.3.2 and 9.7.3); longer with a long document number.
    [[nodiscard]] std::string mrzInformation() const;

    /// The 12-digit personal identification number of a Vietnamese card, from the optional data (the number
    /// and the national check digit behind it); nothing on another document.
    [[nodiscard]] std::optional<std::string> vietnameseNumber() const;

    /// The birth date with its century: `stated`, a full date from elsewhere in the document, when it ends in
    /// the six digits here; else from the 12-digit number where the zone has one that agrees with the
    /// two-digit year; otherwise the latest one not after `today`. Nothing when a part of it is unknown.
    [[nodiscard]] std::optional<Date> fullBirthDate(Date today, std::optional<Date> stated = {}) const;

    /// The expiry date with its century: the first one after the birth date, `issueDate` where it is known,
    /// and the year 2000. Nothing when the document does not expire.
    [[nodiscard]] std::optional<Date> fullExpiryDate(Date today, std::optional<Date> issueDate = {}) const;

    /// Whether this is a Vietnamese card without an end of validity, written 991231.
    [[nodiscard]] bool neverExpires() const;

    friend bool operator==(const MachineReadableZone&, const MachineReadableZone&) = default;
};

/// The 24 characters that BAC and PACE derive their key from, for a document number of up to 9 characters.
/// Throws MalformedData for characters that no MRZ holds.
[[nodiscard]] std::string mrzInformation(std::string_view documentNumber, Date birthDate, Date expiryDate);

} // namespace cancuoc::lds
