// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/interruption.hpp"
#include "host/reader/reader_info.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace cancuoc {

/// Something that happened at a reader.
struct ReaderEvent {
    enum class Kind { ReaderArrived, ReaderDeparted, CardInserted, CardRemoved };
    Kind kind{};
    ReaderInfo reader; ///< as it is after it
};

/// "reader-arrived", "reader-departed", "card-inserted" or "card-removed".
[[nodiscard]] std::string_view nameOf(ReaderEvent::Kind kind);

/// Watches the readers of the machine while it lives: readers that come and go, and the cards on them. Each
/// reader is watched by a thread of its own over a link of its own, so that a driver that hangs leaves the
/// others as they are. When the smart card service ends, its readers are gone; when it starts again, they are
/// back. All functions may be called from any thread.
class ReaderMonitor {
public:
    /// @param lookEvery a change that falls between two waits, and a service that starts again, are seen
    /// after so long at the latest; so long a reader has to say something when it is looked at first
    explicit ReaderMonitor(std::chrono::milliseconds lookEvery = std::chrono::seconds(1));
    ReaderMonitor(const ReaderMonitor&) = delete;
    ReaderMonitor& operator=(const ReaderMonitor&) = delete;
    /// Waits for no driver that hangs.
    ~ReaderMonitor();

    /// All readers, in the service's order; empty when there is none. Of a reader about which the service
    /// says nothing in time, ReaderInfo::answers is false. Throws ReaderUnavailable when the service
    /// is not running; Cancelled, DeadlineExceeded.
    [[nodiscard]] std::vector<ReaderInfo> readers(const Interruption& interruption = {}) const;

    /// The next event that nobody has taken yet, waiting for it if need be; the first ones are about the
    /// readers and cards that are there. Of more than a thousand that nobody takes, the oldest are forgotten.
    /// Throws Cancelled, DeadlineExceeded.
    [[nodiscard]] ReaderEvent next(const Interruption& interruption) const;

    /// Waits until chooseReader finds, for `readerText`, a reader with a card that answers.
    /// @param otherThan ReaderInfo::cardChanges of a card that does not count: the one that is done
    /// Throws NoCard, or ReaderUnavailable, when the deadline passes without; BadConfiguration when several
    /// readers hold a card; Cancelled.
    [[nodiscard]] ReaderInfo waitForCard(std::string_view readerText, const Interruption& interruption,
                                         std::optional<unsigned> otherThan = std::nullopt) const;

private:
    class Board;
    class Watching;
    std::shared_ptr<Board> board_;
    std::unique_ptr<Watching> watching_;
};

} // namespace cancuoc
