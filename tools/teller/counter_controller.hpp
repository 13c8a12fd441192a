// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QTimer>

#include "tools/teller/counter.hpp"
#include "tools/teller/reader_watch.hpp"
#include "tools/teller/reading_thread.hpp"

namespace cancuoc::teller {

/// Brings what happens on other threads, and the seconds, to the counter on the window's thread.
class CounterController : public QObject {
    Q_OBJECT

public:
    /// @param read does one reading; called on the reading thread
    /// @param clearAfter as Counter takes it
    CounterController(ReadingThread::Read read, std::chrono::seconds clearAfter);

    /// Follows the reader of that name, as ReaderWatch does.
    void watchReader(const std::string& reader);

    [[nodiscard]] Counter& counter() { return counter_; }
    [[nodiscard]] const CounterState& state() const { return counter_.state(); }

signals:
    void changed();   ///< the state is another
    void countdown(); ///< only the time until everything is forgotten is another

private:
    Counter counter_;
    QTimer seconds_;
    ReadingThread thread_;
    std::unique_ptr<ReaderWatch> watch_;
};

} // namespace cancuoc::teller
