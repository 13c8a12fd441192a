// SPDX-License-Identifier: Apache-2.0
#include "personalization/line/card_production.hpp"

#include "personalization/loading/read_back.hpp"

namespace cancuoc::personalization {

namespace {

/// Who must act on an error: it tells what becomes of the chip at work.
enum class Cause {
    Chip,  ///< the chip answered, and wrongly
    Reach, ///< the chip does not answer
    Line,  ///< store, signer, configuration: no chip would do better
};

template <class... Types>
bool isOneOf(const Error& error) {
    return ((dynamic_cast<const Types*>(&error) != nullptr) || ...);
}

Cause causeOf(const Error& error) {
    if (isOneOf<CardRemoved, NoCard, ReaderUnavailable>(error)) {
        return Cause::Reach;
    }
    if (isOneOf<CardError, WrongAccessKey, SecureMessagingError, MalformedData, ReadBackFailed>(error)) {
        return Cause::Chip;
    }
    return Cause::Line;
}

void rethrowUnlessOfChip(const Error& error) {
    if (causeOf(error) == Cause::Line) {
        throw; // the error at hand, with its own type
    }
}

} // namespace

void tellAudit(const LineServices& services, const audit::Occurrence& occurrence) {
    if (services.audit != nullptr) {
        services.audit->record(occurrence);
    }
}

void tellStations(const LineServices& services, const StationEvent& event) {
    if (services.stations) {
        services.stations(event);
    }
}

CardOutcome CardProduction::make(const Job& job, InsertedChip& chip) {
    const std::string& requestId = job.record.requestId;
    takeUp(requestId, chip.serial());
    CardImage image;
    try {
        timed("build", [&] { image = services_.buildCard(job, fromHex(chip.serial())); });
    } catch (const MalformedData& error) {
        tellAudit(services_, {"request-rejected", station_, requestId, "", {{"reason", error.what()}}});
        services_.store.rejectClaimed(job.hold(), error.what());
        return {requestId, chip.serial(), ChipState::Received, error.what()};
    }
    // A token that does not answer stops the line before a blank is spent.
    const ChipDomainKeys keys = keysOf(chip.serial());
    OpenCard card{chip.serial(), ChipState::Loading, chip.isVolatile(), job, chipFiles(image)};
    tell("loading-begun", card);
    services_.store.beginLoading(job.hold(), card.serial, card.files);
    CardOutcome outcome = load(card, image, chip, keys);
    services_.store.recordSteps(card.serial, steps_);
    return outcome;
}

CardOutcome CardProduction::load(OpenCard& card, const CardImage& image, InsertedChip& chip,
                                 const ChipDomainKeys& keys) {
    bool mayBeComplete = false;
    try {
        CardLoader loader(chip.connection(), keys.transport, services_.random, services_.profile);
        timed("load", [&] { loader.load(image); });
        requireLoaded(card.files, image);
        mayBeComplete = true;
        timed("activate", [&] { loader.activate(); });
        return verifyAndFinish(card, chip, keys, ChipLifeCycle::Personalized);
    } catch (const AuthenticationRefused& refused) {
        if (mayBeComplete) {
            return quarantine(card, refused.what());
        }
        tell("blank-returned", card, refused.what());
        services_.store.undoLoading(card.job.hold(), card.serial, refused.what());
        throw;
    } catch (const Error& error) {
        rethrowUnlessOfChip(error);
        return mayBeComplete ? decideAfterFailure(card, chip, keys, error.what())
                             : spoil(card, &chip, error.what());
    }
}

CardOutcome CardProduction::verifyAndFinish(OpenCard& card, InsertedChip& chip, const ChipDomainKeys& keys,
                                            ChipLifeCycle lifeCycle) {
    advance(card, ChipState::Loaded);
    timed("read-back", [&] { readBack(card, chip.connection()); });
    advance(card, ChipState::Verified);
    if (lifeCycle != ChipLifeCycle::Locked) {
        timed("lock", [&] {
            chip.connection().reset();
            lockChip(chip.connection(), keys, services_.random, services_.profile);
        });
    }
    chip.keep(card.job.record.number);
    advance(card, ChipState::Good);
    return {card.job.record.requestId, card.serial, ChipState::Good, ""};
}

// A chip that was activated may be a card already, and one that took the lock is. Whoever made another for
// the record without asking it first could put two into the world.
CardOutcome CardProduction::decideAfterFailure(OpenCard& card, InsertedChip& chip, const ChipDomainKeys& keys,
                                               const std::string& reason) {
    try {
        chip.connection().reset();
        if (examineChip(chip.connection(), keys, services_.random, services_.profile) !=
            ChipLifeCycle::Locked) {
            return spoil(card, &chip, reason);
        }
        return verifyAndFinish(card, chip, keys, ChipLifeCycle::Locked);
    } catch (const AuthenticationRefused& refused) {
        return quarantine(card, reason + " Then: " + refused.what());
    } catch (const Error& error) {
        rethrowUnlessOfChip(error);
        return quarantine(card, reason + " Then: " + error.what());
    }
}

CardOutcome CardProduction::recover(const OpenCard& card, InsertedChip* chip) {
    takeUp(card.job.record.requestId, card.serial);
    if (chip == nullptr) {
        return card.isVolatile
                   ? spoil(card, nullptr, "The chip's memory ended with the run that worked on it.",
                           SpoiledBy::EndOfRun)
                   : quarantine(card, "The run that worked on the chip ended early, and the chip is not "
                                      "found. Bring it back and run again.");
    }
    OpenCard open = card;
    CardOutcome outcome = decideAfterRestart(open, *chip, keysOf(card.serial));
    services_.store.recordSteps(card.serial, steps_);
    return outcome;
}

CardOutcome CardProduction::decideAfterRestart(OpenCard& card, InsertedChip& chip,
                                               const ChipDomainKeys& keys) {
    ChipLifeCycle lifeCycle = ChipLifeCycle::Locked;
    try {
        lifeCycle = examineChip(chip.connection(), keys, services_.random, services_.profile);
        if (lifeCycle == ChipLifeCycle::Blank) {
            return spoil(card, &chip, "The run that worked on the chip ended before the chip was complete.",
                         SpoiledBy::EndOfRun);
        }
        return verifyAndFinish(card, chip, keys, lifeCycle);
    } catch (const Error& error) {
        rethrowUnlessOfChip(error);
        const bool wrongAndOpen = lifeCycle == ChipLifeCycle::Personalized && causeOf(error) == Cause::Chip;
        return wrongAndOpen ? decideAfterFailure(card, chip, keys, error.what())
                            : quarantine(card, error.what());
    }
}

// First the reject bin: a chip that the store calls spoiled is never found among the blanks.
CardOutcome CardProduction::spoil(const OpenCard& card, InsertedChip* chip, const std::string& reason,
                                  SpoiledBy by) {
    tell("spoiled", card, reason);
    if (chip != nullptr) {
        chip->reject();
    }
    services_.store.spoil(card.job.hold(), card.serial, reason, services_.attemptsAllowed, by);
    return {card.job.record.requestId, card.serial, ChipState::Spoiled, reason};
}

CardOutcome CardProduction::quarantine(const OpenCard& card, const std::string& reason) {
    tell("quarantined", card, reason);
    services_.store.quarantine(card.job.hold(), card.serial, reason);
    return {card.job.record.requestId, card.serial, ChipState::Quarantined, reason};
}

void CardProduction::readBack(const OpenCard& card, Connection& connection) {
    ReadBack(connection, services_.random, services_.trustStore, services_.clock())
        .verify({card.job.record, card.job.pictures, card.files});
}

ChipDomainKeys CardProduction::keysOf(const std::string& serial) const {
    const Bytes diversificationData = fromHex(serial);
    ChipDomainKeys keys{services_.keys.keysOf(diversificationData)};
    if (services_.profile.replacesKeys() && services_.issuerKeys != nullptr) {
        keys.issuer = services_.issuerKeys->keysOf(diversificationData);
    }
    return keys;
}

void CardProduction::advance(OpenCard& card, ChipState state) {
    if (card.state == ChipState::Quarantined || card.state < state) {
        tell(nameOf(state), card);
        services_.store.advance(card.job.hold(), card.serial, state);
        card.state = state;
    }
}

void CardProduction::tell(std::string_view what, const OpenCard& card, const std::string& reason) const {
    audit::Occurrence occurrence{std::string(what), station_, card.job.record.requestId, card.serial};
    occurrence.members["attempt"] = card.job.attempt;
    if (!reason.empty()) {
        occurrence.members["reason"] = reason;
    }
    tellAudit(services_, occurrence);
}

void CardProduction::takeUp(const std::string& requestId, const std::string& serial) {
    requestId_ = requestId;
    serial_ = serial;
    steps_.clear();
}

void CardProduction::timed(const char* step, const std::function<void()>& work) {
    using std::chrono::steady_clock;
    tellStations(services_, {StationEvent::Kind::StepBegun, station_, serial_, requestId_, step});
    const auto start = steady_clock::now();
    work();
    steps_.push_back(
        {step, std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start)});
}

} // namespace cancuoc::personalization
