// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/event_relay.hpp"

#include "host/sdk/handles.hpp"
#include "host/sdk/result.hpp"

namespace cancuoc::sdk {

namespace event = inspection::event;

namespace {

cancuoc_event eventOf(cancuoc_event_kind kind) {
    cancuoc_event event{};
    event.kind = kind;
    return event;
}

/// A result that the program may look at while its function runs.
class OpenResult {
public:
    explicit OpenResult(std::shared_ptr<const Result> result) : handle_(results().open(std::move(result))) {}
    OpenResult(const OpenResult&) = delete;
    OpenResult& operator=(const OpenResult&) = delete;
    ~OpenResult() {
        // The program may have closed it itself, which does no harm.
        static_cast<void>(cancuoc_result_close(handle_, nullptr));
    }

    [[nodiscard]] cancuoc_result* handle() const { return handle_; }

private:
    cancuoc_result* handle_;
};

} // namespace

void EventRelay::begin() {
    soFar_ = {};
    judged_ = false;
}

void EventRelay::tell(const inspection::InspectionEvent& event) {
    if (callback_ != nullptr) {
        std::visit([this](const auto& each) { translate(each); }, event);
    }
}

void EventRelay::tell(CardPrompt prompt) {
    if (callback_ != nullptr) {
        call(eventOf(prompt == CardPrompt::PutCard ? CANCUOC_EVENT_PUT_CARD : CANCUOC_EVENT_PUT_CARD_BACK));
    }
}

void EventRelay::call(cancuoc_event event, bool withResult) {
    std::optional<OpenResult> open;
    if (withResult) {
        open.emplace(std::make_shared<const Result>(soFar_, judged_));
        event.so_far = open->handle();
    }
    if (callback_(context_, &event) != 0) {
        throw Cancelled("The program asked to stop.");
    }
}

void EventRelay::tellFile(cancuoc_event_kind kind, lds::FileId file, std::size_t read, std::size_t total) {
    const auto name = lds::fileName(file);
    auto event = eventOf(kind);
    event.file = name.c_str();
    event.bytes_read = read;
    event.bytes_total = total;
    call(event);
}

void EventRelay::translate(const event::AccessOpened& opened) {
    soFar_.access = opened.access;
    call(eventOf(CANCUOC_EVENT_ACCESS_OPENED));
}

void EventRelay::translate(const event::FileBegun& /*begun*/) {}

void EventRelay::translate(const event::FileProgress& progress) {
    tellFile(CANCUOC_EVENT_FILE_PROGRESS, progress.file, progress.read, progress.total);
}

void EventRelay::translate(const event::FileRead& read) {
    tellFile(CANCUOC_EVENT_FILE_READ, read.file, read.bytes, read.bytes);
}

void EventRelay::translate(const event::RecordsRead& /*read*/) {}

void EventRelay::translate(const event::IdentityRead& read) {
    if (read.dataGroup1 != nullptr) {
        soFar_.dataGroup1 = *read.dataGroup1;
    }
    if (read.dataGroup13 != nullptr) {
        soFar_.dataGroup13 = *read.dataGroup13;
        soFar_.birthDate = lds::dateFromDataGroup13(read.dataGroup13->citizen.birthDate);
        soFar_.issueDate = lds::dateFromDataGroup13(read.dataGroup13->citizen.issueDate);
    }
    call(eventOf(CANCUOC_EVENT_IDENTITY_READ), true);
}

void EventRelay::translate(const event::IdentityJudged& judged) {
    soFar_.judgement = judged.judgement;
    judged_ = true;
    auto event = eventOf(CANCUOC_EVENT_IDENTITY_JUDGED);
    event.verdict = toC(judged.judgement.verdict);
    call(event, true);
}

void EventRelay::translate(const event::CheckSettled& settled) {
    std::erase_if(soFar_.checks, [&](const trust::Check& check) { return check.name == settled.check.name; });
    soFar_.checks.push_back(settled.check);
    auto event = eventOf(CANCUOC_EVENT_CHECK_SETTLED);
    event.check = settled.check.name.c_str();
    event.outcome = toC(settled.check.result);
    event.reason = settled.check.reason.c_str();
    call(event);
}

void EventRelay::translate(const event::FaceRead& read) {
    if (read.face != nullptr) {
        soFar_.face = *read.face;
    }
    call(eventOf(CANCUOC_EVENT_FACE_READ), true);
}

void EventRelay::translate(const event::Finished& finished) {
    auto event = eventOf(CANCUOC_EVENT_FINISHED);
    event.verdict = toC(finished.judgement.verdict);
    call(event);
}

} // namespace cancuoc::sdk
