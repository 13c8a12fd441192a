// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"

#include <string_view>

namespace cancuoc::personalization {

/// The structure of a personal identification number, PPP G YY NNNNNN (Decree 137/2015/ND-CP, article 13).
/// Since 1 July 2024 the law promises twelve digits only, so that the structure is a hint and no proof.
class IdentificationNumber {
public:
    /// Whether `number` is 12 ASCII digits.
    [[nodiscard]] static bool isWellFormed(std::string_view number);

    /// `number` must be well-formed.
    explicit IdentificationNumber(std::string_view number);

    /// Whether the first three digits are the code of a province, or of a country of birth (above 096).
    [[nodiscard]] bool hasKnownPlace() const;

    /// Whether `place`, where the birth was registered, names another province than the number does. A place
    /// that names no province, or the province that the number's own became part of in 2025 (Resolution
    /// 202/2025/QH15), is no other.
    [[nodiscard]] bool contradicts(std::string_view place) const;

    /// Year of birth: the century by the fourth digit, the year in it by the fifth and sixth.
    [[nodiscard]] std::chrono::year birthYear() const;

    [[nodiscard]] Sex sex() const;

private:
    unsigned place_;
    unsigned century_; ///< 0/1: man/woman born 1900-1999; 2/3: 2000-2099; up to 8/9: 2300-2399
    unsigned year_;
};

} // namespace cancuoc::personalization
