// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/inspection/access_procedure.hpp"
#include "host/inspection/consistency.hpp"
#include "host/inspection/policy.hpp"
#include "host/trust/terminal_keys.hpp"
#include "host/trust/trust_store.hpp"

namespace cancuoc::inspection {

/// What to read from a card, with which keys, and by which measure to judge it.
struct InspectionRequest {
    AccessKeys keys;
    ExpectedZone expectedZone;        ///< what was given of the MRZ: DG1 must hold the same
    std::vector<std::string> remarks; ///< on what was given; the result repeats them
    std::string expectedNumber;       ///< the 12-digit number, if it was given: the card must be this one's
    std::optional<std::set<int>> dataGroups; ///< read only these (1 to 16); none: all that the policy uses
    /// Read travel records, visas and additional biometrics too, if the card has them (Doc 9303-10, 5)
    bool lds2 = false;
    bool decodePixels = false; ///< of the face and all other images, while the card is read
    /// RND.IFD of Active Authentication, 8 bytes, when somebody else drew it and will verify the signature;
    /// none: a fresh one
    std::optional<Bytes> activeAuthenticationChallenge;
    Policy policy = Policy::standard();
    /// With which the terminal authenticates itself, so that it may read DG3 and DG4; null if there are none
    const trust::TerminalKeys* terminalKeys = nullptr;
    const trust::TrustStore* trustStore = nullptr; ///< anchors and CRLs; null if there are none

    /// Whether data group `number` is to be read, if the card has it.
    [[nodiscard]] bool wants(int number) const;
};

} // namespace cancuoc::inspection
