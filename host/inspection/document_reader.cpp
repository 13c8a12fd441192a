// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document_reader.hpp"

#include <utility>

#include "host/access/select.hpp"
#include "host/base/error.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;

// Secure messaging is opened anew at most so often: after a failed Chip Authentication, and where a card
// gives it up over a read that is too long for it.
constexpr int maximumReopenings = 3;

} // namespace

DocumentReader::DocumentReader(CardSession& session, RandomSource& random, const InspectionRequest& request,
                               Document& document, Checklist& checklist)
    : session_(session), request_(request), document_(document), checklist_(checklist), files_(session),
      accessProcedure_(session, random, request.keys, request.policy) {}

void DocumentReader::readCardAccess() {
    if (!readFile(FileId::CardAccess)) {
        document_.notRead.pop_back();
        static_cast<void>(session_.transmit(selectMasterFile()));
        if (!readFile(FileId::CardAccess)) {
            return;
        }
    }
    document_.cardAccess = document_.decode<lds::CardAccess>(FileId::CardAccess);
}

void DocumentReader::openAccess() {
    auto opened = accessProcedure_.open(document_.cardAccess ? &*document_.cardAccess : nullptr);
    access_ = std::move(opened.used);
    checklist_.settle(std::move(opened.check));
}

void DocumentReader::reopenAccess() {
    ++reopenings_;
    session_.reset();
    openAccess();
}

bool DocumentReader::readFile(FileId file) {
    const auto name = lds::fileName(file);
    const CardSession::Step step(session_, name);
    try {
        document_.files[file] =
            readOpeningAnew({static_cast<std::uint16_t>(file), lds::shortFileId(file), name});
        return true;
    } catch (const CardError& refusal) {
        document_.notRead.push_back({file, refusal.what()});
    } catch (const MalformedData& malformed) {
        document_.notRead.push_back({file, malformed.what()});
    }
    document_.files.erase(file);
    return false;
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
                                               : "left out by the policy " + request_.policy.name});
        return false;
    }
    return readFile(file);
}

Bytes DocumentReader::readOpeningAnew(const ElementaryFile& file) {
    while (true) {
        try {
            return files_.read(file);
        } catch (const SecureMessagingError&) {
            if (!access_ || reopenings_ == maximumReopenings) {
                throw;
            }
        }
        reopenAccess();
    }
}

} // namespace cancuoc::inspection
