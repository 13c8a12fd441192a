// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/inspection.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "host/inspection/assessment.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/clone_proof.hpp"
#include "host/inspection/document_checks.hpp"
#include "host/inspection/document_reader.hpp"
#include "host/inspection/lds2_reader.hpp"
#include "host/inspection/terminal_access.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;
using trust::CheckResult;

// One inspection while it runs: the steps of the plan, and what they have found so far.
class Run {
public:
    Run(CardSession& session, RandomSource& random, std::chrono::sys_seconds time,
        const InspectionRequest& request, ReadingCache& cache, const EventObserver& observer)
        : request_(request), time_(time), random_(random), cache_(cache), observer_(observer),
          session_(session),
          assessment_(request, time, [this](const trust::Check& check) { tell(event::CheckSettled{check}); }),
          document_(assessment_.document()), checklist_(assessment_.checklist()),
          reader_(session_, random, request, document_, checklist_, cache, observer) {}

    InspectionResult run();

private:
    using Step = void (Run::*)();
    static const Step plan[];

    void readCardAccess();
    void readDirectory();
    void readStatedLengths();
    void openAccess();
    void readSecurityObject();
    void readDataGroup1();
    void readDataGroup13();
    void tellIdentity();
    void readDataGroup14();
    void checkChipAuthenticationMapping();
    void performChipAuthentication();
    void readCommonData();
    void readDataGroup15();
    void performActiveAuthentication();
    void judgeIdentity();
    void readDataGroup2();
    void performTerminalAuthentication();
    void readRemainingDataGroups();
    void readLds2Applications();
    void findFace();
    void findImages();
    void settleDocumentChecks();

    bool readDataGroup(int number);
    void readProtectedDataGroup(int number);
    [[nodiscard]] ChipAuthentication::Confirm confirmationByReading();
    [[nodiscard]] ChipAuthenticationProof
    proofThroughReset(const std::function<ChipAuthenticationProof()>& prove);
    [[nodiscard]] std::optional<std::string> twiceRefused(const std::function<void()>& protocol);
    void tell(const InspectionEvent& event) const;
    [[nodiscard]] InspectionResult result();

    const InspectionRequest& request_;
    std::chrono::sys_seconds time_;
    RandomSource& random_;
    ReadingCache& cache_;
    const EventObserver& observer_;
    CardSession& session_;
    Assessment assessment_;
    Document& document_;
    Checklist& checklist_;
    DocumentReader reader_;
    Bytes compressedTerminalKey_; // of Chip Authentication; empty unless it passed
    int reopeningsBeforeChipAuthentication_ = 0;
    std::set<int> openedDataGroups_; // by Terminal Authentication
    int reopeningsBeforeTerminalAuthentication_ = 0;
    std::optional<ActiveAuthenticationEvidence> activeAuthentication_;
    std::optional<Lds2Content> lds2_;
};

// What the first answer needs comes first, and the face, which is by far the longest file, when everything
// else about the person is known. Chip Authentication comes early, so that the rest is read with keys that
// only the genuine chip has; Terminal Authentication late, for DG3 and DG4 alone.
const Run::Step Run::plan[] = {
    &Run::readCardAccess,
    &Run::readDirectory,
    &Run::readStatedLengths,
    &Run::openAccess,
    &Run::checkChipAuthenticationMapping,
    &Run::readSecurityObject,
    &Run::readDataGroup1,
    &Run::readDataGroup13,
    &Run::tellIdentity,
    &Run::readDataGroup14,
    &Run::performChipAuthentication,
    &Run::readCommonData,
    &Run::readDataGroup15,
    &Run::performActiveAuthentication,
    &Run::judgeIdentity,
    &Run::readDataGroup2,
    &Run::findFace,
    &Run::performTerminalAuthentication,
    &Run::readRemainingDataGroups,
    &Run::readLds2Applications,
    &Run::findImages,
    &Run::settleDocumentChecks,
};

InspectionResult Run::run() {
    for (const auto step : plan) {
        (this->*step)();
    }
    return result();
}

void Run::readCardAccess() {
    reader_.readCardAccess();
}

void Run::readDirectory() {
    if (request_.lds2) {
        reader_.readDirectory();
    }
}

void Run::readStatedLengths() {
    reader_.readStatedLengths();
}

void Run::openAccess() {
    reader_.openAccess();
}

void Run::readSecurityObject() {
    const bool isRead = reader_.readFile(FileId::Sod);
    cache_.recognise(isRead ? BytesView(document_.files[FileId::Sod]) : BytesView());
    if (isRead) {
        assessment_.take(FileId::Sod);
    }
}

bool Run::readDataGroup(int number) {
    const bool isRead = reader_.readDataGroup(number);
    if (isRead) {
        assessment_.take(lds::dataGroupFile(number));
    }
    return isRead;
}

void Run::readDataGroup1() {
    readDataGroup(1);
}

void Run::readDataGroup13() {
    readDataGroup(13);
}

