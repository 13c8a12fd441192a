// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::teller;
using namespace std::chrono_literals;

namespace {

constexpr unsigned clearAfter = 3; // seconds

// A counter, and what it wanted done.
struct Fixture {
    std::vector<CounterInput> begun;
    unsigned reading = 0; // the number of the last
    int abandoned = 0;
    int changes = 0;
    Counter counter{{.begin =
                         [this](unsigned number, const CounterInput& input) {
                             reading = number;
                             begun.push_back(input);
                         },
                     .abandon = [this] { ++abandoned; },
                     .changed = [this] { ++changes; },
                     .countdown = [] {}},
                    std::chrono::seconds(clearAfter)};

    const CounterState& state() const { return counter.state(); }
    void tell(ReadingEvent event) { counter.take(reading, std::move(event)); }
    void tick(unsigned times) {
        for (unsigned i = 0; i < times; ++i) {
            counter.tick();
        }
    }
};

Person invented() {
    Person person;
    person.entries = {{PersonItem::FullName, "Nguyễn Văn Mẫu"}, {PersonItem::Number, "001299000001"}};
    return person;
}

Outcome outcome(inspection::Verdict verdict) {
    Outcome outcome;
    outcome.judgement.verdict = verdict;
    outcome.person = invented();
    outcome.evidence = {1, 2, 3};
    return outcome;
}

reading_event::Finished finished(inspection::Verdict verdict) {
    return {outcome(verdict)};
}

void requireNothingOfAHolder(const CounterState& state) {
    CHECK(state.phase == Phase::Waiting);
    CHECK_FALSE(state.person);
    CHECK_FALSE(state.face);
    CHECK_FALSE(state.outcome);
    CHECK_FALSE(state.failed);
    CHECK_FALSE(state.inputProblem);
    CHECK(state.zoneLines == 0);
    CHECK_FALSE(state.canReadAgain);
}

void requireNothingPersonal(const CounterState& state) {
    requireNothingOfAHolder(state);
    CHECK(state.secondsUntilCleared == 0);
}

} // namespace

TEST_CASE("a reading goes its way: the person before the face, the verdict last") {
    Fixture fixture;
    requireNothingPersonal(fixture.state());
    fixture.counter.enter("000001");
    REQUIRE(fixture.begun.size() == 1);
    CHECK(fixture.begun[0].access.can == "000001");
    CHECK(fixture.state().phase == Phase::Reading);
    CHECK(fixture.state().busy());

    fixture.tell(reading_event::CardWanted{});
    CHECK(fixture.state().phase == Phase::CardWanted);
    fixture.tell(reading_event::Opened{});
    CHECK(fixture.state().phase == Phase::Reading);
    fixture.tell(reading_event::PersonRead{invented()});
    CHECK(fixture.state().person == invented());
    CHECK_FALSE(fixture.state().outcome);
    fixture.tell(reading_event::FaceProgress{100, 400});
    CHECK(fixture.state().faceRead == 100);
    CHECK(fixture.state().faceTotal == 400);
    fixture.tell(reading_event::FaceRead{{1, 1, 1, {7}}});
    CHECK(fixture.state().face);
    CHECK(fixture.state().secondsUntilCleared == 0);

    fixture.tell(finished(inspection::Verdict::Genuine));
    CHECK(fixture.state().phase == Phase::Genuine);
    CHECK(fixture.state().ended());
    CHECK_FALSE(fixture.state().busy());
    CHECK(fixture.state().face);
    CHECK(fixture.state().secondsUntilCleared == clearAfter);
}

TEST_CASE("each verdict and each failure has its phase") {
    const auto phaseAfter = [](ReadingEvent event) {
        Fixture fixture;
        fixture.counter.enter("000001");
        fixture.tell(std::move(event));
        return fixture.state().phase;
    };
    CHECK(phaseAfter(finished(inspection::Verdict::Genuine)) == Phase::Genuine);
    CHECK(phaseAfter(finished(inspection::Verdict::NotGenuine)) == Phase::NotGenuine);
    CHECK(phaseAfter(finished(inspection::Verdict::Incomplete)) == Phase::NotChecked);
    CHECK(phaseAfter(reading_event::Failed{Failure::WrongKey}) == Phase::WrongKey);
    CHECK(phaseAfter(reading_event::Failed{Failure::OtherCard}) == Phase::NotChecked);
    CHECK(phaseAfter(reading_event::Failed{Failure::CardNotBack}) == Phase::NotChecked);
}

TEST_CASE("a lifted card that is put back goes on") {
    Fixture fixture;
    fixture.counter.enter("000001");
    fixture.tell(reading_event::Opened{});
    fixture.tell(reading_event::PersonRead{invented()});
    fixture.tell(reading_event::CardLifted{});
    CHECK(fixture.state().phase == Phase::CardLifted);
    CHECK(fixture.state().person);
    fixture.counter.take(ReaderStatus::CardPresent);
    CHECK(fixture.state().phase == Phase::CardLifted);
    fixture.tell(reading_event::Opened{});
    CHECK(fixture.state().phase == Phase::Reading);
    CHECK(fixture.begun.size() == 1);
}

