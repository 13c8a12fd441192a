// SPDX-License-Identifier: Apache-2.0
#include "host/base/date.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc {

namespace {

unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits) {
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

std::string padded(unsigned value, std::size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

unsigned yearOf(Date date) {
    return static_cast<unsigned>(static_cast<int>(date.year()));
}

bool hasIsoForm(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    return std::count_if(text.begin(), text.end(), isDigit) == 8;
}

} // namespace

Date dateFromIso(std::string_view text) {
    if (!hasIsoForm(text)) {
        throw MalformedData("A date must be written YYYY-MM-DD.");
    }
    const Date date{std::chrono::year(static_cast<int>(number(text.substr(0, 4)))),
                    std::chrono::month(number(text.substr(5, 2))),
                    std::chrono::day(number(text.substr(8, 2)))};
    if (!date.ok()) {
        throw MalformedData("The calendar has no such date.");
    }
    return date;
}

std::string toIso(Date date) {
    return padded(yearOf(date), 4) + "-" + padded(static_cast<unsigned>(date.month()), 2) + "-" +
           padded(static_cast<unsigned>(date.day()), 2);
}

std::string toYearMonthDay(Date date) {
    return padded(yearOf(date) % 100, 2) + padded(static_cast<unsigned>(date.month()), 2) +
           padded(static_cast<unsigned>(date.day()), 2);
}

Date dateOf(std::chrono::sys_seconds moment) {
    return std::chrono::floor<std::chrono::days>(moment);
}

} // namespace cancuoc
