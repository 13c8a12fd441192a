// SPDX-License-Identifier: Apache-2.0
#include "host/reader/reader_monitor.hpp"

#include "host/base/error.hpp"
#include "host/reader/pcsc.hpp"
#include "tests/unit/host/reader/fake_pcsc.hpp"
#include "tests/unit/host/reader/message_of.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace cancuoc;
using test::contains;
using test::fakePcsc;
using test::messageOf;
using Kind = ReaderEvent::Kind;

namespace {

constexpr std::chrono::milliseconds shortPatience(20);
constexpr std::chrono::milliseconds lookOften(50);

/// The next event, as "kind reader".
std::string nextOf(const ReaderMonitor& monitor) {
    const ReaderEvent event = monitor.next({});
    return std::string(nameOf(event.kind)) + " " + event.reader.name;
}

/// Takes events until that one has come.
ReaderInfo await(const ReaderMonitor& monitor, Kind kind, const std::string& reader) {
    while (true) {
        const ReaderEvent event = monitor.next({});
        if (event.kind == kind && event.reader.name == reader) {
            return event.reader;
        }
    }
}

} // namespace

TEST_CASE("Readers are listed with what is known of their cards") {
    fakePcsc().restartWithCard("Counter Reader");
    fakePcsc().plugIn("Empty Reader");
    fakePcsc().plugIn("Mute Reader");
    fakePcsc().insertCard("Mute Reader");
    fakePcsc().muteCard("Mute Reader");
    const PcscConnection connection("Counter", {.sharing = Sharing::Exclusive});
    const auto readers = ReaderMonitor().readers();
    REQUIRE(readers.size() == 3);
    CHECK(readers[0].name == "Counter Reader");
    CHECK(readers[0].cardPresent);
    CHECK(readers[0].exclusive);
    CHECK(readers[0].inUse);
    CHECK(toHex(readers[0].atr) == "3B8580018073C0014000");
    CHECK_FALSE(readers[1].cardPresent);
    CHECK_FALSE(readers[1].inUse);
    CHECK(readers[1].atr.empty());
    CHECK(readers[2].cardMute);

    fakePcsc().restart();
    CHECK(ReaderMonitor().readers().empty());
}

TEST_CASE("Readers and cards that come and go are told in their order") {
    fakePcsc().restart();
    const ReaderMonitor monitor(lookOften);
    CHECK(monitor.readers().empty());
    fakePcsc().plugIn("Desk");
    CHECK(nextOf(monitor) == "reader-arrived Desk");
    CHECK(monitor.readers().size() == 1); // and it has been looked at
    fakePcsc().insertCard("Desk");
    CHECK(nextOf(monitor) == "card-inserted Desk");
    CHECK(monitor.readers().at(0).cardPresent);
    fakePcsc().removeCard("Desk");
    CHECK(nextOf(monitor) == "card-removed Desk");
    fakePcsc().insertCard("Desk");
    CHECK(nextOf(monitor) == "card-inserted Desk");
    fakePcsc().unplug("Desk");
    CHECK(nextOf(monitor) == "card-removed Desk");
    CHECK(nextOf(monitor) == "reader-departed Desk");
    CHECK(monitor.readers().empty());
}

TEST_CASE("A reader that is unplugged and plugged in again is watched again") {
    fakePcsc().restartWithCard("Desk");
    const ReaderMonitor monitor(lookOften);
    static_cast<void>(await(monitor, Kind::CardInserted, "Desk"));
    for (int round = 0; round < 2; ++round) {
        fakePcsc().unplug("Desk");
        static_cast<void>(await(monitor, Kind::ReaderDeparted, "Desk"));
        fakePcsc().plugIn("Desk");
        static_cast<void>(await(monitor, Kind::ReaderArrived, "Desk"));
        fakePcsc().insertCard("Desk");
        static_cast<void>(await(monitor, Kind::CardInserted, "Desk"));
    }
}

