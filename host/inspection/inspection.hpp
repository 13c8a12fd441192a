// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "host/inspection/inspection_event.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/inspection/inspection_result.hpp"
#include "host/inspection/reading_cache.hpp"
#include "host/reader/connection.hpp"

namespace cancuoc::inspection {

/// Reads one card and proves it genuine, as far as it can be: the reading plan of an inspection system
/// (Doc 9303-11, 8 and J.1). What a card says never ends an inspection; what keeps from talking to it does.
class Inspection {
public:
    /// All must outlive the object.
    Inspection(Connection& connection, RandomSource& random, Clock clock);

    /// Sees every APDU of the inspections that follow, without data.
    void observe(CardSession::Observer observer) { observer_ = std::move(observer); }
    /// Is given every command and response of the inspections that follow, with all that is in them.
    void record(CardSession::Tap tap) { tap_ = std::move(tap); }
    /// Is told what happens, while it happens: the person's data and what they are worth, long before the
    /// face is there.
    void onEvent(EventObserver observer) { eventObserver_ = std::move(observer); }
    /// Ends the inspections that follow before their next command, once the caller asks to stop or the
    /// deadline has passed.
    void interruptBy(Interruption interruption) { interruption_ = std::move(interruption); }

    /// Goes through the whole plan once.
    /// @throws WrongAccessKey if the card accepts none of the keys
    /// @throws BadConfiguration if the card needs the MRZ and only the CAN is known, or a challenge has not
    /// 8 bytes
    /// @throws CardError if there is no eMRTD application
    /// @throws SecureMessagingError if the card leaves secure messaging again and again
    /// @throws CardRemoved, NoCard, ReaderUnavailable if the card cannot be talked to
    /// @throws Cancelled, DeadlineExceeded as interruptBy says
    [[nodiscard]] InspectionResult run(const InspectionRequest& request);

    /// The same, going on where an earlier reading of the same card stopped: after CardRemoved, the caller
    /// waits for the card, connects again, and calls with the same `cache`. Access is opened and every proof
    /// is made anew; only data groups, whose hashes are signed, are taken from the cache.
    [[nodiscard]] InspectionResult run(const InspectionRequest& request, ReadingCache& cache);

private:
    Connection& connection_;
    RandomSource& random_;
    Clock clock_;
    CardSession::Observer observer_;
    CardSession::Tap tap_;
    EventObserver eventObserver_;
    Interruption interruption_;
};

} // namespace cancuoc::inspection
