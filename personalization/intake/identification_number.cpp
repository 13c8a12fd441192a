// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/identification_number.hpp"

#include "host/base/ascii.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::personalization {

namespace {

// Circular 07/2016/TT-BCA, annex 1.
constexpr std::array<unsigned, 63> provinces{1,  2,  4,  6,  8,  10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25,
                                             26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48,
                                             49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75,
                                             77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96};
constexpr unsigned highestProvince = 96;

unsigned valueOf(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits) {
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

} // namespace

bool IdentificationNumber::isWellFormed(std::string_view number) {
    return number.size() == 12 && isDigits(number);
}

IdentificationNumber::IdentificationNumber(std::string_view number)
    : place_(valueOf(number.substr(0, 3))), century_(valueOf(number.substr(3, 1))),
      year_(valueOf(number.substr(4, 2))) {}

bool IdentificationNumber::hasKnownPlace() const {
    return place_ > highestProvince || std::binary_search(provinces.begin(), provinces.end(), place_);
}

std::chrono::year IdentificationNumber::birthYear() const {
    return std::chrono::year(static_cast<int>(1900 + 100 * (century_ / 2) + year_));
}

Sex IdentificationNumber::sex() const {
    return century_ % 2 == 0 ? Sex::Male : Sex::Female;
}

} // namespace cancuoc::personalization
