// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/inspection/inspection_result.hpp"
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

    /// Goes through the whole plan once.
    /// @throws WrongAccessKey if the card accepts none of the keys
    /// @throws BadConfiguration if the card needs the MRZ and only the CAN is known, or a challenge has not
    /// 8 bytes
    /// @throws CardError if there is no eMRTD application
    /// @throws SecureMessagingError if the card leaves secure messaging again and again
    /// @throws CardRemoved, NoCard, ReaderUnavailable if the card cannot be talked to
    [[nodiscard]] InspectionResult run(const InspectionRequest& request);

private:
    Connection& connection_;
    RandomSource& random_;
    Clock clock_;
    CardSession::Observer observer_;
};

} // namespace cancuoc::inspection
