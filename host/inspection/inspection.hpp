// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>

#include "host/access/card_session.hpp"
#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "host/inspection/access_procedure.hpp"
#include "host/inspection/consistency.hpp"
#include "host/inspection/inspection_result.hpp"
#include "host/inspection/policy.hpp"
#include "host/reader/connection.hpp"
#include "host/trust/trust_store.hpp"

namespace cancuoc::inspection {

/// What to read from a card, with which keys, and by which measure to judge it.
struct InspectionRequest {
    AccessKeys keys;
    ExpectedZone expectedZone;  ///< what was given of the MRZ: DG1 must hold the same
    std::string expectedNumber; ///< the 12-digit number, if it was given: the card must be this one's
    std::optional<std::set<int>> dataGroups; ///< read only these (1 to 16); none: all that the policy uses
    /// RND.IFD of Active Authentication, 8 bytes, when somebody else drew it and will verify the signature;
    /// none: a fresh one
    std::optional<Bytes> activeAuthenticationChallenge;
    Policy policy = Policy::standard();
    const trust::TrustStore* trustStore = nullptr; ///< anchors and CRLs; null if there are none
};

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
