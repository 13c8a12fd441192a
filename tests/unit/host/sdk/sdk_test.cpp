// SPDX-License-Identifier: Apache-2.0
// The C interface as a program of a bank uses it, mostly through its C++ header.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include <nlohmann/json.hpp>

#include "host/base/file.hpp"
#include "host/inspection/evidence.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/trace/trace.hpp"
#include "personalization/pki/key_store.hpp"
#include "qr/card_identity.hpp"
#include "qr/drawing.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"
#include "tests/unit/host/sdk/linked_card.hpp"
#include "tests/unit/temporary_directory.hpp"

using namespace cancuoc;
using test::FingerprintCard;
using test::FingerprintPki;
using test::IssuedCard;
using test::issuersStore;
using test::LinkedCard;
using test::readingOf;
using test::TestCard;
using Json = nlohmann::ordered_json;

namespace {

template <class Call>
cancuoc_status statusOf(Call&& call) {
    try {
        call();
        return CANCUOC_OK;
    } catch (const Failure& failure) {
        CHECK(std::string(failure.what()) != "");
        return failure.status();
    }
}

cancuoc_status statusOf(Reading& reading) {
    return statusOf([&] { static_cast<void>(reading.run()); });
}

} // namespace

TEST_CASE("the library tells its version and names its statuses") {
    CHECK(version() == "1.0.0");
    CHECK(statusName(CANCUOC_OK) == "ok");
    CHECK(std::string(cancuoc_status_name(CANCUOC_INTERNAL_ERROR)) == "internal-error");
    CHECK(std::string(cancuoc_status_name(-1)) == "unknown");
    CHECK(std::string(cancuoc_status_name(23)) == "unknown");
}

TEST_CASE("a genuine card behind a program's own link is genuine, and all of it is there") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto result = reading.run();
    CHECK(result.verdict() == CANCUOC_GENUINE);
    CHECK(result.reasons().empty());
    CHECK(result.checks().size() == 12);
    CHECK(result.check("chip-authentication").outcome == CANCUOC_PASSED);
    CHECK(result.check("terminal-authentication").outcome == CANCUOC_NOT_PERFORMED);

    CHECK(result.field(CANCUOC_FIELD_READER) == "a program's reader");
    CHECK(result.field(CANCUOC_FIELD_ACCESS_PROTOCOL) == "PACE");
    CHECK(result.field(CANCUOC_FIELD_NUMBER) == TestCard::record().number);
    CHECK(result.field(CANCUOC_FIELD_FULL_NAME) == TestCard::record().fullName);
    CHECK(result.field(CANCUOC_FIELD_MRZ).value().size() == 92);
    CHECK(result.field(CANCUOC_FIELD_SPOUSE_NAME).has_value());

    const auto inspected = issued.card.inspect();
    CHECK(result.file("DG2") == inspected.files.at(lds::FileId::DataGroup2));
    CHECK(result.file("EF.SOD") == inspected.files.at(lds::FileId::Sod));
    CHECK_FALSE(result.file("DG7").has_value());
    CHECK(result.documentSigner() == inspected.documentSigner);
    CHECK(result.encodedFace() == inspected.face->data);
    const auto face = result.face();
    REQUIRE(face.has_value());
    CHECK(face->pixels.size() == std::size_t{face->width} * face->height * 3);
    const auto image = result.faceImage();
    REQUIRE(image);
    CHECK(image->format == CANCUOC_IMAGE_JPEG);
    CHECK(image->width == face->width);

    auto json = Json::parse(result.json());
    auto expected = inspection::toJson(inspected);
    for (const auto* member : {"apdu", "reader"}) {
        json.erase(member);
        expected.erase(member);
    }
    CHECK(json == expected);
}

TEST_CASE("without a trust store, or with another person's number, the card is not called genuine") {
    IssuedCard issued;
    const auto empty = TrustStore::inMemory();
    auto reading = readingOf(issued.linked, empty);
    const auto result = reading.run();
    CHECK(result.verdict() == CANCUOC_INCOMPLETE);
    CHECK_FALSE(result.reasons().empty());

    auto other = readingOf(issued.linked, empty);
    other.key(CANCUOC_KEY_NUMBER, "001299999999");
    CHECK(statusOf(other) == CANCUOC_WRONG_ACCESS_KEY);
}

