// SPDX-License-Identifier: Apache-2.0
// Whole inspections are recorded, redacted, written, read and replayed through the same inspection: every
// command, length, status word and event comes again, and nothing personal is left.
#include "host/trace/replay.hpp"

#include "host/access/key_derivation.hpp"
#include "host/base/base64.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/evidence.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trace/recorder.hpp"
#include "host/trace/redaction.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using inspection::InspectionRequest;
using inspection::InspectionResult;
using test::TestCard;
using trace::Replay;
using trace::SessionRecorder;
using trace::Trace;
namespace check_name = inspection::check_name;

namespace {

/// What an observer sees of an APDU on the wire.
struct Shape {
    Bytes header;
    std::size_t sent;
    std::size_t received;
    std::uint16_t statusWord;

    friend bool operator==(const Shape&, const Shape&) = default;
};

CardSession::Observer into(std::vector<Shape>& shapes) {
    return [&shapes](const ApduEvent& event) {
        shapes.push_back({toBytes(event.commandHeader), event.commandLength, event.responseLength,
                          event.statusWord.value()});
    };
}

struct Recorded {
    Trace verbatim;
    std::vector<Shape> shapes;
    std::optional<InspectionResult> result;
};

trace::Header headerFor(const inspection::GivenAccess& given, Clock clock) {
    trace::Header header;
    header.time = clock();
    header.given = given;
    return header;
}

/// Inspects as often as the card comes back.
Recorded record(const std::vector<Connection*>& connections, const trace::Header& header,
                const trust::TrustStore* store, const trust::TerminalKeys* terminalKeys = nullptr) {
    Recorded recorded;
    InspectionRequest request;
    header.given.applyTo(request);
    request.policy = header.policy;
    request.dataGroups = header.dataGroups;
    request.trustStore = store;
    request.terminalKeys = terminalKeys;
    SystemRandom random;
    inspection::ReadingCache cache;
    SessionRecorder recorder(header);
    for (auto* connection : connections) {
        trace::RecordingConnection recording(*connection, recorder);
        inspection::Inspection inspection(recording, random, [time = header.time] { return time; });
        inspection.observe(into(recorded.shapes));
        recorder.attachTo(inspection);
        try {
            recorded.result = inspection.run(request, cache);
            recorder.finish(*recorded.result);
        } catch (const CardRemoved& removed) {
            if (connection == connections.back()) {
                recorder.finish(removed);
            }
        } catch (const Error& failure) {
            recorder.finish(failure);
        }
    }
    recorded.verbatim = recorder.verbatim();
    return recorded;
}

struct Replayed {
    std::vector<Shape> shapes;
    std::optional<InspectionResult> result;
};

/// Throws TraceMismatch where the replay leaves the trace.
Replayed replay(const Trace& trace, const trust::TrustStore* store = nullptr) {
    Replayed replayed;
    SystemRandom random;
    Replay replay(trace, random);
    auto request = replay.request();
    request.trustStore = store;
    inspection::ReadingCache cache;
    while (true) {
        const auto connection = replay.connect();
        inspection::Inspection inspection(*connection, replay.random(), replay.clock());
        inspection.observe(into(replayed.shapes));
        replay.attachTo(inspection);
        try {
            replayed.result = inspection.run(request, cache);
            replay.finish(*replayed.result);
            return replayed;
        } catch (const CardRemoved& removed) {
            if (!replay.cardComesBack()) {
                replay.finish(removed);
                return replayed;
            }
        } catch (const Error& failure) {
            replay.finish(failure);
            return replayed;
        }
    }
}

Trace written(const Trace& trace) {
    Trace read = trace::read(trace::write(trace));
    CHECK(read == trace);
    return read;
}

/// Public values of DH have as few bytes as they need: lengths may differ by so many.
bool areAlike(const std::vector<Shape>& left, const std::vector<Shape>& right, std::size_t slack) {
    const auto isNear = [slack](std::size_t one, std::size_t other) {
        return (one < other ? other - one : one - other) <= slack;
    };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](const Shape& one, const Shape& other) {
                          return one.header == other.header && one.statusWord == other.statusWord &&
                                 isNear(one.sent, other.sent) && isNear(one.received, other.received);
                      });
}

