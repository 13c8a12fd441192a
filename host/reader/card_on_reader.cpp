// SPDX-License-Identifier: Apache-2.0
#include "host/reader/card_on_reader.hpp"

#include <thread>
#include <utility>

#include "host/reader/reader_monitor.hpp"

namespace cancuoc {

namespace {
constexpr std::chrono::milliseconds pollingInterval(200);
}

CardOnReader::CardOnReader(CardWaiting waiting)
    : waiting_(std::move(waiting)), connection_(firstConnection()), reader_(connection_->readerName()) {}

bool CardOnReader::isBack(const CardRemoved& lost) {
    if (resetter_.answersAgain(lost, *connection_)) {
        return true;
    }
    connection_.reset();
    if (waiting_.resumeWithin.count() == 0) {
        return false;
    }
    prompt(CardPrompt::PutCardBack);
    connection_ = nextConnection(reader_, waiting_.resumeWithin);
    return connection_ != nullptr;
}

std::unique_ptr<PcscConnection> CardOnReader::connect(const std::string& reader) const {
    return std::make_unique<PcscConnection>(reader, PcscOptions{.interruption = waiting_.interruption});
}

std::unique_ptr<PcscConnection> CardOnReader::firstConnection() const {
    try {
        return connect(waiting_.reader);
    } catch (const NoCard&) {
        if (waiting_.wait.count() == 0) {
            throw;
        }
        prompt(CardPrompt::PutCard);
        if (auto connection = nextConnection(waiting_.reader, waiting_.wait)) {
            return connection;
        }
        throw;
    }
}

// Nothing if no card comes in time.
std::unique_ptr<PcscConnection> CardOnReader::nextConnection(const std::string& reader,
                                                             std::chrono::milliseconds patience) const {
    const ReaderMonitor monitor;
    const auto waiting = waiting_.interruption.within(patience);
    while (std::chrono::steady_clock::now() < *waiting.deadline) {
        try {
            return connect(monitor.waitForCard(reader, waiting).name);
        } catch (const NoCard&) {
        } catch (const CardRemoved&) {
        }
        // The service notices a card that went a moment later.
        std::this_thread::sleep_for(pollingInterval);
    }
    requireUninterrupted(waiting_.interruption);
    return nullptr;
}

void CardOnReader::prompt(CardPrompt prompt) const {
    if (waiting_.prompt) {
        waiting_.prompt(prompt);
    }
}

} // namespace cancuoc