TEST_CASE("an MRZ with a wrong check digit is refused, and does not make the card look forged") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    auto mrz = reading.run().field(CANCUOC_FIELD_MRZ).value();
    CHECK(reading.key(CANCUOC_KEY_MRZ, mrz).run().genuine());
    auto& composite = mrz.at(60); // the last of the second line; a line feed stands between the lines
    composite = composite == '0' ? '1' : '0';
    cancuoc_error error{};
    CHECK(cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_MRZ, mrz.c_str(), &error) ==
          CANCUOC_BAD_CONFIGURATION);
    CHECK(std::string(error.message).find("composite") != std::string::npos);
    CHECK(reading.run().genuine());
}

TEST_CASE("a forged card is a result, and the check that found it says why") {
    TestCard forged(TestCard::image(test::strangersSigner()));
    auto connection = forged.powerOn();
    LinkedCard linked(connection);
    const auto store = issuersStore();
    auto reading = readingOf(linked, store);
    const auto result = reading.run();
    CHECK(result.verdict() == CANCUOC_NOT_GENUINE);
    CHECK(result.check("passive-authentication.chain").outcome == CANCUOC_FAILED);
    CHECK_FALSE(result.check("passive-authentication.chain").reason.empty());
}

TEST_CASE("JSON holds what a terminal would obey as its number, and the value is the card's") {
    auto image = TestCard::image();
    const auto file = std::find_if(image.files.begin(), image.files.end(),
                                   [](const auto& each) { return each.fileIdentifier == 0x010D; });
    auto dataGroup13 = lds::VietnameseDataGroup13::decode(file->content);
    dataGroup13.citizen.fullName = "A\x7F B";
    file->content = dataGroup13.encode();
    TestCard forged(image);
    auto connection = forged.powerOn();
    LinkedCard linked(connection);
    const auto store = issuersStore();
    const auto json = readingOf(linked, store).run().json();
    CHECK(json.find('\x7F') == std::string::npos);
    CHECK(Json::parse(json)["citizen"]["fullName"] == "A\x7F B");
}

TEST_CASE("events tell the person and the verdict before the face, and their results end with the call") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    std::vector<cancuoc_event_kind> kinds;
    cancuoc_result* kept = nullptr;
    reading.observer([&](const cancuoc_event& event) {
        if (event.kind == CANCUOC_EVENT_FILE_PROGRESS || event.kind == CANCUOC_EVENT_FILE_READ) {
            CHECK(event.file != nullptr);
            CHECK(event.bytes_read <= event.bytes_total);
            return true;
        }
        cancuoc_verdict verdict = CANCUOC_INCOMPLETE;
        if (event.kind == CANCUOC_EVENT_IDENTITY_READ) {
            char name[256];
            CHECK(cancuoc_result_field(event.so_far, CANCUOC_FIELD_FULL_NAME, name, sizeof name, nullptr,
                                       nullptr) == CANCUOC_OK);
            CHECK(name == TestCard::record().fullName);
            CHECK(cancuoc_result_verdict(event.so_far, &verdict, nullptr) == CANCUOC_NOT_FOUND);
            kept = event.so_far;
        }
        if (event.kind == CANCUOC_EVENT_IDENTITY_JUDGED) {
            CHECK(event.verdict == CANCUOC_GENUINE);
            CHECK(cancuoc_result_verdict(event.so_far, &verdict, nullptr) == CANCUOC_OK);
            CHECK(verdict == CANCUOC_GENUINE);
        }
        if (event.kind == CANCUOC_EVENT_FACE_READ) {
            cancuoc_image image{};
            CHECK(cancuoc_result_face(event.so_far, &image, nullptr) == CANCUOC_OK);
            CHECK(image.format == CANCUOC_IMAGE_JPEG);
        }
        if (event.kind != CANCUOC_EVENT_CHECK_SETTLED) {
            kinds.push_back(event.kind);
        } else {
            CHECK(event.check != nullptr);
            CHECK(event.reason != nullptr);
        }
        return true;
    });
    CHECK(reading.run().genuine());
    CHECK(kinds == std::vector<cancuoc_event_kind>{CANCUOC_EVENT_ACCESS_OPENED, CANCUOC_EVENT_IDENTITY_READ,
                                                   CANCUOC_EVENT_IDENTITY_JUDGED, CANCUOC_EVENT_FACE_READ,
                                                   CANCUOC_EVENT_FINISHED});
    CHECK(cancuoc_result_close(kept, nullptr) == CANCUOC_INVALID_HANDLE);
}

