// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "qr/oddity.hpp"

namespace cancuoc::qr {

/// What the QR of Vietnam's health-insurance card says. No regulation publishes its fields; those that
/// several sources agree on are named here, and the others stay as they are.
struct HealthInsuranceCard {
    std::string number;             ///< 2 letters and 13 digits; since 2021 also the last 10 digits alone
    std::string fullName;           ///< with diacritics
    std::string birthDate;          ///< dd/mm/yyyy, or the year alone
    std::string sex;                ///< as it stands: `1` a man, `2` a woman
    std::string residence;          ///< with diacritics
    std::vector<std::string> other; ///< the fields after the fifth, as they stand

    bool operator==(const HealthInsuranceCard&) const = default;
};

/// A health-insurance card's payload, with all that was unusual about the text.
struct ParsedHealthInsuranceCard {
    HealthInsuranceCard card;
    std::vector<Oddity> oddities;
};

/// Whether these fields of a '|'-separated text are those of a health-insurance card: its number, then a name
/// in hexadecimal.
[[nodiscard]] bool isHealthInsuranceCard(const std::vector<std::string>& fields);

/// Reads the payload of the health-insurance card's QR, whose name and address are the hexadecimal of UTF-8.
/// Undoes what readFields undoes.
/// @param text bytes of the symbol or the scanner, at most `maximumPayloadLength`
/// @throws MalformedData if it is not that of a health-insurance card
[[nodiscard]] ParsedHealthInsuranceCard parseHealthInsuranceCard(std::string_view text);

} // namespace cancuoc::qr
