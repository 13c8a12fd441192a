// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/tools/teller/window/screens.hpp"

#include <algorithm>
#include <stdexcept>

#include "host/inspection/check_name.hpp"
#include "host/inspection/consistency.hpp"
#include "personalization/sample/portrait_drawing.hpp"

namespace cancuoc::test {

namespace {

using namespace teller;
using inspection::Verdict;
using trust::CheckResult;

namespace check_name = inspection::check_name;

Person inventedPerson() {
    Person person;
    person.entries = {
        {PersonItem::FullName, "Nguyễn Thị Ánh Nguyệt Mẫu"},
        {PersonItem::Number, "001399000002"},
        {PersonItem::BirthDate, "09/08/2099"},
        {PersonItem::Sex, "Nữ"},
        {PersonItem::Nationality, "Việt Nam"},
        {PersonItem::PlaceOfOrigin, "Xã Đường Lâm Mẫu, Thị xã Sơn Tây, Hà Nội"},
        {PersonItem::Residence, "Số 128 đường Nguyễn Khuyến Mẫu, Phường Văn Quán, Quận Hà Đông, Hà Nội"},
        {PersonItem::IssueDate, "02/01/2114"},
        {PersonItem::ExpiryDate, "09/08/2124"},
        {PersonItem::OldNumber, "299000002"},
        {PersonItem::Ethnicity, "Kinh"},
        {PersonItem::Religion, "Không"},
        {PersonItem::DistinguishingFeatures, "Nốt ruồi cách 1 cm dưới trước đầu lông mày trái"},
        {PersonItem::FatherName, "Nguyễn Văn Mẫu"},
        {PersonItem::MotherName, "Trần Thị Mẫu"}};
    return person;
}

biometric::Pixels drawnFace() {
    personalization::Lot lot(2099, 7);
    auto image =
        personalization::drawPortrait({.sex = personalization::Sex::Female, .age = 15, .mark = {}}, lot);
    return {static_cast<std::uint32_t>(image.width), static_cast<std::uint32_t>(image.height),
            static_cast<std::uint8_t>(image.channels), std::move(image.pixels)};
}

std::vector<qr::FieldComparison> matchingQr() {
    return {{"number", "001399000002", "001399000002", qr::FieldResult::Matches},
            {"oldNumber", "299000002", "299000002", qr::FieldResult::Matches},
            {"fullName", "Nguyễn Thị Ánh Nguyệt Mẫu", "Nguyễn Thị Ánh Nguyệt Mẫu", qr::FieldResult::Matches},
            {"birthDate", "09082099", "09/08/2099", qr::FieldResult::Matches},
            {"sex", "Nữ", "Nữ", qr::FieldResult::Matches},
            {"residence", "Số 128 đường Nguyễn Khuyến Mẫu, Phường Văn Quán, Quận Hà Đông, Hà Nội",
             "Số 128 đường Nguyễn Khuyến Mẫu, Phường Văn Quán, Quận Hà Đông, Hà Nội",
             qr::FieldResult::Matches},
            {"issueDate", "02012114", "02/01/2114", qr::FieldResult::Matches}};
}

// Every check passed, but for what the standard policy does not need.
Outcome goodOutcome() {
    Outcome outcome;
    outcome.judgement.verdict = Verdict::Genuine;
    outcome.policy = "standard";
    for (const auto name : check_name::all) {
        outcome.checks.push_back({std::string(name), CheckResult::Passed, ""});
    }
    outcome.checks[7] = {std::string(check_name::terminalAuthentication), CheckResult::NotPerformed,
                         "no terminal keys were given"};
    outcome.person = inventedPerson();
    outcome.time = std::chrono::sys_days(std::chrono::year(2116) / 5 / 4) + std::chrono::hours(3);
    outcome.reader = "Virtual PCD 00 00";
    outcome.evidence = {'{', '}'};
    outcome.evidenceSha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    return outcome;
}

Outcome goodOutcomeWithQr() {
    auto outcome = goodOutcome();
    outcome.comparisons = matchingQr();
    return outcome;
}

Outcome expiredOutcome() {
    auto outcome = goodOutcome();
    outcome.person.expired = true;
    outcome.remarks = {"The document expired on 2124-08-09."};
    return outcome;
}

Outcome differingOutcome() {
    auto outcome = goodOutcomeWithQr();
    outcome.comparisons[2].onQr = "Nguyễn Thị Ánh Tuyết Mẫu";
    outcome.comparisons[2].result = qr::FieldResult::Differs;
    return outcome;
}

Outcome forgedOutcome() {
    auto outcome = goodOutcome();
    outcome.judgement = {Verdict::NotGenuine, {"passive-authentication.hashes failed: DG2"}};
    outcome.checks[1] = {std::string(check_name::hashes), CheckResult::Failed,
                         "DG2 has not the hash that was signed"};
    return outcome;
}

Outcome unprovenOutcome() {
    auto outcome = goodOutcome();
    outcome.judgement = {Verdict::Incomplete,
                         {"passive-authentication.chain not-performed: there is no trust store"}};
    outcome.checks[3] = {std::string(check_name::chain), CheckResult::NotPerformed,
                         "there is no trust store"};
    return outcome;
}

Outcome unprovenOutcomeWithDifferingQr() {
    auto outcome = unprovenOutcome();
    outcome.comparisons = differingOutcome().comparisons;
    return outcome;
}

Outcome unprovenExpiredOutcome() {
    auto outcome = unprovenOutcome();
    outcome.person.expired = true;
    return outcome;
}

Outcome outcomeOfAnotherNumber() {
    auto outcome = goodOutcome();
    outcome.judgement = {Verdict::NotGenuine, {"consistency.number failed"}};
    outcome.checks[10] = {std::string(check_name::number), CheckResult::Failed,
                          std::string(inspection::anotherNumber)};
    return outcome;
}

std::vector<ReadingEvent> readUntilFace() {
    return {reading_event::Opened{}, reading_event::PersonRead{inventedPerson()},
            reading_event::FaceProgress{9000, 15000}};
}

std::vector<ReadingEvent> readWith(Outcome outcome) {
    auto events = readUntilFace();
    events.emplace_back(reading_event::FaceRead{drawnFace()});
    events.emplace_back(reading_event::Finished{std::move(outcome)});
    return events;
}

std::vector<ReadingEvent> lifted() {
    auto events = readUntilFace();
    events.emplace_back(reading_event::CardLifted{});
    return events;
}

std::string inventedZone() {
    return "IDVNM2990000011001299000001<<2 9901018M2401014VNM<<<<<<<<<<<2 NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";
}

std::vector<ReadingEvent> failed(Failure failure) {
    return {reading_event::Failed{failure, "why"}};
}

} // namespace

std::string inventedQr() {
    return "001399000002|299000002|Nguyễn Thị Ánh Nguyệt Mẫu|09082099|Nữ|Số 128 đường Nguyễn Khuyến Mẫu, "
           "Phường Văn Quán, Quận Hà Đông, Hà Nội|02012114";
}

std::vector<Screen> allScreens() {
    const auto here = ReaderStatus::CardPresent;
    const auto mute = ReaderStatus::CardMute;
    const std::string can = "000002";
    return {
        {"waiting", ReaderStatus::Empty, "", {}, Phase::Waiting},
        {"no-reader", ReaderStatus::Missing, "", {}, Phase::Waiting},
        {"wrong-input", ReaderStatus::Empty, "12345", {}, Phase::Waiting},
        {"mrz-line", ReaderStatus::Empty, "IDVNM2990000011001299000001<<2", {}, Phase::Waiting},
        {"card-wanted", ReaderStatus::Empty, can, {reading_event::CardWanted{}}, Phase::CardWanted},
        {"reading", here, can, {}, Phase::Reading},
        {"reading-face", here, can, readUntilFace(), Phase::Reading},
        {"card-lifted", ReaderStatus::Empty, can, lifted(), Phase::CardLifted},
        {"genuine", here, can, readWith(goodOutcome()), Phase::Genuine},
        {"genuine-qr", here, inventedQr(), readWith(goodOutcomeWithQr()), Phase::Genuine},
        {"genuine-checks", here, can, readWith(goodOutcome()), Phase::Genuine, /*showChecks*/ true},
        {"expired", here, can, readWith(expiredOutcome()), Phase::Genuine},
        {"qr-differs", here, inventedQr(), readWith(differingOutcome()), Phase::Genuine},
        {"not-genuine", here, can, readWith(forgedOutcome()), Phase::NotGenuine},
        {"not-genuine-checks", here, can, readWith(forgedOutcome()), Phase::NotGenuine, /*showChecks*/ true},
        {"not-checked", here, can, readWith(unprovenOutcome()), Phase::NotChecked},
        {"not-checked-qr-differs", here, inventedQr(), readWith(unprovenOutcomeWithDifferingQr()),
         Phase::NotChecked},
        {"not-checked-expired", here, can, readWith(unprovenExpiredOutcome()), Phase::NotChecked},
        {"another-number", here, "001399000002", readWith(outcomeOfAnotherNumber()), Phase::NotGenuine},
        {"not-checked-busy", here, can, failed(Failure::ReaderBusy), Phase::NotChecked},
        {"not-put-back", ReaderStatus::Empty, can, failed(Failure::CardNotBack), Phase::NotChecked},
        {"wrong-key", here, can, failed(Failure::WrongKey), Phase::WrongKey},
        {"wrong-qr", here, inventedQr(), failed(Failure::WrongKey), Phase::WrongKey},
        {"wrong-mrz", here, inventedZone(), failed(Failure::WrongKey), Phase::WrongKey},
        {"card-mute", mute, can, {reading_event::CardWanted{}}, Phase::CardWanted},
        {"lifted-mute", mute, can, lifted(), Phase::CardLifted},
        {"not-checked-mute", mute, can, failed(Failure::NoCardCame), Phase::NotChecked},
    };
}

Screen screenNamed(const std::string& name) {
    const auto screens = allScreens();
    const auto found = std::find_if(screens.begin(), screens.end(),
                                    [&](const Screen& screen) { return name == screen.name; });
    if (found == screens.end()) {
        throw std::invalid_argument("no screen is called " + name);
    }
    return *found;
}

} // namespace cancuoc::test
