// SPDX-License-Identifier: Apache-2.0
#include "personalization/numbers/number_prefix.hpp"

#include "host/base/error.hpp"
#include "personalization/intake/identification_number.hpp"

namespace cancuoc::personalization {

namespace {

std::string digits(std::uint64_t value, std::size_t count) {
    const std::string text = std::to_string(value);
    return std::string(count - text.size(), '0') + text;
}

} // namespace

NumberPrefix::NumberPrefix(unsigned place, Sex sex, std::chrono::year birthYear) {
    constexpr unsigned highestPlace = 999;
    constexpr int firstYear = 1900;
    constexpr int lastYear = 2399;
    const int year = static_cast<int>(birthYear);
    if (year < firstYear || year > lastYear) {
        throw BadConfiguration("A personal identification number knows birth years from 1900 to 2399.");
    }
    const auto century = static_cast<unsigned>(2 * ((year - firstYear) / 100) + (sex == Sex::Female ? 1 : 0));
    text_ = digits(place > highestPlace ? 0 : place, 3) + digits(century, 1) +
            digits(static_cast<unsigned>(year % 100), 2);
    if (!IdentificationNumber(number(0)).hasKnownPlace()) {
        throw BadConfiguration("No place of birth registration has the code " + std::to_string(place) +
                               ". Give a province's, 001 to 096, or a country's, 097 to 999.");
    }
}

std::string NumberPrefix::number(std::uint64_t serial) const {
    return text_ + digits(serial, 6);
}

} // namespace cancuoc::personalization
