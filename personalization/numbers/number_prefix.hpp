// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace cancuoc::personalization {

/// The first six digits of a personal identification number, PPP G YY (Decree 137/2015/ND-CP, article 13):
/// place of birth registration, century and sex, year of birth.
class NumberPrefix {
public:
    /// Numbers that begin with one prefix.
    static constexpr std::uint64_t capacity = 1'000'000;

    /// @param place code of a province, or of a country of birth (97 to 999)
    /// @param birthYear 1900 to 2399
    /// Throws BadConfiguration for a code that no place has, and other years.
    NumberPrefix(unsigned place, Sex sex, std::chrono::year birthYear);

    /// The six digits.
    [[nodiscard]] const std::string& text() const { return text_; }

    /// The 12 digits of the number with `serial`, below capacity, behind the prefix.
    [[nodiscard]] std::string number(std::uint64_t serial) const;

private:
    std::string text_;
};

} // namespace cancuoc::personalization