TEST_CASE("an event without a verdict or a check says nothing good of the card") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    unsigned withVerdict = 0;
    unsigned withOutcome = 0;
    reading.observer([&](const cancuoc_event& event) {
        const bool hasVerdict =
            event.kind == CANCUOC_EVENT_IDENTITY_JUDGED || event.kind == CANCUOC_EVENT_FINISHED;
        const bool hasOutcome = event.kind == CANCUOC_EVENT_CHECK_SETTLED;
        withVerdict += hasVerdict ? 1 : 0;
        withOutcome += hasOutcome ? 1 : 0;
        CHECK((event.verdict == CANCUOC_GENUINE) == hasVerdict);
        CHECK((event.verdict == CANCUOC_NO_VERDICT) != hasVerdict);
        CHECK((event.outcome == CANCUOC_NO_OUTCOME) != hasOutcome);
        return true;
    });
    CHECK(reading.run().genuine());
    CHECK(withVerdict == 2);
    CHECK(withOutcome > 5);
}

TEST_CASE("a card that comes back is told of from the beginning: nothing of it is proven yet") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    issued.linked.failure = CANCUOC_CARD_RESET;
    unsigned identities = 0;
    unsigned judgements = 0;
    reading.observer([&](const cancuoc_event& event) {
        if (event.kind == CANCUOC_EVENT_IDENTITY_JUDGED && ++judgements == 1) {
            // The first is mended in passing, by opening access anew, the second by PACE anew; the third
            // begins the reading anew.
            issued.linked.failBefore = issued.linked.commands;
            issued.linked.failures = 3;
        }
        if (event.kind == CANCUOC_EVENT_IDENTITY_READ) {
            ++identities;
            cancuoc_verdict verdict{};
            cancuoc_check outcome{};
            const auto statusOfCheck = [&](const char* name) {
                return cancuoc_result_check(event.so_far, name, &outcome, nullptr, 0, nullptr, nullptr);
            };
            CHECK(cancuoc_result_verdict(event.so_far, &verdict, nullptr) == CANCUOC_NOT_FOUND);
            CHECK(statusOfCheck("passive-authentication.chain") == CANCUOC_NOT_FOUND);
            CHECK(statusOfCheck("active-authentication") == CANCUOC_NOT_FOUND);
            CHECK(statusOfCheck("access-control") == CANCUOC_OK);
            CHECK(outcome == CANCUOC_PASSED);
        }
        return true;
    });
    CHECK(reading.run().genuine());
    CHECK(identities == 2);
    CHECK(judgements == 2);
}

TEST_CASE("a reading is ended by its callback, from another thread, and by its deadline") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    reading.observer([](const cancuoc_event& event) { return event.kind != CANCUOC_EVENT_IDENTITY_READ; });
    CHECK(statusOf(reading) == CANCUOC_CANCELLED);

    reading.observer([&](const cancuoc_event& event) {
        if (event.kind == CANCUOC_EVENT_ACCESS_OPENED) {
            std::thread([&] { reading.cancel(); }).join();
        }
        return true;
    });
    CHECK(statusOf(reading) == CANCUOC_CANCELLED);

    reading.observer([](const cancuoc_event&) { return true; });
    reading.cancel();
    CHECK(statusOf(reading) == CANCUOC_CANCELLED);
    CHECK(statusOf(reading) == CANCUOC_OK);

    reading.waits(0, 0, 1);
    reading.observer([](const cancuoc_event&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return true;
    });
    CHECK(statusOf(reading) == CANCUOC_TIMEOUT);
}

TEST_CASE("a trust store that was moved from is not taken for none") {
    IssuedCard issued;
    auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto moved = std::move(store);
    const auto statusOf = [](auto&& call) {
        try {
            call();
        } catch (const Failure& failure) {
            return failure.status();
        }
        return cancuoc_status{CANCUOC_OK};
    };
    // NOLINTBEGIN(bugprone-use-after-move): that is the question
    CHECK(statusOf([&] { reading.trust(store); }) == CANCUOC_INVALID_HANDLE);
    CHECK(statusOf([&] { static_cast<void>(verifyEvidence({}, store)); }) == CANCUOC_INVALID_HANDLE);
    // NOLINTEND(bugprone-use-after-move)
    CHECK(reading.run().genuine());
}