/// The redacted trace comes out of its file as it went in, and replays like the session.
Trace requireReplay(const Recorded& recorded, std::size_t slack = 0) {
    SystemRandom random;
    const Trace redacted = written(trace::redact(recorded.verbatim, random));
    const auto again = replay(redacted);
    CHECK(areAlike(again.shapes, recorded.shapes, slack));
    CHECK(again.result.has_value() == recorded.result.has_value());
    return redacted;
}

inspection::GivenAccess numberOfTestCard() {
    inspection::GivenAccess given;
    given.number = TestCard::record().number;
    return given;
}

Recorded recordTestCard(TestCard& card, const trace::Header& header) {
    auto connection = card.powerOn();
    return record({&connection}, header, &test::issuer().trustStore());
}

Recorded recordTestCard(TestCard& card, const inspection::GivenAccess& given) {
    return recordTestCard(card, headerFor(given, test::IssuingFixture::clock()));
}

const Bytes& contentOf(const personalization::CardImage& image, lds::FileId file) {
    return std::find_if(image.files.begin(), image.files.end(),
                        [file](const auto& candidate) {
                            return candidate.fileIdentifier == lds::fileIdentifier(file);
                        })
        ->content;
}

bool holds(std::string_view text, BytesView secret) {
    return text.find(toHex(secret)) != std::string_view::npos ||
           text.find(toText(secret)) != std::string_view::npos;
}

} // namespace

TEST_CASE("a reading with the number replays from its redacted trace") {
    const auto image = TestCard::image();
    TestCard card(image);
    const auto recorded = recordTestCard(card, numberOfTestCard());
    REQUIRE(recorded.result->judgement.verdict == inspection::Verdict::Genuine);
    const auto redacted = requireReplay(recorded);

    SUBCASE("and the pseudonyms fit together") {
        const auto result = replay(redacted).result.value();
        for (const auto name : {check_name::accessControl, check_name::hashes, check_name::comSod,
                                check_name::mrz, check_name::number, check_name::cardAccess}) {
            CAPTURE(std::string(name));
            CHECK(result.check(name).result == trust::CheckResult::Passed);
        }
        CHECK(result.check(check_name::signature).result == trust::CheckResult::Failed);
        CHECK(result.dataGroup1->machineReadableZone.vietnameseNumber() == redacted.header.given.number);
        CHECK(result.dataGroup13->citizen.number == redacted.header.given.number);
        CHECK(result.face.has_value());
    }
    SUBCASE("and nothing of the person or the chip is left") {
        const std::string text = trace::write(redacted);
        const auto& person = TestCard::record();
        const auto& zone = recorded.result->dataGroup1->machineReadableZone;
        for (const std::string& secret : {person.number, person.number.substr(6), person.number.substr(3),
                                          person.fullName, person.residence, zone.secondaryIdentifier,
                                          recorded.result->dataGroup1->lines.at(2).substr(0, 12)}) {
            CAPTURE(secret);
            CHECK_FALSE(holds(text, viewOf(secret)));
        }
        for (const auto& [file, content] : recorded.result->files) {
            const auto number = lds::dataGroupNumber(file);
            if (!number || *number == 14 || *number == 15) {
                continue; // public, but for what is looked for below
            }
            const std::string name = lds::fileName(file); // Clang 14 cannot capture a structured binding
            CAPTURE(name);
            constexpr std::size_t window = 12;
            std::size_t found = 0;
            for (std::size_t at = 8; at + window <= content.size(); at += window) {
                const BytesView part = BytesView(content).subspan(at, window);
                // A letter or two beside filler come again by chance.
                const auto filler = std::max(std::count(part.begin(), part.end(), part.front()),
                                             std::count(part.begin(), part.end(), part.back()));
                const bool isFiller = filler + 4 > static_cast<std::ptrdiff_t>(window);
                found += !isFiller && holds(text, part) ? 1 : 0;
            }
            // The tables by which a picture was coded are nobody's, nor is the object identifier in DG13.
            const std::map<int, std::size_t> allowed{{2, 60}, {13, 1}};
            CHECK(found <= (allowed.count(*number) != 0 ? allowed.at(*number) : 0));
        }
        for (const auto& entry : recorded.verbatim.entries) {
            const auto* const exchange = std::get_if<trace::Exchange>(&entry.what);
            if (exchange != nullptr && exchange->data.size() >= 8) { // nonces, keys, tokens, signatures
                CHECK_FALSE(holds(text, BytesView(exchange->data).last(8)));
            }
        }
        for (const auto& pair : {&image.keys.chipAuthentication, &image.keys.activeAuthentication}) {
            CHECK_FALSE(holds(text, pair->publicKey));
        }
        for (const auto& [number, hash] : lds::SecurityObjectFile::decode(contentOf(image, lds::FileId::Sod))
                                              .documentSecurityObject()
                                              .dataGroupHashes) {
            CHECK_FALSE(holds(text, hash));
        }
    }
}

