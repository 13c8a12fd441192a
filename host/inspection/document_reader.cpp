// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document_reader.hpp"

#include <utility>

#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/lds/atr_info.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;

// Secure messaging is opened anew at most so often for one file, where a card gives it up over a read that is
// too long for it, and so often in one reading.
constexpr int maximumReopeningsForFile = 6;
constexpr int maximumReopenings = 16;

std::optional<ApduLengths> statedLengths(BytesView file) {
    try {
        const auto lengths = lds::AtrInfo::decode(file).extendedLengths;
        return lengths
                   ? std::optional(ApduLengths{lengths->maximumCommandLength, lengths->maximumResponseLength})
                   : std::nullopt;
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

} // namespace

DocumentReader::DocumentReader(CardSession& session, RandomSource& random, const InspectionRequest& request,
                               Document& document, Checklist& checklist, ReadingCache& cache,
                               const EventObserver& observer)
    : session_(session), request_(request), document_(document), checklist_(checklist), cache_(cache),
      observer_(observer), files_(session), accessProcedure_(session, random, request.keys, request.policy) {
    session_.setApduLengths(ApduLengths{});
}

void DocumentReader::readCardAccess() {
    if (!readFile(FileId::CardAccess)) {
        document_.notRead.pop_back();
        static_cast<void>(session_.transmit(selectMasterFile()));
        if (!readFile(FileId::CardAccess)) {
            return;
        }
    }
    document_.decode(FileId::CardAccess);
}

void DocumentReader::readDirectory() {
    const CardSession::Step step(session_, lds::fileName(FileId::Dir));
    if (auto content = files_.readAtOnce(lds::shortFileId(FileId::Dir))) {
        document_.files[FileId::Dir] = *std::move(content);
        document_.decode(FileId::Dir);
    }
}

void DocumentReader::readStatedLengths() {
    if (session_.connection().readerMaximumLength() <= CommandApdu::maximumShortLe) {
        return;
    }
    const CardSession::Step step(session_, lds::fileName(FileId::AtrInfo));
    const auto content = files_.readAtOnce(lds::shortFileId(FileId::AtrInfo));
    session_.setApduLengths(content ? statedLengths(*content) : std::nullopt);
}

void DocumentReader::openAccess() {
    auto opened = runAccessProcedure();
    files_.enterDirectory();
    access_ = std::move(opened.used);
    chipIdentifier_ = std::move(opened.chipIdentifier);
    compressedTerminalKey_ = std::move(opened.compressedTerminalKey);
    chipAuthenticationData_ = std::move(opened.chipAuthenticationData);
    tell(event::AccessOpened{*access_});
    checklist_.settle(std::move(opened.check));
}

// Begins again where EF.CardSecurity was refused in plain.
AccessOpened DocumentReader::runAccessProcedure() {
    const int refusalsBefore = cardSecurityRefusals_;
    try {
        return accessProcedure_.open(document_.cardAccess ? &*document_.cardAccess : nullptr,
                                     [this] { readCardSecurity(); });
    } catch (const SecureMessagingError&) {
        if (cardSecurityRefusals_ == refusalsBefore) {
            throw;
        }
    }
    session_.reset();
    return runAccessProcedure();
}

void DocumentReader::readCardSecurity() {
    if (!request_.policy.performCloneProofs || document_.knows(FileId::CardSecurity)) {
        return;
    }
    try {
        readFileUnderNewKeys(FileId::CardSecurity);
    } catch (const SecureMessagingError& refusal) {
        if (++cardSecurityRefusals_ == 2) {
            document_.notRead.push_back({FileId::CardSecurity, refusal.what()});
        }
        throw;
    }
}

void DocumentReader::reopenAccess() {
    ++reopenings_;
    session_.reset();
    openAccess();
}

bool DocumentReader::readFile(FileId file) {
    Bytes content;
    if (!read(file, content)) {
        return false;
    }
    document_.files[file] = std::move(content);
    return true;
}

bool DocumentReader::readFileUnderNewKeys(FileId file) {
    newKeys_ = true;
    const bool isRead = readFile(file);
    newKeys_ = false;
    return isRead;
}

bool DocumentReader::read(FileId file, Bytes& content) {
    try {
        readWhole(file, content);
        return true;
    } catch (const CardError& refusal) {
        document_.notRead.push_back({file, refusal.what()});
    } catch (const MalformedData& malformed) {
        document_.notRead.push_back({file, malformed.what()});
    }
    return false;
}

void DocumentReader::readWhole(FileId file, Bytes& content) {
    const auto name = lds::fileName(file);
    const CardSession::Step step(session_, name);
    tell(event::FileBegun{file});
    readOpeningAnew({lds::fileIdentifier(file), lds::shortFileId(file), name}, content,
                    [&](std::size_t read, std::size_t total) {
                        tell(event::FileProgress{file, read, total});
                    });
    tell(event::FileRead{file, content.size()});
}

bool DocumentReader::readDataGroup(int number) {
    const auto file = lds::dataGroupFile(number);
    if (!document_.lists(number)) {
        if (request_.dataGroups && request_.wants(number)) {
            document_.notRead.push_back({file, "the card does not list it"});
        }
        return false;
    }
    if (!request_.wants(number)) {
        document_.notRead.push_back({file, request_.dataGroups
                                               ? "not among the data groups asked for"
                                               : std::string(leftOutByPolicy) + request_.policy.name});
        return false;
    }
    auto& cached = cache_.dataGroup(file);
    cached.complete = cached.complete || read(file, cached.content);
    if (cached.complete) {
        document_.files[file] = cached.content;
    }
    return cached.complete;
}

bool DocumentReader::mayOpenAnew() {
    return !std::exchange(newKeys_, false) && access_ && reopenings_ < maximumReopenings;
}

// Goes on at the missing byte. A chip that lost its power for a moment answers in plain as one does that
// refuses the file, but not twice.
void DocumentReader::readOpeningAnew(const ElementaryFile& file, Bytes& content,
                                     const FileReader::Progress& progress) {
    std::optional<std::uint16_t> refusedBefore;
    const int reopeningsBefore = reopenings_;
    while (true) {
        try {
            files_.readRest(file, content, progress);
            return;
        } catch (const SecureMessagingError& failure) {
            if (!mayOpenAnew()) {
                throw;
            }
            const auto refused = failure.statusWord();
            const bool refusesLength = FileReader::mayRefuseLength(failure);
            if (refused && ((refused == refusedBefore && !refusesLength) ||
                            reopenings_ - reopeningsBefore == maximumReopeningsForFile)) {
                reopenAccess();
                throw CardError("Reading " + file.name + " failed: the card answered " +
                                    describe(StatusWord(*refused)) + " and left secure messaging.",
                                *refused);
            }
            refusedBefore = refused;
        } catch (const CardReset&) {
            if (!mayOpenAnew()) {
                throw;
            }
        }
        reopenAccess();
    }
}

void DocumentReader::tell(const InspectionEvent& event) const {
    if (observer_) {
        observer_(event);
    }
}

} // namespace cancuoc::inspection
