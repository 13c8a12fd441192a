// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/monitor.hpp"

#include <algorithm>

#include "host/sdk/buffers.hpp"
#include "host/sdk/handles.hpp"

namespace cancuoc::sdk {

namespace {

// Longer waits than any program's would not fit the clock.
constexpr std::int64_t longestWait = std::int64_t{365} * 24 * 3600 * 1000;

cancuoc_reader toC(const ReaderInfo& info) {
    cancuoc_reader reader{};
    giveCut(info.name, reader.name, sizeof reader.name);
    reader.atr_length = static_cast<std::uint8_t>(std::min<std::size_t>(info.atr.size(), sizeof reader.atr));
    std::copy_n(info.atr.begin(), reader.atr_length, reader.atr);
    reader.card_present = info.cardPresent ? 1 : 0;
    reader.card_mute = info.cardMute ? 1 : 0;
    reader.in_use = info.inUse ? 1 : 0;
    reader.exclusive = info.exclusive ? 1 : 0;
    reader.silent = info.answers ? 0 : 1;
    return reader;
}

cancuoc_reader_event toC(ReaderEvent::Kind kind) {
    switch (kind) {
    case ReaderEvent::Kind::ReaderArrived:
        return CANCUOC_READER_ARRIVED;
    case ReaderEvent::Kind::ReaderDeparted:
        return CANCUOC_READER_DEPARTED;
    case ReaderEvent::Kind::CardInserted:
        return CANCUOC_CARD_INSERTED;
    case ReaderEvent::Kind::CardRemoved:
        break;
    }
    return CANCUOC_CARD_TAKEN;
}

} // namespace

Interruption Monitor::interruption(std::int64_t milliseconds) const {
    const Interruption closed{stop_.get_token()};
    return milliseconds < 0 ? closed
                            : closed.within(std::chrono::milliseconds(std::min(milliseconds, longestWait)));
}

} // namespace cancuoc::sdk

using namespace cancuoc;
using namespace cancuoc::sdk;

cancuoc_status cancuoc_monitor_open(cancuoc_monitor** monitor, cancuoc_error* error) {
    return guarded(error, [&] {
        requireArgument(monitor != nullptr, "There is no place for the monitor.");
        *monitor = monitors().open(std::make_shared<Monitor>());
    });
}

cancuoc_status cancuoc_monitor_close(cancuoc_monitor* monitor, cancuoc_error* error) {
    return guarded(error, [&] {
        if (monitor != nullptr) {
            monitors().close(monitor)->stop();
        }
    });
}

cancuoc_status cancuoc_monitor_readers(cancuoc_monitor* monitor, cancuoc_reader* readers, size_t capacity,
                                       size_t* count, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = monitors().find(monitor);
        requireArgument(readers != nullptr || capacity == 0, "The array is NULL, and its capacity is not 0.");
        requireArgument(count != nullptr, "There is no place for the count.");
        const auto infos = found->readers().readers(found->interruption(-1));
        *count = infos.size();
        if (infos.size() > capacity) {
            throw Refusal(CANCUOC_BUFFER_TOO_SMALL, "There are more readers than the array has places for.");
        }
        std::transform(infos.begin(), infos.end(), readers, [](const ReaderInfo& info) { return toC(info); });
    });
}

cancuoc_status cancuoc_monitor_next_event(cancuoc_monitor* monitor, int64_t timeout_ms,
                                          cancuoc_reader_event* event, cancuoc_reader* reader,
                                          cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = monitors().find(monitor);
        requireArgument(event != nullptr && reader != nullptr, "There is no place for the event.");
        const auto happened = found->readers().next(found->interruption(timeout_ms));
        *event = toC(happened.kind);
        *reader = toC(happened.reader);
    });
}

cancuoc_status cancuoc_monitor_wait_for_card(cancuoc_monitor* monitor, const char* reader_text,
                                             int64_t timeout_ms, cancuoc_reader* reader,
                                             cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = monitors().find(monitor);
        requireArgument(reader != nullptr, "There is no place for the reader.");
        *reader = toC(found->readers().waitForCard(reader_text != nullptr ? reader_text : "",
                                                   found->interruption(timeout_ms)));
    });
}