TEST_CASE("readings in other ways replay as well") {
    const auto& person = TestCard::record();
    TestCard card(TestCard::image());
    inspection::GivenAccess given;
    SUBCASE("with the CAN alone") {
        given.can = person.number.substr(6);
    }
    SUBCASE("with number and dates") {
        given.number = person.number;
        given.birthDate = person.birthDate;
        given.expiryDate = person.expiryDate.value_or(dateFromIso("2099-12-31"));
    }
    SUBCASE("with document number and dates") {
        given.documentNumber = person.number.substr(3);
        given.birthDate = person.birthDate;
        given.expiryDate = person.expiryDate.value_or(dateFromIso("2099-12-31"));
    }
    SUBCASE("with the MRZ") {
        const auto lines =
            lds::DataGroup1::decode(contentOf(TestCard::image(), lds::FileId::DataGroup1)).lines;
        given.mrz = lines.at(0) + " " + lines.at(1) + " " + lines.at(2);
    }
    const auto redacted = requireReplay(recordTestCard(card, given));
    CHECK(replay(redacted).result->check(check_name::mrz).result == trust::CheckResult::Passed);
}

TEST_CASE("readings with the PIN and the PUK replay, and neither stands in the redacted trace") {
    inspection::GivenAccess given;
    test::SimulatedCard card({});
    std::string typed;
    SUBCASE("PIN") {
        typed = given.pin = "738264";
    }
    SUBCASE("PUK") {
        typed = given.puk = "7382649105";
    }
    card.chip().password = toBytes(viewOf(typed));
    const auto recorded = record({&card.chip()}, headerFor(given, test::SimulatedCard::clock()),
                                 test::SimulatedCard::request().trustStore);
    REQUIRE(recorded.result.has_value());
    const auto redacted = requireReplay(recorded);
    CHECK(redacted.header.given.pin.size() == given.pin.size());
    CHECK(redacted.header.given.puk.size() == given.puk.size());
    CHECK_FALSE(holds(trace::write(redacted), viewOf(typed)));
}

TEST_CASE("what was asked for replays too") {
    TestCard card(TestCard::image());
    auto header = headerFor(numberOfTestCard(), test::IssuingFixture::clock());
    SUBCASE("another policy") {
        header.policy = inspection::Policy::fast();
    }
    SUBCASE("some data groups") {
        header.dataGroups = std::set<int>{1, 13};
    }
    requireReplay(recordTestCard(card, header));
}

TEST_CASE("a wrong CAN replays to the same error") {
    TestCard card(TestCard::image());
    inspection::GivenAccess given;
    given.can = "999999";
    const auto recorded = recordTestCard(card, given);
    CHECK_FALSE(recorded.result);
    const auto redacted = requireReplay(recorded);
    CHECK(std::get<trace::Outcome>(redacted.entries.back().what).error.starts_with("Wrong access key"));
    CHECK_FALSE(holds(trace::write(redacted), viewOf("999999")));
}

TEST_CASE("a changed data group replays to the same failed check") {
    auto image = TestCard::image();
    for (auto& file : image.files) {
        if (file.fileIdentifier == lds::fileIdentifier(lds::FileId::DataGroup2)) {
            file.content.back() ^= 1U;
        }
    }
    TestCard card(image);
    const auto redacted = requireReplay(recordTestCard(card, numberOfTestCard()));
    CHECK(replay(redacted).result->check(check_name::hashes).result == trust::CheckResult::Failed);
}

TEST_CASE("a clone that fails Chip Authentication replays, with access opened anew") {
    const auto image = TestCard::image();
    auto cloned = TestCard::image();
    cloned.files = image.files;
    TestCard card(cloned);
    const auto recorded = recordTestCard(card, numberOfTestCard());
    REQUIRE(recorded.result->check(check_name::chipAuthentication).result == trust::CheckResult::Failed);
    requireReplay(recorded);
}

