// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::personalization {

/// Every blank is in exactly one of the counts after `received`.
struct BlankCounts {
    std::uint64_t received = 0;
    std::uint64_t good = 0;
    std::uint64_t spoiled = 0;
    std::uint64_t returned = 0;
    std::uint64_t inProcess = 0; ///< at a station, or quarantined with its request
};

/// One chip and what became of it.
struct CardReport {
    std::string requestId; ///< empty for a blank that no request has
    std::string chipSerial;
    std::string state;
    std::string reason;
    std::vector<std::pair<std::string, double>> milliseconds; ///< for each step, in the order of the work
    std::string order = {};                                   ///< of the request; what waits for a person
};

/// Every request is in exactly one of the counts after `requests`.
struct Report {
    std::uint64_t requests = 0;
    std::uint64_t good = 0;
    std::uint64_t rejected = 0;
    std::uint64_t inProcess = 0;
    std::uint64_t waiting = 0;
    std::uint64_t quarantined = 0;
    BlankCounts blanks;
    double cardsPerSecond = 0;     ///< of the last run that came to its end
    std::vector<CardReport> cards; ///< every chip; then every rejected request, without a serial
};

} // namespace cancuoc::personalization
