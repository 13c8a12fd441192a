// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/card_reading.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "tests/unit/temporary_directory.hpp"
#include "tools/teller/reader_watch.hpp"
#include "tools/teller/reading_thread.hpp"

using namespace cancuoc;
using namespace cancuoc::teller;

namespace {

using ThrowError = std::function<void()>;

template <class ErrorType>
ThrowError throwing() {
    return [] { throw ErrorType("why"); };
}

// A card that ends every command with an exception.
class FailingCard final : public CardSource, public Connection {
public:
    explicit FailingCard(ThrowError fail) : fail_(std::move(fail)) {}

    [[nodiscard]] Connection& connection() override { return *this; }
    [[nodiscard]] bool isBack(const CardRemoved& /*lost*/) override { return false; }

    [[nodiscard]] Bytes transmit(BytesView /*command*/) override {
        fail_();
        return {};
    }
    void reset() override {}
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "a reader"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return 261; }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return 256; }

private:
    ThrowError fail_;
};

CardReading::OpenCard refusing(ThrowError fail) {
    return [fail = std::move(fail)](const CardWaiting& /*waiting*/) -> std::unique_ptr<CardSource> {
        fail();
        return nullptr;
    };
}

CardReading::OpenCard giving(ThrowError fail) {
    return [fail = std::move(fail)](const CardWaiting& /*waiting*/) -> std::unique_ptr<CardSource> {
        return std::make_unique<FailingCard>(fail);
    };
}

CounterInput can() {
    CounterInput input;
    input.access.can = "000001";
    return input;
}

std::vector<ReadingEvent> eventsOf(const CounterSettings& settings, CardReading::OpenCard openCard) {
    std::vector<ReadingEvent> events;
    CardReading(settings, std::move(openCard), systemClock()).run(can(), {}, [&](ReadingEvent event) {
        events.push_back(std::move(event));
    });
    return events;
}

Failure failureOf(CardReading::OpenCard openCard, const CounterSettings& settings = {}) {
    const auto events = eventsOf(settings, std::move(openCard));
    REQUIRE(events.size() == 1);
    REQUIRE(std::holds_alternative<reading_event::Failed>(events[0]));
    CHECK_FALSE(std::get<reading_event::Failed>(events[0]).detail.empty());
    return std::get<reading_event::Failed>(events[0]).failure;
}

} // namespace

TEST_CASE("what goes wrong before the card answers is told apart") {
    CHECK(failureOf(refusing(throwing<ReaderUnavailable>())) == Failure::ReaderMissing);
    CHECK(failureOf(refusing(throwing<ReaderBusy>())) == Failure::ReaderBusy);
    CHECK(failureOf(refusing(throwing<NoCard>())) == Failure::NoCardCame);
    CHECK(failureOf(refusing(throwing<BadConfiguration>())) == Failure::ReaderUnclear);
}

TEST_CASE("what goes wrong with the card is told apart") {
    CHECK(failureOf(giving(throwing<WrongAccessKey>())) == Failure::WrongKey);
    CHECK(failureOf(giving(throwing<CardRemoved>())) == Failure::CardNotBack);
    CHECK(failureOf(giving(throwing<BadConfiguration>())) == Failure::ZoneNeeded);
    CHECK(failureOf(giving(throwing<SecureMessagingError>())) == Failure::ConnectionBroken);
    CHECK(failureOf(giving([] { throw CardError("why", 0x6A82); })) == Failure::OtherCard);
}

TEST_CASE("settings that cannot be read are named before a card is asked for") {
    const auto never = refusing([] { FAIL("a card was asked for"); });
    CounterSettings settings;
    settings.policy = "nopolicy.json";
    CHECK(failureOf(never, settings) == Failure::SettingsWrong);
    settings = {};
    settings.trustStore = (test::TemporaryDirectory().path() / "nostore").string();
    CHECK(failureOf(never, settings) == Failure::SettingsWrong);
}

TEST_CASE("a reading that is stopped tells no end") {
    CHECK(eventsOf({}, giving(throwing<Cancelled>())).empty());
    CHECK(eventsOf({}, refusing(throwing<Cancelled>())).empty());
}

TEST_CASE("the person at the reader is told what to do") {
    const auto events = eventsOf({}, [](const CardWaiting& waiting) -> std::unique_ptr<CardSource> {
        waiting.prompt(CardPrompt::PutCard);
        waiting.prompt(CardPrompt::PutCardBack);
        throw NoCard("why");
    });
    REQUIRE(events.size() == 3);
    CHECK(std::holds_alternative<reading_event::CardWanted>(events[0]));
    CHECK(std::holds_alternative<reading_event::CardLifted>(events[1]));
}

TEST_CASE("the reader's status is that of the reader that a reading would take") {
    ReaderInfo empty{.name = "Front"};
    ReaderInfo holding{.name = "Back", .cardPresent = true};
    ReaderInfo mute{.name = "Side", .cardPresent = true, .cardMute = true};
    CHECK(statusOf({}, "") == ReaderStatus::Missing);
    CHECK(statusOf({empty}, "") == ReaderStatus::Empty);
    CHECK(statusOf({empty, empty}, "") == ReaderStatus::Empty);
    CHECK(statusOf({empty, holding}, "") == ReaderStatus::CardPresent);
    CHECK(statusOf({empty, holding}, "front") == ReaderStatus::Empty);
    CHECK(statusOf({empty, mute}, "") == ReaderStatus::CardMute);
    CHECK(statusOf({empty}, "elsewhere") == ReaderStatus::Missing);
}

TEST_CASE("the thread reads one card after the other and abandons the former for the next") {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::vector<unsigned> told;
    std::vector<std::string> begun;
    ReadingThread thread(
        [&](const CounterInput& input, const std::stop_token& stop, const ReadingThread::Tell& tell) {
            std::unique_lock lock(mutex);
            begun.push_back(input.access.can);
            changed.notify_all();
            if (input.access.can == "000001") {
                changed.wait(lock, stop, [] { return false; }); // until it is abandoned
            }
            lock.unlock();
            tell(reading_event::Opened{});
        },
        [&](unsigned reading, const ReadingEvent& /*event*/) {
            const std::lock_guard lock(mutex);
            told.push_back(reading);
            changed.notify_all();
        });
    auto input = can();
    thread.begin(1, input);
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !begun.empty(); });
    }
    input.access.can = "000002";
    thread.begin(2, input);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return told.size() == 2; });
    CHECK(begun == std::vector<std::string>{"000001", "000002"});
    CHECK(told == std::vector<unsigned>{1, 2});
}
