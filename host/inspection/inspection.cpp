// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/inspection.hpp"

#include <utility>

#include "host/inspection/check_name.hpp"
#include "host/inspection/checklist.hpp"
#include "host/inspection/clone_proof.hpp"
#include "host/inspection/document.hpp"
#include "host/inspection/document_checks.hpp"
#include "host/inspection/document_reader.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/passive_authentication.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;
using trust::CheckResult;

// One inspection while it runs: the steps of the plan, and what they have found so far.
class Run {
public:
    Run(Connection& connection, RandomSource& random, const Clock& clock, const InspectionRequest& request,
        CardSession::Observer observer)
        : request_(request), clock_(clock), random_(random), session_(connection),
          reader_(session_, random, request, document_, checklist_) {
        session_.observe(std::move(observer));
    }

    InspectionResult run();

private:
    using Step = void (Run::*)();
    static const Step plan[];

    void readCardAccess();
    void openAccess();
    void readCommonData();
    void readSecurityObject();
    void readDataGroup1();
    void readDataGroup13();
    void readDataGroup14();
    void performChipAuthentication();
    void readDataGroup15();
    void performActiveAuthentication();
    void readDataGroup2();
    void readRemainingDataGroups();
    void performPassiveAuthentication();
    void performTerminalAuthentication();
    void checkConsistency();

    [[nodiscard]] InspectionResult result();

    const InspectionRequest& request_;
    const Clock& clock_;
    RandomSource& random_;
    CardSession session_;
    Document document_;
    Checklist checklist_;
    DocumentReader reader_;
    InspectionResult result_;
};

// Chip Authentication comes early, so that the rest is read with keys that only the genuine chip has.
const Run::Step Run::plan[] = {
    &Run::readCardAccess,
    &Run::openAccess,
    &Run::readCommonData,
    &Run::readSecurityObject,
    &Run::readDataGroup1,
    &Run::readDataGroup13,
    &Run::readDataGroup14,
    &Run::performChipAuthentication,
    &Run::readDataGroup15,
    &Run::performActiveAuthentication,
    &Run::readDataGroup2,
    &Run::readRemainingDataGroups,
    &Run::performPassiveAuthentication,
    &Run::performTerminalAuthentication,
    &Run::checkConsistency,
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

void Run::openAccess() {
    reader_.openAccess();
}

void Run::readCommonData() {
    if (reader_.readFile(FileId::Com)) {
        document_.commonData = document_.decode<lds::CommonData>(FileId::Com);
    }
}

void Run::readSecurityObject() {
    if (!reader_.readFile(FileId::Sod)) {
        return;
    }
    try {
        document_.securityObject =
            lds::SecurityObjectFile::decode(document_.files[FileId::Sod]).documentSecurityObject();
    } catch (const MalformedData& malformed) {
        document_.defects[FileId::Sod] = malformed.what();
    }
}

void Run::readDataGroup1() {
    if (reader_.readDataGroup(1)) {
        document_.dataGroup1 = document_.decode<lds::DataGroup1>(FileId::DataGroup1);
    }
}

void Run::readDataGroup13() {
    if (reader_.readDataGroup(13)) {
        document_.dataGroup13 = document_.decode<lds::VietnameseDataGroup13>(FileId::DataGroup13);
    }
}

void Run::readDataGroup14() {
    if (reader_.readDataGroup(14)) {
        document_.dataGroup14 = document_.decode<lds::DataGroup14>(FileId::DataGroup14);
    }
}

void Run::performChipAuthentication() {
    if (auto check = checkWithoutKey(check_name::chipAuthentication, 14, document_, request_)) {
        checklist_.settle(*std::move(check));
        return;
    }
    checklist_.settle(proveByChipAuthentication(session_, random_, *document_.dataGroup14));
    if (checklist_[check_name::chipAuthentication].result == CheckResult::Failed) {
        reader_.reopenAccess();
    }
}

void Run::readDataGroup15() {
    if (reader_.readDataGroup(15)) {
        document_.dataGroup15 = document_.decode<lds::DataGroup15>(FileId::DataGroup15);
    }
}

void Run::performActiveAuthentication() {
    if (auto check = checkWithoutKey(check_name::activeAuthentication, 15, document_, request_)) {
        checklist_.settle(*std::move(check));
        return;
    }
    auto proof = proveByActiveAuthentication(session_, random_, *document_.dataGroup15,
                                             document_.dataGroup14 ? &*document_.dataGroup14 : nullptr,
                                             request_.activeAuthenticationChallenge);
    checklist_.settle(std::move(proof.check));
    result_.activeAuthentication = std::move(proof.evidence);
}

void Run::readDataGroup2() {
    if (reader_.readDataGroup(2)) {
        document_.face = document_.decodeFace();
    }
}

void Run::readRemainingDataGroups() {
    for (int number = 1; number <= 16; ++number) {
        const auto file = lds::dataGroupFile(number);
        if (document_.files.count(file) != 0 || document_.whyNotRead(number) != nullptr) {
            continue;
        }
        if (number == 3 || number == 4) {
            if (document_.lists(number)) {
                document_.notRead.push_back(
                    {file, "needs Terminal Authentication, and no terminal keys were given"});
            }
            continue;
        }
        reader_.readDataGroup(number);
    }
}

void Run::performPassiveAuthentication() {
    std::optional<trust::PassiveAuthenticationResult> authentication;
    const auto sod = document_.files.find(FileId::Sod);
    if (sod != document_.files.end()) {
        authentication =
            trust::PassiveAuthentication(request_.trustStore, clock_()).verify(sod->second, document_.files);
        result_.documentSigner = authentication->documentSigner;
    }
    for (auto& check :
         checkPassiveAuthentication(document_, request_, authentication ? &*authentication : nullptr)) {
        checklist_.settle(std::move(check));
    }
}

void Run::performTerminalAuthentication() {
    checklist_.settle(checkTerminalAuthentication(document_));
}

void Run::checkConsistency() {
    for (auto& check : inspection::checkConsistency(document_, request_)) {
        checklist_.settle(std::move(check));
    }
}

InspectionResult Run::result() {
    result_.reader = session_.connection().readerName();
    result_.policy = request_.policy.name;
    result_.judgement = judge(request_.policy, checklist_.all(), document_.face.has_value());
    result_.access = reader_.access();
    result_.checks = checklist_.all();
    result_.files = std::move(document_.files);
    result_.notRead = std::move(document_.notRead);
    result_.dataGroup1 = std::move(document_.dataGroup1);
    result_.dataGroup13 = std::move(document_.dataGroup13);
    result_.face = std::move(document_.face);
    if (result_.dataGroup13) {
        result_.issueDate = lds::dateFromDataGroup13(result_.dataGroup13->citizen.issueDate);
        result_.birthDate = lds::dateFromDataGroup13(result_.dataGroup13->citizen.birthDate);
    }
    result_.day = dateOf(clock_());
    result_.steps = session_.statistics().steps();
    result_.total = session_.statistics().total();
    return std::move(result_);
}

} // namespace

Inspection::Inspection(Connection& connection, RandomSource& random, Clock clock)
    : connection_(connection), random_(random), clock_(std::move(clock)) {}

InspectionResult Inspection::run(const InspectionRequest& request) {
    return Run(connection_, random_, clock_, request, observer_).run();
}

} // namespace cancuoc::inspection