TEST_CASE("a card that is lifted and put back replays, and so does one that stays away") {
    TestCard card(TestCard::image());
    auto whole = card.powerOn();
    int left = 14; // within DG13
    InProcessConnection lifted("virtual", toBytes(whole.atr()), [&](BytesView command) {
        if (left-- == 0) {
            throw CardRemoved("The card was taken off the reader.");
        }
        return whole.transmit(command);
    });
    const auto header = headerFor(numberOfTestCard(), test::IssuingFixture::clock());
    SUBCASE("put back") {
        InProcessConnection again("virtual", toBytes(whole.atr()), [&](BytesView command) {
            if (left < -1) {
                return whole.transmit(command);
            }
            left = -2;
            whole.reset();
            return whole.transmit(command);
        });
        const auto recorded = record({&lifted, &again}, header, nullptr);
        CHECK(recorded.result.has_value());
        requireReplay(recorded);
    }
    SUBCASE("away") {
        const auto recorded = record({&lifted}, header, nullptr);
        CHECK_FALSE(recorded.result);
        requireReplay(recorded);
    }
}

TEST_CASE("a reading that was stopped replays to where it was stopped") {
    TestCard card(TestCard::image());
    auto whole = card.powerOn();
    int left = 14;
    InProcessConnection stopped("virtual", toBytes(whole.atr()), [&](BytesView command) {
        if (left-- == 0) {
            throw DeadlineExceeded("The time for reading the card is over.");
        }
        return whole.transmit(command);
    });
    auto recorded = record({&stopped}, headerFor(numberOfTestCard(), test::IssuingFixture::clock()), nullptr);
    // An interruption comes before a command; this one came in its place.
    recorded.verbatim.entries.erase(recorded.verbatim.entries.end() - 2);
    CHECK(std::get<trace::Outcome>(recorded.verbatim.entries.back().what).interrupted);
    requireReplay(recorded);
}

TEST_CASE("every kind of document of the chip replays") {
    for (const auto profile : test::allDocumentProfiles) {
        CAPTURE(std::string(test::nameOf(profile)));
        card::host::VirtualChip chip;
        chip.powerOn();
        InProcessConnection connection(
            "virtual", chip.atr(), [&chip](BytesView command) { return chip.transmit(command); },
            [&chip] { chip.powerOn(); });
        test::personalize(connection, test::makeDocument(profile));
        chip.powerOn();
        inspection::GivenAccess given;
        given.mrz = test::machineReadableZone;
        requireReplay(record({&connection}, headerFor(given, test::IssuingFixture::clock()), nullptr),
                      profile == test::DocumentProfile::PaceOnly ? 2 : 0);
    }
}

TEST_CASE("habits of cards in the field replay") {
    test::SimulatedCardProfile profile;
    SUBCASE("secure messaging ends over a read that is too long") {
        profile.habits.extendedLength = true;
        profile.habits.largestRead = 192;
        profile.habits.refusesInPlain = true;
    }
    SUBCASE("the chip authentication mapping") {
        profile.chipAuthenticationMapping = true;
    }
    SUBCASE("over-reads are refused") {
        profile.habits.overReadRefusal = status_word::wrongOffset;
    }
    SUBCASE("no short identifiers") {
        profile.habits.knowsShortIdentifiers = false;
    }
    SUBCASE("Active Authentication and a face of ISO/IEC 39794-5") {
        profile.activeAuthentication = true;
    }
    test::SimulatedCard card(profile);
    inspection::GivenAccess given;
    given.can = toText(card.chip().password);
    requireReplay(record({&card.chip()}, headerFor(given, test::SimulatedCard::clock()),
                         test::SimulatedCard::request().trustStore));
}

