// SPDX-License-Identifier: Apache-2.0
// How a reading goes: what is told and when, and what happens when it does not go to its end.
#include <algorithm>
#include <cstdlib>
#include <set>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection.hpp"
#include "host/lds/security_object_file.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::IssuingFixture;
using cancuoc::test::SimulatedCard;
using cancuoc::test::TestCard;
using lds::FileId;

namespace {

// A reader whose card is lifted at one command; after that it answers nothing any more.
class LiftedConnection final : public Connection {
public:
    enum class Lengths { Short, Extended };

    LiftedConnection(Connection& inner, Lengths lengths, std::size_t liftedAt)
        : inner_(inner), lengths_(lengths), liftedAt_(liftedAt) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        ++commands;
        if (commands >= liftedAt_) {
            throw CardRemoved("The card was taken off the reader.");
        }
        return inner_.transmit(command);
    }
    void reset() override { inner_.reset(); }
    [[nodiscard]] BytesView atr() const override { return inner_.atr(); }
    [[nodiscard]] std::string readerName() const override { return inner_.readerName(); }
    [[nodiscard]] std::size_t maximumCommandLength() const override {
        return lengths_ == Lengths::Short ? 261 : inner_.maximumCommandLength();
    }
    [[nodiscard]] std::size_t maximumResponseLength() const override {
        return lengths_ == Lengths::Short ? 256 : inner_.maximumResponseLength();
    }

    std::size_t commands = 0;

private:
    Connection& inner_;
    Lengths lengths_;
    std::size_t liftedAt_;
};

using Lengths = LiftedConnection::Lengths;
constexpr std::size_t never = static_cast<std::size_t>(-1);

InspectionResult read(TestCard& card, ReadingCache& cache, std::size_t liftedAt = never,
                      Lengths lengths = Lengths::Short) {
    SystemRandom random;
    auto inner = card.powerOn();
    LiftedConnection connection(inner, lengths, liftedAt);
    try {
        return Inspection(connection, random, IssuingFixture::clock()).run(TestCard::request(), cache);
    } catch (const CardRemoved&) {
        CHECK(connection.commands == liftedAt); // nothing more was sent
        throw;
    }
}

template <class Event>
std::size_t positionOf(const std::vector<InspectionEvent>& events) {
    return static_cast<std::size_t>(
        std::find_if(events.begin(), events.end(),
                     [](const InspectionEvent& event) { return std::holds_alternative<Event>(event); }) -
        events.begin());
}

std::size_t positionOfFile(const std::vector<InspectionEvent>& events, FileId file) {
    return static_cast<std::size_t>(std::find_if(events.begin(), events.end(),
                                                 [&](const InspectionEvent& event) {
                                                     const auto* begun =
                                                         std::get_if<event::FileBegun>(&event);
                                                     return begun != nullptr && begun->file == file;
                                                 }) -
                                    events.begin());
}

} // namespace

TEST_CASE("the person and the verdict are known before the face is read") {
    TestCard card(TestCard::image());
    SystemRandom random;
    auto connection = card.powerOn();
    Inspection inspection(connection, random, IssuingFixture::clock());
    std::vector<InspectionEvent> events;
    std::string name;
    inspection.onEvent([&](const InspectionEvent& event) {
        events.push_back(event);
        if (const auto* identity = std::get_if<event::IdentityRead>(&event)) {
            REQUIRE(identity->dataGroup1 != nullptr);
            REQUIRE(identity->dataGroup13 != nullptr);
            name = identity->dataGroup13->citizen.fullName;
        }
    });
    const auto result = inspection.run(TestCard::request());
    REQUIRE(result.judgement.verdict == Verdict::Genuine);
    CHECK(name == TestCard::record().fullName);

    const auto opened = positionOf<event::AccessOpened>(events);
    const auto identityRead = positionOf<event::IdentityRead>(events);
    const auto judged = positionOf<event::IdentityJudged>(events);
    const auto faceBegun = positionOfFile(events, FileId::DataGroup2);
    const auto faceRead = positionOf<event::FaceRead>(events);
    CHECK(opened < identityRead);
    CHECK(identityRead < judged);
    CHECK(judged < faceBegun);
    CHECK(faceBegun < faceRead);
    REQUIRE(faceRead < events.size());
    CHECK(std::get<event::IdentityJudged>(events[judged]).judgement.verdict == Verdict::Genuine);
    REQUIRE(std::holds_alternative<event::Finished>(events.back()));
    CHECK(std::get<event::Finished>(events.back()).judgement.verdict == Verdict::Genuine);

    std::size_t last = 0;
    std::size_t filesRead = 0;
    for (const auto& event : events) {
        if (const auto* progress = std::get_if<event::FileProgress>(&event)) {
            if (progress->file == FileId::DataGroup2) {
                CHECK(progress->read > last);
                CHECK(progress->total == result.files.at(FileId::DataGroup2).size());
                last = progress->read;
            }
        }
        filesRead += std::holds_alternative<event::FileRead>(event) ? 1U : 0U;
    }
    CHECK(last == result.files.at(FileId::DataGroup2).size());
    CHECK(filesRead == result.files.size());
}

