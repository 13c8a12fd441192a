// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/reader_watch.hpp"

#include <utility>

#include "host/base/error.hpp"
#include "host/reader/reader_monitor.hpp"

namespace cancuoc::teller {

namespace {

ReaderStatus look(const ReaderMonitor& monitor, const std::string& reader, const Interruption& interruption) {
    try {
        return statusOf(monitor.readers(interruption), reader);
    } catch (const ReaderUnavailable&) {
        return ReaderStatus::Missing; // the service is not running
    }
}

void watch(const std::string& reader, const std::function<void(ReaderStatus)>& tell,
           const std::stop_token& stop) {
    const ReaderMonitor monitor;
    const Interruption stopping{stop};
    auto told = ReaderStatus::Unknown;
    while (!stop.stop_requested()) {
        try {
            const auto status = look(monitor, reader, stopping);
            if (status != told) {
                told = status;
                tell(status);
            }
            // An event says that another look pays; without one, the service itself may have gone or come.
            static_cast<void>(monitor.next(stopping.within(std::chrono::seconds(1))));
        } catch (const Cancelled&) {
        }
    }
}

} // namespace

ReaderStatus statusOf(const std::vector<ReaderInfo>& readers, std::string_view text) {
    try {
        const auto& reader = chooseReader(readers, text);
        if (!reader.cardPresent) {
            return ReaderStatus::Empty;
        }
        return reader.cardMute ? ReaderStatus::CardMute : ReaderStatus::CardPresent;
    } catch (const ReaderUnavailable&) {
        return ReaderStatus::Missing;
    } catch (const NoCard&) {
        return ReaderStatus::Empty;
    } catch (const BadConfiguration&) {
        return ReaderStatus::CardPresent; // on several readers: the reading says which to choose between
    }
}

ReaderWatch::ReaderWatch(std::string reader, std::function<void(ReaderStatus)> tell)
    : thread_([reader = std::move(reader), tell = std::move(tell)](const std::stop_token& stop) {
          watch(reader, tell, stop);
      }) {}

} // namespace cancuoc::teller
