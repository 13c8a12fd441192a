// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "host/reader/reader_info.hpp"
#include "tools/teller/counter_state.hpp"

namespace cancuoc::teller {

/// Follows the reader on the counter, on a thread of its own.
class ReaderWatch {
public:
    /// @param reader as chooseReader takes it; empty: any reader, and the one with a card counts
    /// @param tell called on the thread itself, at first and whenever the status is another
    ReaderWatch(std::string reader, std::function<void(ReaderStatus)> tell);
    ReaderWatch(const ReaderWatch&) = delete;
    ReaderWatch& operator=(const ReaderWatch&) = delete;
    ~ReaderWatch() = default;

private:
    std::jthread thread_;
};

/// What `readers` mean for the counter whose reader is `text`.
[[nodiscard]] ReaderStatus statusOf(const std::vector<ReaderInfo>& readers, std::string_view text);

} // namespace cancuoc::teller