TEST_CASE("a forged face is not hidden by the early verdict") {
    auto image = TestCard::image();
    const auto dataGroup2 = std::find_if(image.files.begin(), image.files.end(), [](const auto& file) {
        return file.fileIdentifier == lds::fileIdentifier(FileId::DataGroup2);
    });
    dataGroup2->content.back() ^= 0x01U;
    TestCard card(image);
    SystemRandom random;
    auto connection = card.powerOn();
    Inspection inspection(connection, random, IssuingFixture::clock());
    std::vector<Verdict> verdicts;
    inspection.onEvent([&](const InspectionEvent& event) {
        if (const auto* judged = std::get_if<event::IdentityJudged>(&event)) {
            verdicts.push_back(judged->judgement.verdict);
        } else if (const auto* finished = std::get_if<event::Finished>(&event)) {
            verdicts.push_back(finished->judgement.verdict);
        }
    });
    static_cast<void>(inspection.run(TestCard::request()));
    CHECK(verdicts == std::vector{Verdict::Genuine, Verdict::NotGenuine});
}

TEST_CASE("a card lifted at any command of a full reading is read to the end when it is put back") {
    TestCard card(TestCard::image());
    const auto check = [&](Lengths lengths, std::size_t step) {
        ReadingCache whole;
        const auto expected = read(card, whole, never, lengths);
        REQUIRE(expected.judgement.verdict == Verdict::Genuine);
        for (std::size_t liftedAt = 1; liftedAt <= expected.total.commands; liftedAt += step) {
            CAPTURE(liftedAt);
            ReadingCache cache;
            CHECK_THROWS_AS(static_cast<void>(read(card, cache, liftedAt, lengths)), CardRemoved);
            const auto result = read(card, cache, never, lengths);
            CHECK(result.judgement.verdict == Verdict::Genuine);
            CHECK(result.files == expected.files);
            CHECK(result.checks == expected.checks);
            // The beginning of the file that was begun is read once more.
            CHECK(result.total.commands <= expected.total.commands + 1);
            if (lengths == Lengths::Short && liftedAt + step > expected.total.commands) {
                CHECK(result.total.commands < expected.total.commands / 2);
            }
        }
    };
    check(Lengths::Extended, 1);
    // Most of these are reads in the middle of the face; every one is tried at night.
    check(Lengths::Short, std::getenv("CANCUOC_EVERY_COMMAND") != nullptr ? 1 : 8);
}

TEST_CASE("no session key is ever agreed on twice, wherever the card is lifted") {
    SimulatedCard card({.habits = {.extendedLength = true}});
    const auto read = [&](ReadingCache& cache, std::size_t liftedAt) {
        SystemRandom random;
        LiftedConnection connection(card.chip(), Lengths::Extended, liftedAt);
        return Inspection(connection, random, SimulatedCard::clock()).run(SimulatedCard::request(), cache);
    };
    ReadingCache whole;
    const std::size_t commands = read(whole, never).total.commands;
    for (std::size_t liftedAt = 1; liftedAt <= commands; ++liftedAt) {
        ReadingCache cache;
        CHECK_THROWS_AS(static_cast<void>(read(cache, liftedAt)), CardRemoved);
        card.chip().reset();
        CHECK(read(cache, never).judgement.verdict == Verdict::Genuine);
        card.chip().reset();
    }
    std::set<Bytes> secrets;
    for (const auto& agreed : card.chip().agreedSecrets()) {
        CHECK(secrets.insert(agreed.secret).second);
    }
    CHECK(secrets.size() > 2 * commands); // of PACE and of Chip Authentication
}