TEST_CASE("nothing of a lifted card stands beside what another one says") {
    Fixture fixture;
    const auto readAndLift = [&fixture] {
        fixture.counter.enter("000001");
        fixture.tell(reading_event::Opened{});
        fixture.tell(reading_event::PersonRead{invented()});
        fixture.tell(reading_event::FaceProgress{400, 400});
        fixture.tell(reading_event::FaceRead{{1, 1, 1, {7}}});
        fixture.tell(reading_event::CardLifted{});
    };
    const auto requireNothingOfTheCard = [](const CounterState& state) {
        CHECK_FALSE(state.person);
        CHECK_FALSE(state.face);
        CHECK(state.faceRead == 0);
        CHECK(state.faceTotal == 0);
    };
    SUBCASE("as soon as it opens") {
        readAndLift();
        fixture.tell(reading_event::Opened{});
        requireNothingOfTheCard(fixture.state());
    }
    SUBCASE("nor when it does not open") {
        readAndLift();
        fixture.tell(reading_event::Failed{Failure::WrongKey});
        requireNothingOfTheCard(fixture.state());
    }
    SUBCASE("and a reading that began anew without a lift begins with nothing, too") {
        fixture.counter.enter("000001");
        fixture.tell(reading_event::PersonRead{invented()});
        fixture.tell(reading_event::FaceProgress{400, 400});
        fixture.tell(reading_event::FaceRead{{1, 1, 1, {7}}});
        fixture.tell(reading_event::PersonRead{invented()});
        CHECK(fixture.state().person);
        CHECK_FALSE(fixture.state().face);
        CHECK(fixture.state().faceRead == 0);
        CHECK(fixture.state().faceTotal == 0);
        fixture.tell(finished(inspection::Verdict::Genuine));
        CHECK_FALSE(fixture.state().face);
    }
    SUBCASE("access that is opened again in one reading takes nothing away") {
        fixture.counter.enter("000001");
        fixture.tell(reading_event::Opened{});
        fixture.tell(reading_event::PersonRead{invented()});
        fixture.tell(reading_event::FaceRead{{1, 1, 1, {7}}});
        fixture.tell(reading_event::Opened{});
        CHECK(fixture.state().person);
        CHECK(fixture.state().face);
    }
}

TEST_CASE("an expired card and a QR that differs need care, though the chip is genuine") {
    Fixture fixture;
    fixture.counter.enter("000001");
    auto expired = outcome(inspection::Verdict::Genuine);
    expired.person.expired = true;
    fixture.tell(reading_event::Finished{expired});
    CHECK(fixture.state().phase == Phase::Genuine);
    CHECK(fixture.state().needsCare());

    fixture.counter.enter("000001");
    auto differing = outcome(inspection::Verdict::Genuine);
    differing.comparisons = {{"fullName", "a", "b", qr::FieldResult::Differs}};
    fixture.tell(reading_event::Finished{differing});
    CHECK(fixture.state().needsCare());

    fixture.counter.enter("000001");
    fixture.tell(finished(inspection::Verdict::Genuine));
    CHECK_FALSE(fixture.state().needsCare());
}

TEST_CASE("what opens no card is a problem, and what was shown of another card is gone") {
    Fixture fixture;
    fixture.counter.enter("000001");
    fixture.tell(finished(inspection::Verdict::Genuine));
    fixture.counter.enter("12345");
    CHECK(fixture.state().inputProblem == InputProblem::WrongLength);
    CHECK_FALSE(fixture.state().outcome);
    CHECK(fixture.state().phase == Phase::Waiting);
    CHECK(fixture.begun.size() == 1);
    fixture.tick(clearAfter);
    requireNothingPersonal(fixture.state());
}

TEST_CASE("the lines of an MRZ begin a reading when all are there, and are forgotten when they stay away") {
    Fixture fixture;
    fixture.counter.enter("IDVNM2990000011001299000001<<2");
    CHECK(fixture.state().zoneLines == 1);
    CHECK(fixture.state().zoneLinesExpected == 3);
    fixture.counter.enter("9901018M2401014VNM<<<<<<<<<<<2");
    CHECK(fixture.begun.empty());
    fixture.counter.enter("NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<");
    REQUIRE(fixture.begun.size() == 1);
    CHECK_FALSE(fixture.begun[0].access.mrz.empty());
    CHECK(fixture.state().zoneLines == 0);

    fixture.counter.clear();
    fixture.counter.enter("IDVNM2990000011001299000001<<2");
    fixture.tick(clearAfter);
    requireNothingPersonal(fixture.state());
    fixture.counter.enter("9901018M2401014VNM<<<<<<<<<<<2");
    CHECK(fixture.state().inputProblem == InputProblem::NotUnderstood);
}

