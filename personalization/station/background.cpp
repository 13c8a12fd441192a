// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/background.hpp"

#include <exception>
#include <string>
#include <utility>

namespace cancuoc::station {

void Background::run(Work work, Fail fail) {
    isRunning_ = true;
    thread_ =
        std::jthread([this, work = std::move(work), fail = std::move(fail)](const std::stop_token& stop) {
            Show result;
            try {
                result = work(stop);
            } catch (const std::exception& error) {
                result = [fail, sentence = std::string(error.what())] { fail(sentence); };
            }
            show([this, result = std::move(result)] {
                isRunning_ = false;
                result();
            });
        });
}

void Background::show(Show show) {
    QMetaObject::invokeMethod(this, std::move(show), Qt::QueuedConnection);
}

} // namespace cancuoc::station