void Run::tellIdentity() {
    tell(event::IdentityRead{document_.dataGroup1 ? &*document_.dataGroup1 : nullptr,
                             document_.dataGroup13 ? &*document_.dataGroup13 : nullptr});
}

void Run::readDataGroup14() {
    readDataGroup(14);
}

// Doc 9303-11, 6: PACE may have authenticated the chip already.
void Run::checkChipAuthenticationMapping() {
    const auto& data = reader_.chipAuthenticationData();
    if (data && request_.policy.performCloneProofs) {
        assessment_.settleProofByMapping(
            proveByChipAuthenticationMapping(*data, document_, request_.trustStore, time_));
    }
}

ChipAuthenticationProof Run::proofThroughReset(const std::function<ChipAuthenticationProof()>& prove) {
    try {
        return prove();
    } catch (const CardReset&) {
        reader_.reopenAccess();
    }
    return prove();
}

void Run::performChipAuthentication() {
    // The mapping's answer stands; Terminal Authentication needs the ephemeral key of Chip Authentication
    // still.
    const auto byMapping = checklist_[check_name::chipAuthentication].result;
    if (byMapping == CheckResult::Failed || (byMapping == CheckResult::Passed && !request_.terminalKeys)) {
        return;
    }
    if (auto check = checkWithoutKey(check_name::chipAuthentication, 14, document_, request_)) {
        if (byMapping != CheckResult::Passed) {
            checklist_.settle(*std::move(check));
        }
        return;
    }
    if (byMapping == CheckResult::Passed && checkWithoutChipAuthenticationKey(*document_.dataGroup14)) {
        return;
    }
    const auto prove = [this](const ChipAuthentication::Confirm& confirm) {
        return proveByChipAuthentication(session_, random_, *document_.dataGroup14, confirm);
    };
    auto proof = proofThroughReset([&] { return prove(confirmationByReading()); });
    if (proof.check.result == CheckResult::Failed && !session_.secureMessagingActive()) {
        // A chip that lost its power for a moment has lost its keys too, and is no forgery for it; nor is one
        // that refuses EF.COM.
        reader_.reopenAccess();
        proof = prove({});
    }
    checklist_.settle(std::move(proof.check));
    compressedTerminalKey_ = std::move(proof.compressedTerminalKey);
    reopeningsBeforeChipAuthentication_ = reader_.reopenings();
    if (checklist_[check_name::chipAuthentication].result == CheckResult::Failed) {
        reader_.reopenAccess();
    }
}

// EF.COM, if it is still to be read, is as good a confirmation of new keys as any command.
ChipAuthentication::Confirm Run::confirmationByReading() {
    if (document_.knows(FileId::Com)) {
        return {};
    }
    return [this] { static_cast<void>(reader_.readFileUnderNewKeys(FileId::Com)); };
}

void Run::readCommonData() {
    if (!document_.knows(FileId::Com)) {
        reader_.readFile(FileId::Com);
    }
    if (document_.files.count(FileId::Com) != 0) {
        assessment_.take(FileId::Com);
    }
}

void Run::readDataGroup15() {
    readDataGroup(15);
}

void Run::performActiveAuthentication() {
    if (auto check = checkWithoutKey(check_name::activeAuthentication, 15, document_, request_)) {
        checklist_.settle(*std::move(check));
        return;
    }
    bool extendedLength = true;
    const auto refusal = twiceRefused([&] {
        try {
            auto proof = proveByActiveAuthentication(
                ActiveAuthentication(session_, random_, extendedLength), *document_.dataGroup15,
                document_.dataGroup14 ? &*document_.dataGroup14 : nullptr,
                request_.activeAuthenticationChallenge);
            checklist_.settle(std::move(proof.check));
            activeAuthentication_ = std::move(proof.evidence);
        } catch (const SecureMessagingError& ended) {
            // China: extended lengths are refused in plain (NFCPassportReader#223).
            extendedLength = ended.statusWord() != status_word::wrongLength.value();
            throw;
        }
    });
    if (refusal) {
        checklist_.settle({std::string(check_name::activeAuthentication), CheckResult::Failed, *refusal});
    }
}

// A chip that lost its power for a moment has lost its keys too, and answers in plain: it is asked once more.
// One that refuses the protocol answers so again; access is opened for what comes after it. Returns how it
// refused.
std::optional<std::string> Run::twiceRefused(const std::function<void()>& protocol) {
    try {
        protocol();
        return std::nullopt;
    } catch (const SecureMessagingError&) {
        reader_.reopenAccess();
    } catch (const CardReset&) {
        reader_.reopenAccess();
    }
    try {
        protocol();
        return std::nullopt;
    } catch (const SecureMessagingError& refusal) {
        if (!refusal.statusWord()) {
            throw;
        }
        reader_.reopenAccess();
        return "The card answered " + describe(StatusWord(*refusal.statusWord())) +
               " and left secure messaging.";
    }
}

