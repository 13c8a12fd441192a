// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

#include <QObject>

namespace cancuoc::station {

/// Does one piece of work at a time off the window's thread, and shows on the window's what came of it.
class Background : public QObject {
    Q_OBJECT

public:
    /// Called on the window's thread; not any more when the object is gone.
    using Show = std::function<void()>;
    /// Called on a thread of its own. It returns what shows its result.
    using Work = std::function<Show(const std::stop_token&)>;
    /// Called on the window's thread with the sentence of the work's exception.
    using Fail = std::function<void(const std::string&)>;

    explicit Background(QObject* parent) : QObject(parent) {}

    /// Begins the work. Only while none is done.
    void run(Work work, Fail fail);
    [[nodiscard]] bool isRunning() const { return isRunning_; }
    /// Asks the work to stop; whether it does is its own affair.
    void requestStop() { thread_.request_stop(); }
    /// Shows something before the work is done; for the work's thread.
    void show(Show show);

private:
    bool isRunning_ = false;
    std::jthread thread_; ///< last: it uses the others; the object waits for it
};

} // namespace cancuoc::station
