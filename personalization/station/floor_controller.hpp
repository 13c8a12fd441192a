// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>

#include <QObject>

#include "personalization/station/floor.hpp"

namespace cancuoc::station {

/// Brings what happens on the floor's threads to the window's, not oftener than a screen is drawn.
class FloorController : public QObject {
    Q_OBJECT

public:
    explicit FloorController(FloorSettings settings);

    [[nodiscard]] Floor& floor() { return floor_; }
    /// The state as of the last change that was told.
    [[nodiscard]] const FloorState& state() const { return state_; }

    static constexpr std::chrono::milliseconds interval{40}; ///< between two changes that are told

signals:
    void changed();

private:
    void wake();
    void take();

    FloorState state_;
    std::atomic<bool> isWoken_ = false;
    Floor floor_; ///< last: its threads use the others
};

} // namespace cancuoc::station