// Nothing that is still to come can make this better; what is not as it was signed makes it worse.
void Run::judgeIdentity() {
    settleDocumentChecks();
    tell(event::IdentityJudged{judge(request_.policy, checklist_.all(), /*faceFound*/ true)});
}

void Run::readDataGroup2() {
    readDataGroup(2);
}

void Run::findFace() {
    assessment_.findFace();
    if (document_.face) {
        tell(event::FaceRead{&*document_.face});
    }
}

void Run::findImages() {
    assessment_.findImages();
}

void Run::performTerminalAuthentication() {
    if (auto check = checkWithoutTerminalAuthentication(document_, request_)) {
        checklist_.settle(*std::move(check));
        return;
    }
    if (reader_.access()->byReader && reader_.chipIdentifier().empty()) {
        checklist_.settle({std::string(check_name::terminalAuthentication), CheckResult::NotPerformed,
                           "the reader that ran PACE does not tell the chip's key"});
        return;
    }
    const auto refusal = twiceRefused([this] {
        // Access that was opened anew since then has left the keys of Chip Authentication behind.
        if (reader_.reopenings() != reopeningsBeforeChipAuthentication_ && !compressedTerminalKey_.empty()) {
            performChipAuthentication();
        }
        // Doc 9303-11, 7.1.2: of the keys that proved the chip, the newest counts.
        const bool provenByPace = compressedTerminalKey_.empty() &&
                                  checklist_[check_name::chipAuthentication].result == CheckResult::Passed;
        const Bytes& terminalKey = provenByPace ? reader_.compressedTerminalKey() : compressedTerminalKey_;
        auto access = authenticateTerminal(session_, document_, *request_.terminalKeys,
                                           {reader_.chipIdentifier(), terminalKey}, dateOf(time_));
        checklist_.settle(std::move(access.check));
        openedDataGroups_ = std::move(access.dataGroups);
        reopeningsBeforeTerminalAuthentication_ = reader_.reopenings();
    });
    if (refusal) {
        checklist_.settle(
            {std::string(check_name::terminalAuthentication), CheckResult::NotPerformed, *refusal});
    }
}

void Run::readRemainingDataGroups() {
    for (int number = 1; number <= 16; ++number) {
        const auto file = lds::dataGroupFile(number);
        if (document_.knows(file)) {
            continue;
        }
        const bool isProtected = number == 3 || number == 4;
        if (!isProtected || !document_.lists(number)) {
            readDataGroup(number);
        } else if (openedDataGroups_.count(number) != 0) {
            readProtectedDataGroup(number);
        } else {
            const auto& check = checklist_[check_name::terminalAuthentication];
            document_.notRead.push_back({file, "needs Terminal Authentication: " +
                                                   (check.result == CheckResult::Passed
                                                        ? "the terminal's certificates do not grant it"
                                                        : check.reason)});
        }
    }
}

// A chip that lost its power has forgotten the terminal too, and refuses what it gave before: the terminal
// authenticates itself once more, and reading goes on at the missing byte.
void Run::readProtectedDataGroup(int number) {
    const auto terminalIsForgotten = [this] {
        return reader_.reopenings() != reopeningsBeforeTerminalAuthentication_;
    };
    if (!terminalIsForgotten() && (readDataGroup(number) || !terminalIsForgotten())) {
        return;
    }
    const auto file = lds::dataGroupFile(number);
    if (document_.knows(file)) {
        document_.notRead.pop_back();
    }
    performTerminalAuthentication();
    readDataGroup(number);
}

// Last, because the eMRTD application is left for it.
void Run::readLds2Applications() {
    if (request_.lds2) {
        lds2_ = readLds2(session_, document_.directory.value_or(lds::Directory()), observer_);
    }
}

void Run::settleDocumentChecks() {
    assessment_.settleDocumentChecks();
}

void Run::tell(const InspectionEvent& event) const {
    if (observer_) {
        observer_(event);
    }
}

InspectionResult Run::result() {
    auto result = assessment_.conclude();
    tell(event::Finished{result.judgement});
    result.reader = session_.connection().readerName();
    result.access = reader_.access();
    result.activeAuthentication = std::move(activeAuthentication_);
    result.lds2 = std::move(lds2_);
    result.chipAuthenticationMapping = reader_.chipAuthenticationData();
    result.steps = session_.statistics().steps();
    result.total = session_.statistics().total();
    return result;
}

} // namespace

Inspection::Inspection(Connection& connection, RandomSource& random, Clock clock)
    : connection_(connection), random_(random), clock_(std::move(clock)) {}

InspectionResult Inspection::run(const InspectionRequest& request) {
    ReadingCache cache;
    return run(request, cache);
}

InspectionResult Inspection::run(const InspectionRequest& request, ReadingCache& cache) {
    CardSession session(connection_);
    session.observe(observer_);
    session.record(tap_);
    session.interruptBy(interruption_);
    return Run(session, random_, clock_(), request, cache, eventObserver_).run();
}

} // namespace cancuoc::inspection
