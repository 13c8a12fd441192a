// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter.hpp"

#include <utility>

#include "host/base/secret_bytes.hpp"

namespace cancuoc::teller {

namespace {

Phase phaseOf(inspection::Verdict verdict) {
    switch (verdict) {
    case inspection::Verdict::Genuine:
        return Phase::Genuine;
    case inspection::Verdict::NotGenuine:
        return Phase::NotGenuine;
    case inspection::Verdict::Incomplete:
        break;
    }
    return Phase::NotChecked;
}

bool isCardThere(ReaderStatus status) {
    return status == ReaderStatus::CardPresent || status == ReaderStatus::CardMute;
}

} // namespace

Counter::Counter(Actions actions, std::chrono::seconds clearAfter)
    : actions_(std::move(actions)), clearAfter_(static_cast<unsigned>(clearAfter.count())) {}

Counter::~Counter() {
    forget();
}

void Counter::enter(std::string_view line) {
    const auto text = lines_.add(line);
    state_.zoneLines = lines_.pending();
    state_.zoneLinesExpected = lines_.expected();
    if (text) {
        auto understood = readCounterInput(*text);
        if (auto* input = std::get_if<CounterInput>(&understood)) {
            begin(std::move(*input));
            return;
        }
        clear();
        state_.inputProblem = std::get<InputProblem>(understood);
    }
    countDown();
    actions_.changed();
}

void Counter::readAgain() {
    if (state_.ended() && state_.canReadAgain) {
        begin(CounterInput(*input_));
    }
}

void Counter::touch() {
    countDown();
    actions_.countdown();
}

void Counter::tick() {
    if (state_.secondsUntilCleared == 0) {
        return;
    }
    if (--state_.secondsUntilCleared == 0) {
        clear();
    } else {
        actions_.countdown();
    }
}

void Counter::clear() {
    if (state_.busy()) {
        actions_.abandon();
    }
    ++reading_;
    forget();
    actions_.changed();
}

void Counter::take(ReaderStatus status) {
    const bool cardCame = isCardThere(status) && !isCardThere(state_.reader);
    const bool seenBefore = state_.reader != ReaderStatus::Unknown;
    state_.reader = status;
    if (cardCame && seenBefore && state_.outcome) {
        clearCard();
    } else if (cardCame && seenBefore && state_.ended()) {
        readAgain();
    } else {
        actions_.changed();
    }
}

void Counter::take(unsigned reading, ReadingEvent event) {
    if (reading != reading_ || !state_.busy()) {
        return;
    }
    std::visit([this](auto& happened) { on(std::move(happened)); }, event);
    countDown();
    actions_.changed();
}

void Counter::begin(CounterInput input) {
    forget();
    input_ = std::move(input);
    state_.key = input_->kind();
    state_.canReadAgain = true;
    state_.phase = Phase::Reading;
    actions_.begin(++reading_, *input_);
    actions_.changed();
}

// What has been typed or scanned since is of the card that came, and goes when its time is over.
void Counter::clearCard() {
    const auto secondsUntilCleared = state_.secondsUntilCleared;
    forgetCard();
    state_.secondsUntilCleared = secondsUntilCleared;
    state_.zoneLines = lines_.pending();
    state_.zoneLinesExpected = lines_.expected();
    actions_.changed();
}

// While a card is read, its reading ends by itself, and nothing is cleared from under it.
void Counter::countDown() {
    state_.secondsUntilCleared = state_.busy() ? 0 : clearAfter_;
}

void Counter::forget() {
    forgetCard();
    lines_.clear();
}

void Counter::forgetCard() {
    if (state_.outcome) {
        wipe(state_.outcome->evidence);
    }
    forgetHolder();
    const auto reader = state_.reader;
    state_ = CounterState();
    state_.reader = reader;
    input_.reset();
}

void Counter::forgetHolder() {
    if (state_.face) {
        wipe(state_.face->data);
    }
    state_.person.reset();
    state_.face.reset();
    state_.faceRead = 0;
    state_.faceTotal = 0;
}

void Counter::on(reading_event::CardWanted /*event*/) {
    state_.phase = Phase::CardWanted;
}

void Counter::on(reading_event::CardLifted /*event*/) {
    state_.phase = Phase::CardLifted;
}

// What was lifted and what is back may be two cards. Access is opened anew in the middle of an inspection,
// too: then nothing goes.
void Counter::on(reading_event::Opened /*event*/) {
    if (state_.phase == Phase::CardLifted) {
        forgetHolder();
    }
    state_.phase = Phase::Reading;
}

// Told once by every inspection, before its face: what is there is of the one before it.
void Counter::on(reading_event::PersonRead&& event) {
    forgetHolder();
    state_.person = std::move(event.person);
}

void Counter::on(reading_event::FaceProgress event) {
    state_.faceRead = event.read;
    state_.faceTotal = event.total;
}

void Counter::on(reading_event::FaceRead&& event) {
    state_.face = std::move(event.face);
}

void Counter::on(reading_event::Finished&& event) {
    state_.phase = phaseOf(event.outcome.judgement.verdict);
    state_.person = event.outcome.person;
    state_.outcome = std::move(event.outcome);
}

// It may be about another card than the one whose data are there, and proves nothing of them.
void Counter::on(reading_event::Failed&& event) {
    forgetHolder();
    const bool noneCame = event.failure == Failure::NoCardCame || event.failure == Failure::CardNotBack;
    if (noneCame && state_.reader == ReaderStatus::CardMute) {
        event.failure = Failure::CardMute;
    }
    state_.phase = event.failure == Failure::WrongKey ? Phase::WrongKey : Phase::NotChecked;
    state_.failed = std::move(event);
}

} // namespace cancuoc::teller
