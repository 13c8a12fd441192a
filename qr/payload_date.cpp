// SPDX-License-Identifier: Apache-2.0
#include "qr/payload_date.hpp"

#include <chrono>

#include <fmt/format.h>

#include "host/base/ascii.hpp"

namespace cancuoc::qr {

namespace {

unsigned numberOf(std::string_view digits) {
    unsigned number = 0;
    for (const char digit : digits) {
        number = 10 * number + static_cast<unsigned>(digit - '0');
    }
    return number;
}

} // namespace

std::optional<Date> dateOfPayload(std::string_view text) {
    if (text.size() != 8 || !isDigits(text)) {
        return std::nullopt;
    }
    const Date date(std::chrono::year(static_cast<int>(numberOf(text.substr(4)))),
                    std::chrono::month(numberOf(text.substr(2, 2))),
                    std::chrono::day(numberOf(text.substr(0, 2))));
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::string toPayloadDate(Date date) {
    return fmt::format("{:02}{:02}{:04}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

} // namespace cancuoc::qr