TEST_CASE("what an observer throws ends the reading, and comes out of the call that reads") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    bool isOpen = false;
    reading.observer([&isOpen](const cancuoc_event&) -> bool {
        if (!isOpen) {
            throw std::logic_error("the form is closed");
        }
        return true;
    });
    CHECK_THROWS_WITH_AS(static_cast<void>(reading.run()), "the form is closed", std::logic_error);
    isOpen = true;
    CHECK(reading.run().genuine());
}

TEST_CASE("a callback that calls back with the handles in use is told so, and the reading goes on") {
    IssuedCard issued;
    auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto certificate = test::issuer().trustStore().certificates().front().der();
    const auto statusIn = [](const auto& call) {
        try {
            call();
            return cancuoc_status(CANCUOC_OK);
        } catch (const Failure& failure) {
            return failure.status();
        }
    };
    unsigned asked = 0;
    reading.observer([&](const cancuoc_event& event) {
        if (event.kind == CANCUOC_EVENT_IDENTITY_READ) {
            ++asked;
            CHECK(statusIn([&] { reading.key(CANCUOC_KEY_CAN, "123456"); }) == CANCUOC_BUSY);
            CHECK(statusIn([&] { static_cast<void>(reading.run()); }) == CANCUOC_BUSY);
            CHECK(statusIn([&] { store.import(certificate); }) == CANCUOC_BUSY);
            CHECK(statusIn([&] { static_cast<void>(store.summary()); }) == CANCUOC_OK); // looks at it alone
        }
        return true;
    });
    CHECK(reading.run().genuine());
    CHECK(asked == 1);
    CHECK(statusIn([&] { store.import(certificate); }) == CANCUOC_OK);
    CHECK(statusIn([&] { reading.key(CANCUOC_KEY_CAN, "123456"); }) == CANCUOC_OK);
}

TEST_CASE("an observer that another could not replace goes on being asked") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    unsigned asked = 0;
    std::string context(100, 'x'); // lives in the observer's closure
    reading.observer([&reading, &asked, context](const cancuoc_event&) {
        ++asked;
        CHECK_THROWS_AS(reading.observer([](const cancuoc_event&) { return false; }), Failure);
        CHECK(context == std::string(100, 'x'));
        return true;
    });
    CHECK(reading.run().genuine());
    CHECK(asked > 3);
}

TEST_CASE("the six digits of the CAN open a card as its whole number does") {
    IssuedCard issued;
    const auto store = issuersStore();
    const auto number = TestCard::record().number;
    Reading reading;
    reading.key(CANCUOC_KEY_CAN, number.substr(number.size() - 6))
        .trust(store)
        .cardLink(issued.linked.link());
    reading.time(test::IssuingFixture::clock()().time_since_epoch().count());
    const auto result = reading.run();
    CHECK(result.genuine());
    CHECK(result.field(CANCUOC_FIELD_ACCESS_PASSWORD) == "CAN");
    CHECK(result.field(CANCUOC_FIELD_NUMBER) == number);
}

TEST_CASE("of two ways to the card the later one counts") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    reading.reader("no such reader");
    CHECK(statusOf(reading) == CANCUOC_READER_UNAVAILABLE);
    CHECK(reading.cardLink(issued.linked.link()).run().genuine());
}

TEST_CASE("keys may be given in any order, and what is no key is refused") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto statusOfKey = [&](cancuoc_key kind, const std::string& text) {
        return cancuoc_reading_set_key(reading.handle(), kind, text.c_str(), nullptr);
    };
    for (const cancuoc_key kind : {CANCUOC_KEY_NUMBER, CANCUOC_KEY_CAN, CANCUOC_KEY_MRZ, CANCUOC_KEY_PIN,
                                   CANCUOC_KEY_PUK, CANCUOC_KEY_DOCUMENT_NUMBER}) {
        CHECK(statusOfKey(kind, "") == CANCUOC_BAD_CONFIGURATION);
    }
    CHECK(statusOfKey(CANCUOC_KEY_DOCUMENT_NUMBER, std::string(31, 'A')) == CANCUOC_BAD_CONFIGURATION);
    const auto result = reading.run();
    const auto field = [&](cancuoc_field of) { return result.field(of).value(); };
    // The document number opens nothing before its dates are there, and hinders no other key.
    CHECK(statusOfKey(CANCUOC_KEY_DOCUMENT_NUMBER, field(CANCUOC_FIELD_DOCUMENT_NUMBER)) == CANCUOC_OK);
    CHECK(statusOfKey(CANCUOC_KEY_NUMBER, TestCard::record().number) == CANCUOC_OK);
    CHECK(reading.run().genuine());
    // Another date of expiry: the number opens the card, which is not the one that was meant.
    reading.dates(field(CANCUOC_FIELD_MRZ_BIRTH_DATE), "2124-01-02");
    CHECK(reading.run().verdict() == CANCUOC_NOT_GENUINE);
}

