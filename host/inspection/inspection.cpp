// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/inspection.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "host/access/file_reader.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/crypto/digest.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/clone_proof.hpp"
#include "host/inspection/consistency.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/passive_authentication.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;
using trust::Check;
using trust::CheckResult;

// Secure messaging is opened anew at most so often: after a failed Chip Authentication, and where a card
// gives it up over a read that is too long for it.
constexpr int maximumReopenings = 3;

// One inspection while it runs: the steps of the plan, and what they have found so far.
class Run {
public:
    Run(Connection& connection, RandomSource& random, const Clock& clock, const InspectionRequest& request,
        CardSession::Observer observer)
        : request_(request), clock_(clock), random_(random), session_(connection), reader_(session_),
          access_(session_, random, request.keys, request.policy) {
        session_.observe(std::move(observer));
        for (const auto name : check_name::all) {
            result_.checks.push_back({std::string(name), CheckResult::NotPerformed, ""});
        }
        result_.reader = connection.readerName();
        result_.policy = request.policy.name;
        result_.day = dateOf(clock());
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
    void checkTerminalAuthentication();
    void checkConsistency();

    void settle(Check check);
    void settle(std::string_view name, CheckResult result, std::string reason);
    bool readFile(FileId file, std::optional<std::uint8_t> shortIdentifier);
    bool readDataGroup(int number);
    Bytes readOpeningAnew(const ElementaryFile& file);
    void reopenAccess();

    [[nodiscard]] bool isListed(int number) const;
    [[nodiscard]] bool isWanted(int number) const;
    [[nodiscard]] bool isSignedAsRead(int number) const;
    [[nodiscard]] const std::string* whyNotRead(int number) const;
    [[nodiscard]] bool settleWithoutKey(std::string_view name, int number);
    [[nodiscard]] std::vector<std::string> withheldDataGroups() const;
    void checkCardAccessAgainstDataGroup14();

    template <class File>
    std::optional<File> decode(FileId file);

    const InspectionRequest& request_;
    const Clock& clock_;
    RandomSource& random_;
    CardSession session_;
    FileReader reader_;
    AccessProcedure access_;
    int reopenings_ = 0;
    InspectionResult result_;
    std::map<FileId, std::string> defects_; // of files that were read and cannot be decoded
    std::optional<lds::CardAccess> cardAccess_;
    std::optional<lds::CommonData> commonData_;
    std::optional<lds::DocumentSecurityObject> securityObject_;
    std::optional<lds::DataGroup14> dataGroup14_;
    std::optional<lds::DataGroup15> dataGroup15_;
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
    &Run::checkTerminalAuthentication,
    &Run::checkConsistency,
};

InspectionResult Run::run() {
    for (const auto step : plan) {
        (this->*step)();
    }
    result_.judgement = judge(request_.policy, result_.checks, result_.face.has_value());
    result_.steps = session_.statistics().steps();
    result_.total = session_.statistics().total();
    return std::move(result_);
}

// Doc 9303-11, 4.2: EF.CardAccess tells whether the card speaks PACE. It is read before anything is selected;
// cards that do not stand at the master file after the reset get a SELECT first.
void Run::readCardAccess() {
    const auto shortIdentifier = lds::shortFileId(FileId::CardAccess);
    if (!readFile(FileId::CardAccess, shortIdentifier)) {
        result_.notRead.pop_back();
        static_cast<void>(session_.transmit(selectMasterFile()));
        if (!readFile(FileId::CardAccess, shortIdentifier)) {
            return;
        }
    }
    cardAccess_ = decode<lds::CardAccess>(FileId::CardAccess);
}

void Run::openAccess() {
    auto opened = access_.open(cardAccess_ ? &*cardAccess_ : nullptr);
    result_.access = std::move(opened.used);
    settle(std::move(opened.check));
}

void Run::readCommonData() {
    if (readFile(FileId::Com, lds::shortFileId(FileId::Com))) {
        commonData_ = decode<lds::CommonData>(FileId::Com);
    }
}

void Run::readSecurityObject() {
    if (!readFile(FileId::Sod, lds::shortFileId(FileId::Sod))) {
        return;
    }
    try {
        securityObject_ =
            lds::SecurityObjectFile::decode(result_.files[FileId::Sod]).documentSecurityObject();
    } catch (const MalformedData& malformed) {
        defects_[FileId::Sod] = malformed.what();
    }
}

void Run::readDataGroup1() {
    if (readDataGroup(1)) {
        result_.dataGroup1 = decode<lds::DataGroup1>(FileId::DataGroup1);
    }
}

void Run::readDataGroup13() {
    if (readDataGroup(13)) {
        result_.dataGroup13 = decode<lds::VietnameseDataGroup13>(FileId::DataGroup13);
    }
    if (result_.dataGroup13) {
        result_.issueDate = lds::dateFromDataGroup13(result_.dataGroup13->citizen.issueDate);
        result_.birthDate = lds::dateFromDataGroup13(result_.dataGroup13->citizen.birthDate);
    }
}

void Run::readDataGroup14() {
    if (readDataGroup(14)) {
        dataGroup14_ = decode<lds::DataGroup14>(FileId::DataGroup14);
    }
}

void Run::performChipAuthentication() {
    if (settleWithoutKey(check_name::chipAuthentication, 14)) {
        return;
    }
    settle(proveByChipAuthentication(session_, random_, *dataGroup14_));
    if (result_.check(check_name::chipAuthentication).result == CheckResult::Failed) {
        reopenAccess();
    }
}

void Run::readDataGroup15() {
    if (readDataGroup(15)) {
        dataGroup15_ = decode<lds::DataGroup15>(FileId::DataGroup15);
    }
}

void Run::performActiveAuthentication() {
    if (settleWithoutKey(check_name::activeAuthentication, 15)) {
        return;
    }
    auto proof =
        proveByActiveAuthentication(session_, random_, *dataGroup15_, dataGroup14_ ? &*dataGroup14_ : nullptr,
                                    request_.activeAuthenticationChallenge);
    settle(std::move(proof.check));
    result_.activeAuthentication = std::move(proof.evidence);
}

void Run::readDataGroup2() {
    if (!readDataGroup(2)) {
        return;
    }
    try {
        for (auto& record : lds::DataGroup2::decode(result_.files[FileId::DataGroup2]).records()) {
            for (auto& image : record.images) {
                const auto format = biometric::readImageHeader(image.image).format;
                if (format == biometric::ImageFormat::Jpeg || format == biometric::ImageFormat::Jpeg2000) {
                    result_.face = std::move(image);
                    return;
                }
            }
        }
    } catch (const MalformedData& malformed) {
        defects_[FileId::DataGroup2] = malformed.what();
    }
}

void Run::readRemainingDataGroups() {
    for (int number = 1; number <= 16; ++number) {
        if (result_.files.count(lds::dataGroupFile(number)) != 0 || whyNotRead(number) != nullptr) {
            continue;
        }
        if (number == 3 || number == 4) {
            if (isListed(number)) {
                result_.notRead.push_back({lds::dataGroupFile(number),
                                           "needs Terminal Authentication, and no terminal keys were given"});
            }
            continue;
        }
        readDataGroup(number);
    }
}

void Run::performPassiveAuthentication() {
    const auto sod = result_.files.find(FileId::Sod);
    if (sod == result_.files.end()) {
        for (const auto name : {check_name::hashes, check_name::signature, check_name::chain}) {
            settle(name, CheckResult::Failed, "the card gives no EF.SOD");
        }
        settle(check_name::revocation, CheckResult::NotPerformed, "the card gives no EF.SOD");
        return;
    }
    auto authentication =
        trust::PassiveAuthentication(request_.trustStore, clock_()).verify(sod->second, result_.files);
    result_.documentSigner = std::move(authentication.documentSigner);
    for (auto& check : authentication.checks()) {
        settle(std::move(check));
    }
    const auto withheld = withheldDataGroups();
    if (!withheld.empty()) {
        std::string list;
        for (const auto& name : withheld) {
            list += (list.empty() ? "" : ", ") + name;
        }
        settle(check_name::hashes, CheckResult::Failed,
               "signed data groups that the card does not give: " + list);
    }
}

void Run::checkTerminalAuthentication() {
    const auto announces = [](const lds::SecurityInfos& infos) {
        return !infos.all<lds::TerminalAuthenticationInfo>().empty();
    };
    if ((cardAccess_ && announces(cardAccess_->securityInfos)) ||
        (dataGroup14_ && announces(dataGroup14_->securityInfos))) {
        settle(check_name::terminalAuthentication, CheckResult::NotPerformed, "no terminal keys were given");
    } else {
        settle(check_name::terminalAuthentication, CheckResult::NotSupported,
               "the card announces no Terminal Authentication");
    }
}

void Run::checkConsistency() {
    if (!securityObject_) {
        settle(check_name::comSod, CheckResult::NotPerformed, "EF.SOD cannot be read");
    } else if (!commonData_) {
        settle(check_name::comSod, CheckResult::Failed, "EF.COM cannot be read");
    } else {
        settle(checkComSod(*commonData_, *securityObject_, request_.policy.tolerateDowngrade));
    }
    if (result_.dataGroup1) {
        const auto* citizen = result_.dataGroup13 ? &result_.dataGroup13->citizen : nullptr;
        settle(checkMachineReadableZone(*result_.dataGroup1, result_.birthDate, request_.expectedZone));
        settle(checkNumber(result_.dataGroup1->machineReadableZone, citizen, request_.expectedNumber));
    } else if (result_.files.count(FileId::DataGroup1) != 0) {
        settle(check_name::mrz, CheckResult::Failed, defects_[FileId::DataGroup1]);
        settle(check_name::number, CheckResult::NotPerformed, "DG1 cannot be decoded");
    } else {
        settle(check_name::mrz, CheckResult::NotPerformed, "DG1 was not read");
        settle(check_name::number, CheckResult::NotPerformed, "DG1 was not read");
    }
    checkCardAccessAgainstDataGroup14();
}

void Run::checkCardAccessAgainstDataGroup14() {
    const auto defect = defects_.find(FileId::CardAccess);
    if (defect != defects_.end()) {
        settle(check_name::cardAccess, CheckResult::Failed, defect->second);
    } else if (dataGroup14_ || !isListed(14)) {
        settle(
            checkCardAccess(cardAccess_ ? &*cardAccess_ : nullptr, dataGroup14_ ? &*dataGroup14_ : nullptr));
    } else {
        const auto* reason = whyNotRead(14);
        settle(check_name::cardAccess, CheckResult::NotPerformed,
               reason != nullptr ? "DG14 was not read: " + *reason : "DG14 cannot be decoded");
    }
}

void Run::settle(Check check) {
    const auto place = std::find_if(result_.checks.begin(), result_.checks.end(),
                                    [&](const Check& candidate) { return candidate.name == check.name; });
    *place = std::move(check);
}

void Run::settle(std::string_view name, CheckResult result, std::string reason) {
    settle({std::string(name), result, std::move(reason)});
}

// A file that the card does not give is noted; the inspection goes on without it.
bool Run::readFile(FileId file, std::optional<std::uint8_t> shortIdentifier) {
    const auto name = lds::fileName(file);
    const CardSession::Step step(session_, name);
    try {
        result_.files[file] = readOpeningAnew({static_cast<std::uint16_t>(file), shortIdentifier, name});
        return true;
    } catch (const CardError& refusal) {
        result_.notRead.push_back({file, refusal.what()});
    } catch (const MalformedData& malformed) {
        result_.notRead.push_back({file, malformed.what()});
    }
    result_.files.erase(file);
    return false;
}

bool Run::readDataGroup(int number) {
    const auto file = lds::dataGroupFile(number);
    if (!isListed(number)) {
        if (request_.dataGroups && request_.dataGroups->count(number) != 0) {
            result_.notRead.push_back({file, "the card does not list it"});
        }
        return false;
    }
    if (!isWanted(number)) {
        result_.notRead.push_back({file, request_.dataGroups
                                             ? "not among the data groups asked for"
                                             : "left out by the policy " + request_.policy.name});
        return false;
    }
    return readFile(file, lds::shortFileId(file));
}

Bytes Run::readOpeningAnew(const ElementaryFile& file) {
    while (true) {
        try {
            return reader_.read(file);
        } catch (const SecureMessagingError&) {
            if (!result_.access || reopenings_ == maximumReopenings) {
                throw;
            }
        }
        reopenAccess();
    }
}

void Run::reopenAccess() {
    ++reopenings_;
    session_.reset();
    openAccess();
}

// The signed list counts; EF.COM only where there is none.
bool Run::isListed(int number) const {
    if (securityObject_ && securityObject_->dataGroupHashes.count(number) != 0) {
        return true;
    }
    if (!commonData_) {
        return false;
    }
    const auto listed = commonData_->dataGroups();
    return std::find(listed.begin(), listed.end(), number) != listed.end();
}

bool Run::isWanted(int number) const {
    if (request_.dataGroups) {
        return request_.dataGroups->count(number) != 0;
    }
    return request_.policy.performCloneProofs || (number != 14 && number != 15);
}

bool Run::isSignedAsRead(int number) const {
    const auto file = result_.files.find(lds::dataGroupFile(number));
    if (!securityObject_ || file == result_.files.end()) {
        return false;
    }
    const auto hash = securityObject_->dataGroupHashes.find(number);
    return hash != securityObject_->dataGroupHashes.end() &&
           digest(securityObject_->hashAlgorithm, file->second) == hash->second;
}

const std::string* Run::whyNotRead(int number) const {
    const auto found =
        std::find_if(result_.notRead.begin(), result_.notRead.end(),
                     [&](const FileNotRead& entry) { return entry.file == lds::dataGroupFile(number); });
    return found != result_.notRead.end() ? &found->reason : nullptr;
}

// Settles a proof whose key in data group `number` is not there to be used; false if it is.
bool Run::settleWithoutKey(std::string_view name, int number) {
    const auto file = lds::dataGroupFile(number);
    const auto fileName = lds::fileName(file);
    if (!request_.policy.performCloneProofs) {
        settle(name, CheckResult::NotPerformed, "left out by the policy " + request_.policy.name);
    } else if (!isListed(number)) {
        settle(name, CheckResult::NotSupported, "the card has no " + fileName);
    } else if (!isWanted(number)) {
        settle(name, CheckResult::NotPerformed, fileName + " is not among the data groups asked for");
    } else if (const auto* reason = whyNotRead(number)) {
        settle(name, CheckResult::Failed, "the card lists " + fileName + " and does not give it: " + *reason);
    } else if (!isSignedAsRead(number)) {
        settle(name, CheckResult::NotPerformed, fileName + " is not the one that was signed");
    } else if (defects_.count(file) != 0) {
        settle(name, CheckResult::NotPerformed, defects_.at(file));
    } else {
        return false;
    }
    return true;
}

// Signed data groups that were asked for and refused, other than those that Terminal Authentication protects.
std::vector<std::string> Run::withheldDataGroups() const {
    std::vector<std::string> withheld;
    for (int number = 1; number <= 16; ++number) {
        const bool isProtected = number == 3 || number == 4;
        if (securityObject_ && securityObject_->dataGroupHashes.count(number) != 0 && !isProtected &&
            isWanted(number) && whyNotRead(number) != nullptr) {
            withheld.push_back(lds::fileName(lds::dataGroupFile(number)));
        }
    }
    return withheld;
}

template <class File>
std::optional<File> Run::decode(FileId file) {
    try {
        return File::decode(result_.files[file]);
    } catch (const MalformedData& malformed) {
        defects_[file] = malformed.what();
        return std::nullopt;
    }
}

} // namespace

Inspection::Inspection(Connection& connection, RandomSource& random, Clock clock)
    : connection_(connection), random_(random), clock_(std::move(clock)) {}

InspectionResult Inspection::run(const InspectionRequest& request) {
    return Run(connection_, random_, clock_, request, observer_).run();
}

} // namespace cancuoc::inspection
