// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "host/trust/trust_store.hpp"
#include "personalization/audit/audit_trail.hpp"
#include "personalization/globalplatform/key_source.hpp"
#include "personalization/issuance/card_image.hpp"
#include "personalization/jobs/job_store.hpp"
#include "personalization/line/chip_station.hpp"
#include "personalization/line/station_event.hpp"
#include "personalization/loading/card_loader.hpp"

#include <functional>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// Makes the content of a card for a job and the chip with this serial. Throws MalformedData when the record
/// cannot become a card.
using CardBuilder = std::function<CardImage(const Job& job, BytesView chipSerial)>;

/// What a line works with. Everything outlives it and serves several threads at a time.
struct LineServices {
    JobStore& store;
    RandomSource& random;
    const trust::TrustStore& trustStore; ///< the anchor that cards must lead to
    Clock clock;
    const KeySource& keys; ///< of blank chips
    CardBuilder buildCard;
    int attemptsAllowed = 3;                             ///< cards tried for a record before it is rejected
    const LoadProfile& profile = LoadProfile::cancuoc(); ///< of the chips
    const KeySource* issuerKeys =
        nullptr; ///< what replaces the keys of blanks; needed if the profile says so
    /// Told of every step before it is in the store, so that no step is missing there; a run that is killed
    /// between the two may tell it again. Null: nobody is told.
    audit::OccurrenceRecorder* audit = nullptr;
    Worker worker{};               ///< the run, among those that work on the store
    StationObserver stations = {}; ///< may be empty: nobody watches the stations
};

/// Tells the auditor of `services`, if there is one.
void tellAudit(const LineServices& services, const audit::Occurrence& occurrence);

/// Tells the observer of the stations in `services`, if there is one.
void tellStations(const LineServices& services, const StationEvent& event);

/// What became of one chip.
struct CardOutcome {
    std::string requestId;
    std::string chipSerial;
    ChipState state = ChipState::Received;
    std::string reason; ///< empty for a good card
};

/// One card, from a blank to a good card or a reason why not. Every state is in the store before the next
/// step begins, so that a run may end at any moment.
class CardProduction {
public:
    /// `services` must outlive the object. One thread at a time.
    CardProduction(const LineServices& services, std::string station)
        : services_(services), station_(std::move(station)) {}

    /// Makes the card of a claimed job on a received blank: build, load, activate, read back, lock, keep.
    /// When the chip fails, it is spoiled, or quarantined if it may hold a card and cannot be asked; the
    /// request waits for a remake. When the record cannot become a card, the request is rejected and the
    /// outcome's state is Received: the blank is still one. Throws AuthenticationRefused when line and chip
    /// share no keys, with blank and request back where they were; anything else it throws leaves the chip
    /// for the next run to decide.
    [[nodiscard]] CardOutcome make(const Job& job, InsertedChip& chip);

    /// Decides by its own evidence about a chip that a run before left: empty or half written, it is spoiled
    /// and the record made again; complete, it is verified, locked and good; otherwise it is quarantined.
    /// `chip` is null when it could not be found.
    [[nodiscard]] CardOutcome recover(const OpenCard& card, InsertedChip* chip);

private:
    [[nodiscard]] CardOutcome load(OpenCard& card, const CardImage& image, InsertedChip& chip,
                                   const ChipDomainKeys& keys);
    [[nodiscard]] CardOutcome verifyAndFinish(OpenCard& card, InsertedChip& chip, const ChipDomainKeys& keys,
                                              ChipLifeCycle lifeCycle);
    [[nodiscard]] CardOutcome decideAfterFailure(OpenCard& card, InsertedChip& chip,
                                                 const ChipDomainKeys& keys, const std::string& reason);
    [[nodiscard]] CardOutcome decideAfterRestart(OpenCard& card, InsertedChip& chip,
                                                 const ChipDomainKeys& keys);
    [[nodiscard]] CardOutcome spoil(const OpenCard& card, InsertedChip* chip, const std::string& reason,
                                    SpoiledBy by = SpoiledBy::Failure);
    [[nodiscard]] CardOutcome quarantine(const OpenCard& card, const std::string& reason);
    void readBack(const OpenCard& card, Connection& connection);
    [[nodiscard]] ChipDomainKeys keysOf(const std::string& serial) const;
    void advance(OpenCard& card, ChipState state);
    void tell(std::string_view what, const OpenCard& card, const std::string& reason = "") const;
    void takeUp(const std::string& requestId, const std::string& serial);
    void timed(const char* step, const std::function<void()>& work);

    const LineServices& services_;
    std::string station_;
    std::string requestId_;       ///< of the card at work
    std::string serial_;          ///< of the chip at work
    std::vector<StepTime> steps_; ///< of the chip at work
};

} // namespace cancuoc::personalization