TEST_CASE("data groups, policy and a store in a folder are the program's choice") {
    IssuedCard issued;
    const test::TemporaryDirectory directory;
    const auto folder = (directory.path() / "trust").string();
    {
        auto made = TrustStore::create(folder);
        for (const auto& certificate : test::issuer().trustStore().certificates()) {
            const auto report = made.import(certificate.der());
            CHECK(report.added == 1);
            CHECK(report.reason.empty());
        }
        CHECK(statusOf([] { TrustStore::create(""); }) == CANCUOC_BAD_CONFIGURATION);
    }
    const auto store = TrustStore::open(folder);
    auto reading = readingOf(issued.linked, store);
    const auto result = reading.dataGroups({1, 13}).policy("fast").run();
    CHECK(result.field(CANCUOC_FIELD_POLICY) == "fast");
    CHECK_FALSE(result.faceImage());
    const auto files = result.fileNames();
    CHECK(std::count(files.begin(), files.end(), "DG13") == 1);
    CHECK(std::count(files.begin(), files.end(), "DG2") == 0);
    CHECK_FALSE(result.otherItem(99));
    CHECK(statusOf([&] { reading.policy("lenient"); }) == CANCUOC_BAD_CONFIGURATION);
    CHECK(statusOf([&] { reading.policy(folder); }) == CANCUOC_SYSTEM_ERROR);
}

TEST_CASE("a terminal with its keys in a folder is let at the fingers") {
    const FingerprintPki pki;
    const test::TemporaryDirectory directory;
    writeFile(directory.path() / "cvca.cvcert", pki.cvca.selfSigned().encoded());
    writeFile(directory.path() / "verifier.cvcert", pki.cvca.issue(pki.documentVerifier, 0x83).encoded());
    writeFile(directory.path() / "terminal.cvcert",
              pki.documentVerifier.issue(pki.inspectionSystem, 0x03).encoded());
    personalization::KeyStore().write(directory.path() / "terminal.key", pki.inspectionSystem.key());
    const auto store = issuersStore();
    FingerprintCard card(TestCard::image(), pki);
    LinkedCard linked(card.chip());
    auto reading = readingOf(linked, store);
    CHECK(reading.terminalKeys(directory.path()).run().file("DG3").has_value());
    CHECK_FALSE(reading.terminal(nullptr).run().file("DG3").has_value());
    const test::TemporaryDirectory empty;
    CHECK(statusOf([&] { reading.terminalKeys(empty.path()); }) == CANCUOC_BAD_CONFIGURATION);
    std::filesystem::create_directory(empty.path() / "terminal.key");
    CHECK(statusOf([&] { reading.terminalKeys(empty.path()); }) == CANCUOC_SYSTEM_ERROR);
}

TEST_CASE("a card pulled before any command ends the call by name, and the next call reads it to the end") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto first = readingOf(issued.linked, store);
    CHECK(first.run().genuine());
    const auto commands = issued.linked.commands;
    REQUIRE(commands > 10);
    for (std::size_t command = 0; command < commands; ++command) {
        CAPTURE(command);
        auto reading = readingOf(issued.linked, store);
        issued.linked.commands = 0;
        issued.linked.failBefore = command;
        issued.linked.failure = CANCUOC_CARD_REMOVED;
        CHECK(statusOf(reading) == CANCUOC_CARD_REMOVED);
        CHECK(reading.run().genuine());
        issued.linked.commands = 0;
        issued.linked.failBefore = command;
        issued.linked.failure = CANCUOC_CARD_RESET;
        CHECK(reading.run().genuine());
    }
}