TEST_CASE("after the set time without activity everything personal is gone") {
    Fixture fixture;
    fixture.counter.enter("000001");
    fixture.tell(reading_event::FaceRead{{1, 1, 1, {7}}});
    fixture.tick(100); // never from under a reading
    CHECK(fixture.state().face);
    fixture.tell(finished(inspection::Verdict::NotGenuine));
    fixture.tick(clearAfter - 1);
    CHECK(fixture.state().secondsUntilCleared == 1);
    fixture.counter.touch();
    CHECK(fixture.state().secondsUntilCleared == clearAfter);
    fixture.tick(clearAfter);
    requireNothingPersonal(fixture.state());
    CHECK(fixture.abandoned == 0);
}

TEST_CASE("clearing abandons a reading, and nothing that it still says is taken") {
    Fixture fixture;
    fixture.counter.enter("000001");
    fixture.counter.clear();
    CHECK(fixture.abandoned == 1);
    requireNothingPersonal(fixture.state());
    fixture.tell(reading_event::PersonRead{invented()});
    fixture.tell(finished(inspection::Verdict::Genuine));
    requireNothingPersonal(fixture.state());
}

TEST_CASE("what an abandoned reading still says is not taken for the next one's") {
    Fixture fixture;
    fixture.counter.enter("000001");
    const auto former = fixture.reading;
    fixture.counter.enter("000002");
    CHECK(fixture.begun.size() == 2);
    fixture.counter.take(former, finished(inspection::Verdict::Genuine));
    CHECK(fixture.state().phase == Phase::Reading);
    CHECK_FALSE(fixture.state().person);
}

TEST_CASE("a card that is put on the reader after a verdict is another one") {
    Fixture fixture;
    fixture.counter.take(ReaderStatus::CardPresent);
    fixture.counter.enter("000001");
    fixture.tell(finished(inspection::Verdict::Genuine));
    fixture.counter.take(ReaderStatus::Empty);
    CHECK(fixture.state().outcome); // the card was given back; the teller still looks
    fixture.counter.take(ReaderStatus::CardPresent);
    requireNothingOfAHolder(fixture.state());
    CHECK(fixture.state().reader == ReaderStatus::CardPresent);
}

TEST_CASE("what was scanned for the next card stays when that card comes") {
    Fixture fixture;
    fixture.counter.take(ReaderStatus::CardPresent);
    fixture.counter.enter("000001");
    fixture.tell(finished(inspection::Verdict::Genuine));
    fixture.counter.take(ReaderStatus::Empty);
    fixture.counter.enter("IDVNM2990000011001299000001<<2");
    const auto secondsLeft = fixture.state().secondsUntilCleared;
    REQUIRE(secondsLeft > 0);
    fixture.counter.take(ReaderStatus::CardPresent);
    CHECK_FALSE(fixture.state().outcome);
    CHECK(fixture.state().phase == Phase::Waiting);
    CHECK(fixture.state().zoneLines == 1);
    CHECK(fixture.state().zoneLinesExpected == 3);
    CHECK(fixture.state().secondsUntilCleared == secondsLeft);
    fixture.counter.enter("9901018M2401014VNM<<<<<<<<<<<2");
    fixture.counter.enter("NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<");
    REQUIRE(fixture.begun.size() == 2);
    CHECK_FALSE(fixture.begun[1].access.mrz.empty());
}

TEST_CASE("after a reading without a verdict, the next card is read with the same key") {
    Fixture fixture;
    fixture.counter.take(ReaderStatus::CardPresent);
    fixture.counter.enter("000001");
    fixture.tell(reading_event::Failed{Failure::WrongKey});
    CHECK(fixture.state().canReadAgain);
    fixture.counter.take(ReaderStatus::Empty);
    fixture.counter.take(ReaderStatus::CardPresent);
    REQUIRE(fixture.begun.size() == 2);
    CHECK(fixture.begun[1].access.can == "000001");
    CHECK(fixture.state().phase == Phase::Reading);
}

TEST_CASE("reading again uses the same key, and only after an end") {
    Fixture fixture;
    fixture.counter.readAgain();
    CHECK(fixture.begun.empty());
    fixture.counter.enter("000001");
    fixture.counter.readAgain();
    CHECK(fixture.begun.size() == 1);
    fixture.tell(reading_event::Failed{Failure::ReaderBusy});
    fixture.counter.readAgain();
    REQUIRE(fixture.begun.size() == 2);
    CHECK(fixture.begun[1].access.can == "000001");
    fixture.tell(finished(inspection::Verdict::Genuine));
    fixture.tick(clearAfter);
    fixture.counter.readAgain();
    CHECK(fixture.begun.size() == 2);
}
