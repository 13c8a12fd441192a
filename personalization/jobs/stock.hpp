// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// What the stock keeper does with blanks that no run has at a station.
enum class StockAction {
    Received, ///< handed out of the safe to a station
    Returned, ///< from the station back to the safe
    Spoiled,  ///< damaged at the station outside of a run, and to be destroyed
};

/// Blanks that were moved, by count: their serials are first known at a station.
struct StockMove {
    StockAction action = StockAction::Received;
    std::string station;
    std::string shift;
    std::uint64_t count = 0;
    std::string reason; ///< may be empty
    std::string who;
};

/// Blanks of a shift. carriedIn + received = good + spoiled + returned + inProcess.
struct BlankMovement {
    std::int64_t carriedIn = 0; ///< in process when the shift began
    std::int64_t received = 0;  ///< taken by a station
    std::int64_t good = 0;
    std::int64_t spoiled = 0;
    std::int64_t returned = 0;  ///< given back with nothing written
    std::int64_t inProcess = 0; ///< when the shift ended: at a station, or quarantined

    friend bool operator==(const BlankMovement&, const BlankMovement&) = default;
};

/// Blanks that a station was given, in the shift, and what must lie beside it untouched when the shift ends.
struct StationStock {
    std::int64_t received = 0;
    std::int64_t returned = 0;
    std::int64_t spoiled = 0;
    std::int64_t atHand = 0; ///< less than 0: the station used more than it was given
};

struct StationReport {
    std::string station;
    BlankMovement blanks;
    StationStock stock;
    bool hasStock = false; ///< the stock keeper moved blanks of the station, in this shift or before
};

/// What a shift did for an order. Its blanks are those that were taken for the order's requests.
struct OrderReport {
    std::string order;
    BlankMovement blanks; ///< received: taken for a request
    std::uint64_t requests = 0;
    std::uint64_t waiting = 0; ///< now, as the members below
    std::uint64_t good = 0;
    std::uint64_t rejected = 0;
    std::uint64_t inProcess = 0;
    std::uint64_t quarantined = 0;
    int priority = 0; ///< now; see JobStore::setPriority()

    friend bool operator==(const OrderReport&, const OrderReport&) = default;
};

/// Where every blank of a shift went.
struct ShiftReport {
    std::string shift;
    BlankMovement blanks;
    std::vector<StationReport> stations; ///< by name
    std::vector<OrderReport> orders;     ///< by name
    /// What does not add up, in sentences: a blank whose history ends elsewhere than where it stands, a
    /// station that used more blanks than it was given. Empty when the shift balances to the unit.
    std::vector<std::string> discrepancies;
};

} // namespace cancuoc::personalization
