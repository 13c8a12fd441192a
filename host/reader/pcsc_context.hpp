// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/reader_info.hpp"

#include <winscard.h>

#include <chrono>
#include <string>
#include <vector>

namespace cancuoc {

/// What the service says of a reader: SCARD_STATE_... flags, and what they mean.
struct ReaderState {
    DWORD flags = SCARD_STATE_UNAWARE;
    ReaderInfo info;
};

/// A link to the machine's smart card service (PC/SC). One thread at a time uses a context, but for cancel();
/// each call may take as long as the service likes.
class PcscContext {
public:
    /// Throws ReaderUnavailable when the service is not running.
    PcscContext();
    PcscContext(const PcscContext&) = delete;
    PcscContext& operator=(const PcscContext&) = delete;
    ~PcscContext();

    [[nodiscard]] SCARDCONTEXT get() const { return context_; }

    /// The names of all readers, in the service's order; empty when there is none. Throws ReaderUnavailable.
    [[nodiscard]] std::vector<std::string> readerNames() const;
    /// What the service knows of a reader now; nothing of it answers when it is gone. Throws
    /// ReaderUnavailable.
    [[nodiscard]] ReaderInfo stateOf(const std::string& readerName) const;
    /// All readers with their states. Throws ReaderUnavailable.
    [[nodiscard]] std::vector<ReaderInfo> readers() const;

    /// The state of the reader, as soon as its flags differ from `known`, or when `patience` is over.
    /// SCARD_STATE_UNAVAILABLE is among the flags of a reader that is gone. Throws ReaderUnavailable, and
    /// Cancelled after cancel().
    [[nodiscard]] ReaderState waitForChange(const std::string& readerName, DWORD known,
                                            std::chrono::milliseconds patience) const;
    /// Waits until a reader comes or goes, or `patience` is over; a change just before the call may be
    /// overlooked. Throws ReaderUnavailable, and Cancelled after cancel().
    void waitForReaders(std::chrono::milliseconds patience) const;
    /// Ends a wait that runs in another thread; one that is about to begin is not ended.
    void cancel() const;

private:
    SCARDCONTEXT context_ = 0;
};

} // namespace cancuoc
