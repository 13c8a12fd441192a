// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/access/file_reader.hpp"
#include "host/base/random.hpp"
#include "host/trust/trust_store.hpp"
#include "personalization/loading/record_comparison.hpp"

#include <chrono>

namespace cancuoc::personalization {

/// What a finished card must be.
struct ExpectedCard {
    const CitizenRecord& record;
    const Pictures& pictures;
    const ChipFiles& files; ///< the chip's keys are those whose public halves stand in DG14 and DG15 here
};

/// Reads a personalized card back as a stranger with an inspection system would, and holds it against what
/// was ordered. Changes nothing in the chip.
class ReadBack {
public:
    /// All must outlive the object. `trustStore` holds the CSCA; `time` is the moment at which certificates
    /// must be valid.
    ReadBack(Connection& connection, RandomSource& random, const trust::TrustStore& trustStore,
             std::chrono::sys_seconds time);

    /// After a reset of the chip: nothing can be read without access; BAC opens with the record's MRZ; PACE
    /// opens with the record's CAN; every file is there byte for byte, and says what the record says; DG3
    /// answers 6982; the signature leads to the CSCA; Chip and Active Authentication succeed with the
    /// expected keys. Throws ReadBackFailed for what is not so, and CardError, WrongAccessKey, MalformedData
    /// or SecureMessagingError where the card keeps a step from ending; CardRemoved, NoCard or
    /// ReaderUnavailable when there is no card to judge.
    void verify(const ExpectedCard& expected);

private:
    void checkPlainReadsAreRefused(const ExpectedCard& expected);
    void checkBasicAccessControl(const CitizenRecord& record);
    void openWithCan(const ExpectedCard& expected);
    void checkFiles(const ExpectedCard& expected);
    void checkFingersAreRefused();
    void checkPassiveAuthentication(const ExpectedCard& expected);
    void checkActiveAuthentication(const ExpectedCard& expected);
    void checkChipAuthentication(const ExpectedCard& expected);
    void selectApplication();
    [[nodiscard]] ResponseApdu readFirstBytes(lds::FileId file);

    CardSession session_;
    RandomSource& random_;
    const trust::TrustStore& trustStore_;
    std::chrono::sys_seconds time_;
    FileReader reader_;
    ChipFiles read_; ///< as the chip gave them
};

} // namespace cancuoc::personalization