TEST_CASE("no key of a session stands in its redacted trace, its evidence or its result") {
    test::SimulatedCardProfile profile;
    profile.habits.extendedLength = true;
    profile.activeAuthentication = true;
    test::SimulatedCard card(profile);
    inspection::GivenAccess given;
    given.can = toText(card.chip().password);
    const auto header = headerFor(given, test::SimulatedCard::clock());
    const auto recorded = record({&card.chip()}, header, test::SimulatedCard::request().trustStore);
    REQUIRE(recorded.result.has_value());
    SystemRandom random;
    InspectionRequest request;
    header.given.applyTo(request);
    const std::string texts[] = {trace::write(trace::redact(recorded.verbatim, random)),
                                 toText(inspection::Evidence::of(request, *recorded.result).encode()),
                                 inspection::toJson(*recorded.result).dump()};
    REQUIRE(card.chip().agreedSecrets().size() == 2); // PACE and Chip Authentication
    std::vector<Bytes> secrets{toBytes(card.chip().paceNonce())};
    for (const auto& [cipher, secret] : card.chip().agreedSecrets()) {
        secrets.push_back(secret);
        secrets.push_back(toBytes(deriveKey(secret, KeyPurpose::Encryption, cipher).view()));
        secrets.push_back(toBytes(deriveKey(secret, KeyPurpose::MessageAuthentication, cipher).view()));
    }
    for (const auto& text : texts) {
        CHECK(text.size() > 1000);
        for (const auto& secret : secrets) {
            for (std::size_t at = 0; at + 8 <= secret.size(); at += 8) {
                CHECK_FALSE(holds(text, BytesView(secret).subspan(at, 8)));
            }
            CHECK(text.find(toBase64(secret).substr(0, 12)) == std::string::npos);
        }
    }
}

TEST_CASE("Terminal Authentication replays, with the fingers that it opened") {
    const test::FingerprintPki pki;
    const auto image = TestCard::image();
    test::FingerprintCard card(image, pki);
    const auto keys = pki.terminalKeys();
    auto header = headerFor(numberOfTestCard(), test::IssuingFixture::clock());
    header.withTerminalKeys = true;
    const auto recorded = record({&card.chip()}, header, &test::issuer().trustStore(), &keys);
    REQUIRE(recorded.result.has_value());
    REQUIRE(recorded.result->check(check_name::terminalAuthentication).result == trust::CheckResult::Passed);
    REQUIRE(recorded.result->files.count(lds::FileId::DataGroup3) == 1);
    const auto redacted = requireReplay(recorded);
    const auto again = replay(redacted).result.value();
    CHECK(again.check(check_name::terminalAuthentication).result == trust::CheckResult::Passed);
    CHECK(again.files.at(lds::FileId::DataGroup3).size() ==
          recorded.result->files.at(lds::FileId::DataGroup3).size());
    const std::string text = trace::write(redacted);
    const Bytes& fingers = recorded.result->files.at(lds::FileId::DataGroup3);
    for (const std::size_t at : {fingers.size() / 4, fingers.size() / 2, fingers.size() - 40}) {
        CHECK_FALSE(holds(text, BytesView(fingers).subspan(at, 24)));
    }
}

TEST_CASE("a trace that is not redacted replays to the same verdict") {
    TestCard card(TestCard::image());
    const auto recorded = recordTestCard(card, numberOfTestCard());
    const auto again = replay(written(recorded.verbatim), &test::issuer().trustStore());
    CHECK(again.shapes == recorded.shapes);
    CHECK(again.result->judgement.verdict == inspection::Verdict::Genuine);
    for (const auto& check : recorded.result->checks) {
        CHECK(again.result->check(check.name) == check);
    }
    CHECK(again.result->files == recorded.result->files);
}

TEST_CASE("a program that does something else is told the line") {
    TestCard card(TestCard::image());
    auto trace = recordTestCard(card, numberOfTestCard()).verbatim;
    const auto complaint = [&trace] {
        try {
            static_cast<void>(replay(written(trace)));
        } catch (const trace::TraceMismatch& mismatch) {
            return std::string(mismatch.what());
        }
        return std::string();
    };
    CHECK(complaint().empty());
    SUBCASE("fewer data groups") {
        trace.header.dataGroups = std::set<int>{1};
        CHECK(complaint().starts_with("The replay leaves the trace at line "));
    }
    SUBCASE("an event more") {
        trace.entries.insert(trace.entries.begin() + 3, trace::Entry{trace::Event{"lunch", "", ""}, 0});
        CHECK(complaint().starts_with("The replay leaves the trace at line "));
    }
    SUBCASE("another status word") {
        for (auto& entry : trace.entries) {
            if (auto* exchange = std::get_if<trace::Exchange>(&entry.what); exchange && exchange->slice) {
                exchange->statusWord = status_word::fileNotFound;
                exchange->slice.reset();
                break;
            }
        }
        CHECK_FALSE(complaint().empty());
    }
    SUBCASE("no end") {
        trace.entries.pop_back();
        CHECK(complaint().find("goes on where the trace ends") != std::string::npos);
    }
}
