// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "host/inspection/inspection.hpp"
#include "host/trace/stand_in_chip.hpp"
#include "host/trace/trace.hpp"
#include "host/trust/terminal_keys.hpp"

namespace cancuoc::trace {

/// The program does something else than the trace tells. The message names the line.
class TraceMismatch : public Error {
public:
    using Error::Error;
};

/// Plays the card and the reader of a trace to an inspection, and compares, one after another, every command,
/// length, status word and event. What a redacted trace cannot repeat (its header names it) is not compared.
///
///     Replay replay(trace, random);
///     const auto connection = replay.connect();
///     Inspection inspection(*connection, replay.random(), replay.clock());
///     replay.attachTo(inspection);
///     replay.finish(inspection.run(replay.request()));
class Replay {
public:
    /// Throws BadConfiguration if what was typed opens no card. `random` must outlive the object.
    Replay(Trace trace, RandomSource& random);
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;
    ~Replay();

    /// The request of the recorded inspection, with nothing to verify signatures by; the caller may add a
    /// trust store. The replay must outlive it.
    [[nodiscard]] inspection::InspectionRequest request() const;
    /// To be given to the inspection: the stand-in for the chip has to know it.
    [[nodiscard]] RandomSource& random() { return terminalRandom_; }
    /// Stands still at the time of the trace.
    [[nodiscard]] Clock clock() const;

    /// The card, as it came to the reader first, or again after it was lifted. Throws NoCard when the trace
    /// tells of no further one.
    [[nodiscard]] std::unique_ptr<Connection> connect();
    /// Whether the trace goes on with a card in the reader.
    [[nodiscard]] bool cardComesBack();
    /// Compares the events of the inspection, which `observer` sees as well.
    void attachTo(inspection::Inspection& inspection, inspection::EventObserver observer = {});

    /// The inspection ended so. Throws TraceMismatch when the trace tells something else, or goes on.
    void finish(const inspection::InspectionResult& result);
    void finish(const std::exception& failure);

private:
    class Card;

    void endWhereInterrupted();
    void passOverUnrepeated();
    [[nodiscard]] const Entry& next();
    template <class What>
    [[nodiscard]] const What& expect(std::string_view what);
    [[noreturn]] void mismatch(const std::string& what) const;
    void compare(const Event& event);
    void compareCommand(const Exchange& recorded, const CommandApdu& command, bool secured) const;
    [[nodiscard]] bool isRepeated(const Event& event) const;
    void finish(const Outcome& outcome);

    Trace trace_;
    RandomSource& random_;
    SharedRandom terminalRandom_;
    inspection::InspectionRequest request_;
    trust::TerminalKeys terminalKeys_;
    StandInChip chip_;
    std::size_t next_ = 0;
    bool chipAuthenticationMapping_ = false;
};

} // namespace cancuoc::trace
