// SPDX-License-Identifier: Apache-2.0
#include "host/trace/recorder.hpp"

#include "host/base/error.hpp"
#include "host/trace/event_words.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc::trace {

namespace {

StatusWord statusWordOf(BytesView response) {
    return StatusWord(response.size() < 2 ? std::uint16_t{0}
                                          : static_cast<std::uint16_t>(fromBigEndian(response.last(2))));
}

// Whether what has been read of a file and a part of it agree where both know something.
bool fits(BytesView content, std::size_t offset, BytesView part) {
    if (offset >= content.size()) {
        return true;
    }
    const std::size_t common = std::min(part.size(), content.size() - offset);
    return equal(content.subspan(offset, common), part.first(common));
}

} // namespace

SessionRecorder::SessionRecorder(Header header) {
    trace_.header = std::move(header);
    trace_.header.redacted = false;
}

void SessionRecorder::attachTo(inspection::Inspection& inspection, inspection::EventObserver observer) {
    inspection.record([this](const PlainExchange& exchange) { exchanged(exchange); });
    inspection.onEvent([this, observer = std::move(observer)](const inspection::InspectionEvent& event) {
        add(inWords(event));
        if (observer) {
            observer(event);
        }
    });
}

void SessionRecorder::finish(const inspection::InspectionResult& result) {
    add(Outcome{std::string(nameOf(result.judgement.verdict)), "", false});
}

void SessionRecorder::finish(const std::exception& failure) {
    add(Outcome{"", failure.what(), dynamic_cast<const Cancelled*>(&failure) != nullptr});
}

void SessionRecorder::connected(const Connection& connection) {
    selectedFile_.reset();
    add(Connected{connection.readerName(), toBytes(connection.atr()), connection.maximumCommandLength(),
                  connection.maximumResponseLength(), connection.readerMaximumLength()});
}

void SessionRecorder::reset() {
    selectedFile_.reset();
    add(Reset{});
}

void SessionRecorder::exchanged(const PlainExchange& exchange) {
    Exchange entry{std::string(exchange.step),
                   exchange.command.encode(),
                   exchange.secured,
                   endingOf(exchange),
                   wire_.empty() ? StatusWord() : wire_.back().statusWord,
                   {},
                   {},
                   std::exchange(wire_, {})};
    cardGone_ = false;
    if (exchange.response != nullptr) {
        entry.statusWord = exchange.response->sw;
        if (const auto part = selectedFile_.follow(exchange.command, *exchange.response)) {
            entry.slice = store(*part);
        } else {
            entry.data = exchange.response->data;
        }
    }
    add(std::move(entry));
}

Ending SessionRecorder::endingOf(const PlainExchange& exchange) const {
    if (exchange.response != nullptr) {
        return Ending::Answered;
    }
    if (cardGone_ || wire_.empty()) {
        return Ending::CardGone;
    }
    constexpr std::size_t statusWordSize = 2;
    return exchange.secured && wire_.back().received == statusWordSize ? Ending::EndedInPlain
                                                                       : Ending::Unintelligible;
}

FileSlice SessionRecorder::store(const ReadPart& part) {
    std::string name = part.file;
    for (int other = 2;; ++other) {
        Bytes& content = trace_.files[name];
        if (fits(content, part.offset, part.content)) {
            content.resize(std::max(content.size(), part.offset + part.content.size()));
            std::copy(part.content.begin(), part.content.end(),
                      content.begin() + static_cast<std::ptrdiff_t>(part.offset));
            return {name, part.offset, part.content.size(), part.inDataObject};
        }
        name = part.file + " (" + std::to_string(other) + ")";
    }
}

RecordingConnection::RecordingConnection(Connection& connection, SessionRecorder& recorder)
    : ConnectionInFront(connection), recorder_(recorder) {
    recorder_.connected(connection);
}

Bytes RecordingConnection::transmit(BytesView command) {
    const auto start = std::chrono::steady_clock::now();
    try {
        Bytes response = behind().transmit(command);
        recorder_.wire({command.size(), response.size(), statusWordOf(response),
                        std::chrono::duration_cast<std::chrono::microseconds>(
                            std::chrono::steady_clock::now() - start)});
        return response;
    } catch (...) {
        recorder_.cardGone();
        throw;
    }
}

void RecordingConnection::reset() {
    behind().reset();
    recorder_.reset();
}

} // namespace cancuoc::trace
