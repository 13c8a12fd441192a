// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/floor_controller.hpp"

#include <utility>

#include <QTimer>

namespace cancuoc::station {

FloorController::FloorController(FloorSettings settings) : floor_(std::move(settings), [this] { wake(); }) {}

void FloorController::wake() {
    if (!isWoken_.exchange(true)) {
        QMetaObject::invokeMethod(
            this, [this] { QTimer::singleShot(interval, this, [this] { take(); }); }, Qt::QueuedConnection);
    }
}

void FloorController::take() {
    isWoken_ = false; // before the state is taken: what changes after it is told again
    state_ = floor_.state();
    emit changed();
}

} // namespace cancuoc::station