TEST_CASE("A card that was exchanged between two looks is told as one that went and one that came") {
    fakePcsc().restartWithCard("Desk");
    const ReaderMonitor monitor(lookOften);
    const auto first = await(monitor, Kind::CardInserted, "Desk");
    fakePcsc().hang("SCardGetStatusChange", "Desk");
    fakePcsc().awaitHanging("SCardGetStatusChange", "Desk"); // nobody looks
    fakePcsc().removeCard("Desk");
    fakePcsc().insertCard("Desk");
    fakePcsc().letGo();
    CHECK(nextOf(monitor) == "card-removed Desk");
    const auto second = await(monitor, Kind::CardInserted, "Desk");
    CHECK(first.cardChanges != second.cardChanges);
}

TEST_CASE("A reader whose driver hangs stalls no other, and is told apart") {
    fakePcsc().restart();
    fakePcsc().plugIn("Hanging");
    fakePcsc().plugIn("Working");
    fakePcsc().hang("SCardGetStatusChange", "Hanging");
    {
        const ReaderMonitor monitor(lookOften);
        fakePcsc().insertCard("Working");
        static_cast<void>(await(monitor, Kind::CardInserted, "Working"));
        fakePcsc().removeCard("Working");
        static_cast<void>(await(monitor, Kind::CardRemoved, "Working"));
        fakePcsc().plugIn("New");
        static_cast<void>(await(monitor, Kind::ReaderArrived, "New"));
        const auto readers = monitor.readers();
        REQUIRE(readers.size() == 3);
        CHECK_FALSE(readers[0].answers);
        CHECK(readers[2].answers);
        fakePcsc().insertCard("Working");
        CHECK(monitor.waitForCard("", {}).name == "Working");
    } // ends without waiting for the driver
    fakePcsc().letGo();
    fakePcsc().awaitIdle(); // the thread that was left alone ends
}

TEST_CASE("What a watch that was left alone sees at last changes nothing") {
    fakePcsc().restartWithCard("Desk");
    const ReaderMonitor monitor(lookOften);
    static_cast<void>(await(monitor, Kind::CardInserted, "Desk"));
    fakePcsc().hang("SCardGetStatusChange", "Desk");
    fakePcsc().unplug("Desk");
    static_cast<void>(await(monitor, Kind::ReaderDeparted, "Desk"));
    fakePcsc().letGo();
    fakePcsc().plugIn("Other");
    CHECK(nextOf(monitor) == "reader-arrived Other");
    CHECK(monitor.readers().size() == 1);
}

TEST_CASE("Without the service its absence is told, and its readers are there when it comes") {
    fakePcsc().restart();
    fakePcsc().fail("SCardEstablishContext", SCARD_E_NO_SERVICE);
    const ReaderMonitor monitor(lookOften);
    CHECK(contains(messageOf<ReaderUnavailable>([&] { static_cast<void>(monitor.readers()); }),
                   "systemctl start pcscd"));
    fakePcsc().plugIn("Desk");
    fakePcsc().succeed("SCardEstablishContext");
    CHECK(nextOf(monitor) == "reader-arrived Desk");
    CHECK(monitor.readers().size() == 1);
}

TEST_CASE("When the service ends its readers are gone, and back when it starts again") {
    fakePcsc().restartWithCard("Desk");
    const ReaderMonitor monitor(lookOften);
    static_cast<void>(await(monitor, Kind::CardInserted, "Desk"));
    fakePcsc().fail("SCardListReaders", SCARD_E_SERVICE_STOPPED);
    fakePcsc().fail("SCardGetStatusChange", SCARD_E_SERVICE_STOPPED);
    CHECK(nextOf(monitor) == "card-removed Desk");
    CHECK(nextOf(monitor) == "reader-departed Desk");
    CHECK_THROWS_AS(static_cast<void>(monitor.readers()), ReaderUnavailable);
    CHECK(contains(messageOf<ReaderUnavailable>([&] {
                       static_cast<void>(monitor.waitForCard("", Interruption().within(shortPatience)));
                   }),
                   "systemctl start pcscd"));
    fakePcsc().succeed("SCardListReaders");
    fakePcsc().succeed("SCardGetStatusChange");
    static_cast<void>(await(monitor, Kind::CardInserted, "Desk"));
    CHECK(monitor.readers().size() == 1);
}