TEST_CASE("a link that does what it may not is told apart from a card") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    issued.linked.failBefore = 3;
    issued.linked.failure = 4711;
    CHECK(statusOf(reading) == CANCUOC_CALLBACK_FAILED);

    auto link = issued.linked.link();
    link.transmit = [](void*, const std::uint8_t*, std::size_t, std::uint8_t*, std::size_t capacity,
                       std::size_t* length) -> cancuoc_status {
        *length = capacity + 1;
        return CANCUOC_OK;
    };
    reading.cardLink(link);
    CHECK(statusOf(reading) == CANCUOC_CALLBACK_FAILED);
}

TEST_CASE("the challenge of a server is signed, and counts for one reading") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const std::array<std::uint8_t, 8> challenge{1, 2, 3, 4, 5, 6, 7, 8};
    const auto used = [&] {
        const auto answered = reading.run().activeAuthentication();
        REQUIRE(answered);
        CHECK_FALSE(answered->signature.empty());
        return answered->challenge;
    };
    CHECK(reading.challenge(challenge).run().activeAuthentication()->challenge == challenge);
    CHECK(used() != challenge);

    reading.challenge(challenge);
    issued.linked.commands = 0;
    issued.linked.failBefore = 12;
    CHECK(statusOf(reading) == CANCUOC_CARD_REMOVED);
    CHECK(used() == challenge); // the reading goes on
    CHECK_FALSE(readingOf(issued.linked, store).policy("fast").run().activeAuthentication());
}

TEST_CASE("evidence is judged again without the card, and by the command line's format") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto result = reading.run();
    auto evidence = result.evidence();
    CHECK(inspection::Evidence::decode(evidence).verdict == inspection::Verdict::Genuine);

    const auto verified = verifyEvidence(evidence, store);
    CHECK(verified.genuine());
    CHECK(verifyEvidence(evidence, nullptr).verdict() == CANCUOC_INCOMPLETE);
    CHECK_THROWS_AS(static_cast<void>(verified.evidence()), Failure);
    const auto statusWithPolicy = [&](const std::string& policy) {
        return statusOf([&] { static_cast<void>(verifyEvidence(evidence, store, policy)); });
    };
    CHECK(statusWithPolicy("lenient") == CANCUOC_BAD_CONFIGURATION);
    CHECK(statusWithPolicy("/") == CANCUOC_SYSTEM_ERROR);
    evidence[evidence.size() / 2] ^= 1U;
    evidence.resize(evidence.size() - 3);
    CHECK(statusOf([&] { static_cast<void>(verifyEvidence(evidence, store)); }) == CANCUOC_MALFORMED_DATA);
}

TEST_CASE("a recorded session leaves a redacted trace, whichever way it ended") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    CHECK(statusOf([&] { static_cast<void>(reading.trace()); }) == CANCUOC_NOT_FOUND);
    reading.recording(true);
    const auto requireRedacted = [&] {
        const auto text = reading.trace();
        CHECK(text.find(TestCard::record().number) == std::string::npos);
        CHECK_FALSE(trace::read(text).entries.empty());
    };
    static_cast<void>(reading.run());
    requireRedacted();
    issued.linked.commands = 0;
    issued.linked.failBefore = 12;
    CHECK(statusOf(reading) == CANCUOC_CARD_REMOVED);
    requireRedacted();
}

TEST_CASE("the text of a QR code gives the number, and is compared with the chip") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto result = reading.run();
    const auto payload = qr::toPayload(qr::cardIdentityFromJson(Json::parse(result.json())));
    const auto text = qr::formatPayload(payload, qr::Profile::Cccd2021);
    CHECK(qrNumber(text) == TestCard::record().number);
    CHECK(result.matches(text));
    CHECK(result.compare(text).matches);
    CHECK(Json::parse(result.compare(text).json)["fields"].is_array());
    auto other = payload;
    other.residence = "Xã Không Có, Tỉnh Khác";
    CHECK_FALSE(result.matches(qr::formatPayload(other, qr::Profile::Cccd2021)));
    CHECK(statusOf([] { static_cast<void>(qrNumber("hello")); }) == CANCUOC_MALFORMED_DATA);
    CHECK(Json::parse(qrJson(text))["kind"] == "identity-card");
    CHECK(findQrCodes(qr::toPng(qr::Symbol::encode(text), {})) == std::vector<std::string>{text});
}

