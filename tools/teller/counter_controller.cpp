// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter_controller.hpp"

#include <utility>

namespace cancuoc::teller {

CounterController::CounterController(ReadingThread::Read read, std::chrono::seconds clearAfter)
    : counter_(
          {.begin = [this](unsigned reading, const CounterInput& input) { thread_.begin(reading, input); },
           .abandon = [this] { thread_.abandon(); },
           .changed = [this] { emit changed(); },
           .countdown = [this] { emit countdown(); }},
          clearAfter),
      thread_(std::move(read), [this](unsigned reading, ReadingEvent event) {
          QMetaObject::invokeMethod(
              this,
              [this, reading, event = std::move(event)]() mutable {
                  counter_.take(reading, std::move(event));
              },
              Qt::QueuedConnection);
      }) {
    connect(&seconds_, &QTimer::timeout, this, [this] { counter_.tick(); });
    seconds_.start(std::chrono::seconds(1));
}

void CounterController::watchReader(const std::string& reader) {
    watch_ = std::make_unique<ReaderWatch>(reader, [this](ReaderStatus status) {
        QMetaObject::invokeMethod(
            this, [this, status] { counter_.take(status); }, Qt::QueuedConnection);
    });
}

} // namespace cancuoc::teller