TEST_CASE("A card is waited for, and a reader too") {
    fakePcsc().restart();
    const ReaderMonitor monitor(lookOften);
    std::jthread person([] {
        fakePcsc().plugIn("Left");
        fakePcsc().plugIn("Right");
        fakePcsc().insertCard("Right");
    });
    CHECK(monitor.waitForCard("", {}).name == "Right");
    person.join();
    CHECK(monitor.waitForCard("right", {}).cardPresent);
}

TEST_CASE("A wait for a card that does not come ends with the reason") {
    fakePcsc().restart();
    const ReaderMonitor monitor(lookOften);
    static_cast<void>(monitor.readers());
    const auto wait = [&] {
        static_cast<void>(monitor.waitForCard("Desk", Interruption().within(shortPatience)));
    };
    CHECK(contains(messageOf<ReaderUnavailable>(wait), "Plug one in"));
    fakePcsc().plugIn("Desk");
    static_cast<void>(await(monitor, Kind::ReaderArrived, "Desk"));
    CHECK(contains(messageOf<NoCard>(wait), "Put the card on it"));
    fakePcsc().insertCard("Desk");
    static_cast<void>(await(monitor, Kind::CardInserted, "Desk"));
    fakePcsc().muteCard("Desk");
    while (!monitor.readers().at(0).cardMute) {
        std::this_thread::yield();
    }
    CHECK(contains(messageOf<NoCard>(wait), "does not answer"));
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(static_cast<void>(monitor.waitForCard("", {source.get_token(), std::nullopt})),
                    Cancelled);
    CHECK_THROWS_AS(static_cast<void>(monitor.next({source.get_token(), std::nullopt})), Cancelled);
}

TEST_CASE("The card that is done does not count, the next one does") {
    fakePcsc().restartWithCard("Desk");
    const ReaderMonitor monitor(lookOften);
    const auto done = monitor.waitForCard("", {});
    CHECK_THROWS_AS(
        static_cast<void>(monitor.waitForCard("", Interruption().within(shortPatience), done.cardChanges)),
        NoCard);
    fakePcsc().removeCard("Desk");
    fakePcsc().insertCard("Desk");
    CHECK(monitor.waitForCard("", {}, done.cardChanges).cardPresent);
}

// PCSC#160: SCardCancel around the end of a wait is lost.
TEST_CASE("A monitor ends at once, at whatever moment") {
    fakePcsc().restartWithCard("Desk");
    for (int round = 0; round < 50; ++round) {
        ReaderMonitor monitor(std::chrono::hours(1)); // its waits must be ended
        if (round % 2 == 0) {
            static_cast<void>(monitor.readers());
        }
    }
    CHECK(fakePcsc().count("SCardReleaseContext") == fakePcsc().count("SCardEstablishContext"));
}

TEST_CASE("A monitor is asked from several threads while readers come and go") {
    fakePcsc().restart();
    const ReaderMonitor monitor(lookOften);
    std::stop_source done;
    std::vector<std::jthread> askers;
    for (int asker = 0; asker < 3; ++asker) {
        askers.emplace_back([&] {
            while (!done.stop_requested()) {
                static_cast<void>(monitor.readers());
            }
        });
    }
    for (int round = 0; round < 20; ++round) {
        const std::string name = "Reader " + std::to_string(round % 3);
        fakePcsc().plugIn(name);
        static_cast<void>(await(monitor, Kind::ReaderArrived, name));
        fakePcsc().insertCard(name);
        static_cast<void>(await(monitor, Kind::CardInserted, name));
        fakePcsc().unplug(name);
        static_cast<void>(await(monitor, Kind::ReaderDeparted, name));
    }
    done.request_stop();
}