TEST_CASE("an element of a list that is not longer than expected is asked for once") {
    unsigned calls = 0;
    const auto fetch = [&calls](std::size_t expected) {
        calls = 0;
        return detail::list(
            [&calls](std::size_t index, char* buffer, std::size_t capacity, std::size_t* length,
                     cancuoc_error* error) {
                ++calls;
                if (index == 2) {
                    error->status = CANCUOC_NOT_FOUND;
                    return error->status;
                }
                return cancuoc_qr_json("x", 1, buffer, capacity, length, error);
            },
            expected);
    };
    const auto elements = fetch(0);
    CHECK(elements == std::vector<std::string>(2, qrJson("x")));
    CHECK(calls == 5);
    CHECK(fetch(elements[0].size()) == elements); // no room for the NUL
    CHECK(calls == 5);
    CHECK(fetch(elements[0].size() + 1) == elements);
    CHECK(calls == 3);
}

TEST_CASE("a program takes back the trust store and the observer that it gave") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    unsigned told = 0;
    reading.observer([&told](const cancuoc_event&) { return ++told != 0; });
    CHECK(reading.trust(nullptr).run().verdict() == CANCUOC_INCOMPLETE);
    CHECK(told > 0);
    told = 0;
    CHECK(reading.observer(nullptr).trust(store).run().genuine());
    CHECK(told == 0);
}

TEST_CASE("a trust store takes certificates, says what it holds, and is not changed while a card is read") {
    auto store = issuersStore();
    CHECK(store.summary().certificates == 1);
    CHECK(store.summary().anchors == 1);
    CHECK(store.summary().crls == 0);
    CHECK(Json::parse(store.json())["certificates"].size() == 1);
    const auto report = store.import(Bytes{1, 2, 3});
    CHECK(report.refused == 1);
    CHECK(report.reason.find("neither a certificate") != std::string::npos);

    IssuedCard issued;
    auto reading = readingOf(issued.linked, store);
    cancuoc_status during = CANCUOC_OK;
    reading.observer([&](const cancuoc_event&) {
        const std::uint8_t byte = 0;
        during = cancuoc_trust_store_import(store.handle(), &byte, 1, nullptr, nullptr, 0, nullptr);
        return true;
    });
    CHECK(reading.run().genuine());
    CHECK(during == CANCUOC_BUSY);
}

TEST_CASE("a terminal with its keys behind a program's functions is let at the fingers") {
    const FingerprintPki pki;
    const auto store = issuersStore();
    std::vector<std::string> asked;
    std::string holder;
    Terminal terminal;
    terminal.certificates = [&](const std::vector<std::string>& trustPoints) {
        asked = trustPoints;
        return std::vector<Bytes>{pki.cvca.selfSigned().encoded(),
                                  pki.cvca.issue(pki.documentVerifier, 0x83).encoded(),
                                  pki.documentVerifier.issue(pki.inspectionSystem, 0x03).encoded()};
    };
    terminal.sign = [&](const std::string& reference, const Bytes& message) {
        holder = reference;
        return pki.inspectionSystem.sign(message);
    };
    const auto read = [&] {
        FingerprintCard card(TestCard::image(), pki);
        LinkedCard linked(card.chip());
        return readingOf(linked, store).terminal(terminal).run();
    };
    const auto result = read();
    CHECK(asked == std::vector<std::string>{pki.cvca.reference()});
    CHECK(holder == pki.inspectionSystem.reference());
    CHECK(result.check("terminal-authentication").outcome == CANCUOC_PASSED);
    CHECK(result.file("DG3").has_value());
    CHECK(result.genuine());

    const auto requireUnread = [&] {
        const auto without = read();
        CHECK(without.check("terminal-authentication").outcome == CANCUOC_NOT_PERFORMED);
        CHECK_FALSE(without.file("DG3").has_value());
        CHECK(without.genuine());
    };
    terminal.sign = [](const std::string&, const Bytes&) -> Bytes { throw std::runtime_error("no token"); };
    requireUnread();
    terminal.sign = [](const std::string&, const Bytes&) { return Bytes(1000); };
    requireUnread();
    terminal.certificates = [](const std::vector<std::string>&) -> std::vector<Bytes> {
        throw std::runtime_error("no network");
    };
    requireUnread();
    terminal.certificates = [](const std::vector<std::string>&) { return std::vector<Bytes>{{1, 2, 3}}; };
    requireUnread();
}