TEST_CASE("a card lifted again and again is read to the end at last") {
    TestCard card(TestCard::image());
    ReadingCache cache;
    const auto expected = read(card, cache);
    cache = {};
    int lifts = 0;
    std::optional<InspectionResult> result;
    while (!result && lifts < 10) {
        try {
            result = read(card, cache, expected.total.commands * 2 / 3);
        } catch (const CardRemoved&) {
            ++lifts;
        }
    }
    CHECK(lifts > 0);
    REQUIRE(result.has_value());
    CHECK(result->judgement.verdict == Verdict::Genuine);
    CHECK(result->files == expected.files);
}

TEST_CASE("a card that loses its power unnoticed at any command is never called a forgery for it") {
    TestCard card(TestCard::image());
    ReadingCache whole;
    const auto expected = read(card, whole, never, Lengths::Extended);
    int ended = 0;
    for (std::size_t lostAt = 1; lostAt <= expected.total.commands; ++lostAt) {
        CAPTURE(lostAt);
        SystemRandom random;
        auto inner = card.powerOn();
        std::size_t commands = 0;
        InProcessConnection connection(
            "virtual", toBytes(inner.atr()),
            [&](BytesView command) {
                if (++commands == lostAt) {
                    inner.reset();
                }
                return inner.transmit(command);
            },
            [&] { inner.reset(); });
        auto request = TestCard::request();
        request.keys.mrz = TestCard::mrzKey(); // BAC would be possible
        try {
            const auto result = Inspection(connection, random, IssuingFixture::clock()).run(request);
            CHECK(result.judgement.verdict == Verdict::Genuine);
            CHECK(result.access->protocol == "PACE");
            CHECK(result.files == expected.files);
        } catch (const Error&) {
            ++ended;
        }
    }
    CHECK(ended < 4); // before and behind PACE, while access is being opened
}

TEST_CASE("another card is not read as the one before") {
    TestCard first(TestCard::image());
    TestCard second(TestCard::image()); // of the same person, with keys of its own
    ReadingCache cache;
    static_cast<void>(read(first, cache));
    ReadingCache empty;
    const auto expected = read(second, empty);
    const auto result = read(second, cache);
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.files == expected.files);
    CHECK(result.total.commands == expected.total.commands);
}

TEST_CASE("a copy put in the place of the card proves nothing with what was read before") {
    auto image = TestCard::image();
    auto copy = TestCard::image();
    copy.files = image.files;
    copy.cardAccess = image.cardAccess;
    TestCard card(image);
    TestCard forged(copy); // the same files, other keys
    ReadingCache cache;
    REQUIRE(read(card, cache).judgement.verdict == Verdict::Genuine);
    const auto result = read(forged, cache);
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
    CHECK(result.check(check_name::chipAuthentication).result == trust::CheckResult::Failed);
    CHECK(result.check(check_name::activeAuthentication).result == trust::CheckResult::Failed);
}

TEST_CASE("a reading is stopped by the caller and by its deadline, at any event") {
    TestCard card(TestCard::image());
    SystemRandom random;
    std::size_t count = 0;
    {
        auto connection = card.powerOn();
        Inspection inspection(connection, random, IssuingFixture::clock());
        inspection.onEvent([&](const InspectionEvent&) { ++count; });
        static_cast<void>(inspection.run(TestCard::request()));
    }
    for (std::size_t stopAt = 1; stopAt < count; stopAt += 9) {
        CAPTURE(stopAt);
        auto connection = card.powerOn();
        Inspection inspection(connection, random, IssuingFixture::clock());
        std::stop_source source;
        inspection.interruptBy({source.get_token(), std::nullopt});
        std::size_t seen = 0;
        inspection.onEvent([&](const InspectionEvent&) {
            if (++seen == stopAt) {
                source.request_stop();
            }
        });
        std::optional<InspectionResult> result;
        try {
            result = inspection.run(TestCard::request());
        } catch (const Cancelled&) {
        }
        if (result) { // nothing was left to ask the card for
            CHECK(result->judgement.verdict == Verdict::Genuine);
            CHECK(stopAt > count / 2);
        }
    }
    auto connection = card.powerOn();
    Inspection inspection(connection, random, IssuingFixture::clock());
    inspection.interruptBy({{}, std::chrono::steady_clock::now()});
    CHECK_THROWS_AS(static_cast<void>(inspection.run(TestCard::request())), DeadlineExceeded);
}
