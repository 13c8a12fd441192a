// SPDX-License-Identifier: Apache-2.0
#include "host/base/moment.hpp"

#include <cstdio>

#include "host/base/date.hpp"
#include "host/base/error.hpp"

namespace cancuoc {

namespace {

constexpr std::string_view shape = "0000-00-00T00:00:00Z";

bool hasShape(std::string_view text) {
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t index = 0; index < shape.size(); ++index) {
        const bool isDigit = text[index] >= '0' && text[index] <= '9';
        if (shape[index] == '0' ? !isDigit : text[index] != shape[index]) {
            return false;
        }
    }
    return true;
}

int twoDigits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

} // namespace

std::string toIso(std::chrono::sys_seconds moment) {
    const std::chrono::hh_mm_ss time(moment - std::chrono::floor<std::chrono::days>(moment));
    char text[16];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return toIso(dateOf(moment)) + text;
}

std::chrono::sys_seconds momentFromIso(std::string_view text) {
    if (!hasShape(text)) {
        throw MalformedData("A time must be written YYYY-MM-DDThh:mm:ssZ.");
    }
    const std::chrono::hours hours(twoDigits(text, 11));
    const std::chrono::minutes minutes(twoDigits(text, 14));
    const std::chrono::seconds seconds(twoDigits(text, 17));
    if (hours.count() > 23 || minutes.count() > 59 || seconds.count() > 59) {
        throw MalformedData("No clock shows such a time.");
    }
    return std::chrono::sys_days(dateFromIso(text.substr(0, 10))) + hours + minutes + seconds;
}

} // namespace cancuoc
