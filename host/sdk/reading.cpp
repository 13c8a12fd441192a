// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/reading.hpp"

#include <memory>
#include <utility>

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/reader/card_source.hpp"
#include "host/sdk/status.hpp"
#include "host/trace/attended_inspection.hpp"
#include "host/trace/redaction.hpp"

namespace cancuoc::sdk {

namespace {

using inspection::InspectionRequest;
using inspection::InspectionResult;

void requireKey(const InspectionRequest& request) {
    const auto& keys = request.keys;
    if (!keys.can && !keys.mrz && !keys.pin && !keys.puk) {
        throw BadConfiguration("No access key was given: the number, CAN, MRZ, PIN or PUK.");
    }
}

/// Lends the request what only a run holds on to.
class LentPointers {
public:
    LentPointers(Reading::Setup& setup, const Store::Looked* store) : request_(setup.request) {
        request_.trustStore = store != nullptr ? &**store : nullptr;
        request_.terminalKeys = setup.terminalKeys ? &*setup.terminalKeys : nullptr;
    }
    LentPointers(const LentPointers&) = delete;
    LentPointers& operator=(const LentPointers&) = delete;
    ~LentPointers() {
        request_.trustStore = nullptr;
        request_.terminalKeys = nullptr;
    }

private:
    InspectionRequest& request_;
};

Clock clockOf(const Reading::Setup& setup) {
    return setup.time ? Clock([time = *setup.time] { return time; }) : systemClock();
}

std::optional<trace::Header> headerFor(const Reading::Setup& setup) {
    return setup.record ? std::optional(trace::Header::of(setup.given, setup.request, clockOf(setup)()))
                        : std::nullopt;
}

std::unique_ptr<CardSource> sourceOf(const Reading::Setup& setup, const Interruption& interruption,
                                     EventRelay& relay) {
    if (setup.link) {
        return std::make_unique<LinkSource>(*setup.link);
    }
    return std::make_unique<CardOnReader>(
        CardWaiting{.reader = setup.reader,
                    .wait = setup.waitForCard,
                    .resumeWithin = setup.waitForReturn,
                    .interruption = interruption,
                    .prompt = [&relay](CardPrompt prompt) { relay.tell(prompt); }});
}

/// The card of another source; the relay hears of it whenever the card is read from the beginning.
class AnnouncedSource final : public CardSource {
public:
    AnnouncedSource(std::unique_ptr<CardSource> source, EventRelay& relay)
        : source_(std::move(source)), relay_(relay) {}

    [[nodiscard]] Connection& connection() override {
        relay_.begin();
        return source_->connection();
    }
    [[nodiscard]] bool isBack(const CardRemoved& lost) override { return source_->isBack(lost); }

private:
    std::unique_ptr<CardSource> source_;
    EventRelay& relay_;
};

InspectionResult inspect(Reading::Setup& setup, const Interruption& interruption,
                         trace::SessionRecorder* recorder) {
    EventRelay relay(setup.callback, setup.context);
    SystemRandom random;
    AnnouncedSource source(sourceOf(setup, interruption, relay), relay);
    const trace::AttendedInspection attended{
        .request = setup.request,
        .random = random,
        .clock = clockOf(setup),
        .interruption = interruption,
        .observer = [&relay](const inspection::InspectionEvent& event) { relay.tell(event); },
        .recorder = recorder};
    return attended.run(source, setup.cache);
}

std::string redactedTrace(const trace::SessionRecorder& recorder) {
    SystemRandom random;
    return trace::write(trace::redact(recorder.verbatim(), random));
}

InspectionResult inspectRecorded(Reading::Setup& setup, const Interruption& interruption) {
    setup.trace.reset();
    auto header = headerFor(setup);
    if (!header) {
        return inspect(setup, interruption, nullptr);
    }
    trace::SessionRecorder recorder(std::move(*header));
    try {
        auto result = inspect(setup, interruption, &recorder);
        recorder.finish(result);
        setup.trace = redactedTrace(recorder);
        return result;
    } catch (const Error& failure) {
        recorder.finish(failure);
        setup.trace = redactedTrace(recorder);
        throw;
    }
}

// What the evidence says that was asked for: no key.
InspectionRequest askedBy(const InspectionRequest& request) {
    InspectionRequest asked;
    asked.expectedZone = request.expectedZone;
    asked.expectedNumber = request.expectedNumber;
    asked.dataGroups = request.dataGroups;
    asked.policy = request.policy;
    return asked;
}

} // namespace

Reading::~Reading() {
    wipeExpected(setup_.request);
}

Reading::Held::Held(Reading& reading) : lock_(reading.occupancy_, std::try_to_lock), setup_(reading.setup_) {
    if (!lock_.owns_lock()) {
        throw Refusal(CANCUOC_BUSY,
                      "The reading is in use, by another thread or by the call whose callback this is.");
    }
}

std::shared_ptr<const Result> Reading::run() {
    const Held setup(*this);
    const std::unique_ptr<Reading, void (*)(Reading*)> whenDone(this,
                                                                [](Reading* reading) { reading->rearm(); });
    requireKey(setup->request);
    const auto looked = setup->store != nullptr ? std::make_unique<Store::Looked>(*setup->store) : nullptr;
    const LentPointers lent(*setup, looked.get());
    auto result = inspectRecorded(*setup, interruption(*setup));
    setup->cache = {};
    setup->request.activeAuthenticationChallenge.reset(); // it counts for one reading
    return std::make_shared<const Result>(std::move(result), askedBy(setup->request));
}

void Reading::cancel() {
    const std::scoped_lock lock(stopMutex_);
    stop_.request_stop();
}

Interruption Reading::interruption(const Setup& setup) const {
    const std::scoped_lock lock(stopMutex_);
    const Interruption stopped{stop_.get_token()};
    return setup.whole.count() == 0 ? stopped : stopped.within(setup.whole);
}

void Reading::rearm() {
    const std::scoped_lock lock(stopMutex_);
    stop_ = std::stop_source();
}

} // namespace cancuoc::sdk
