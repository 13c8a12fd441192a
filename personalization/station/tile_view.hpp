// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

#include "personalization/station/floor_state.hpp"

class QLabel;
class QProgressBar;

namespace cancuoc::station {

/// One station: what it does, on which card, since when, and what came of it so far.
class TileView : public QFrame {
    Q_OBJECT

public:
    explicit TileView(QWidget* parent = nullptr);

    void show(const StationTile& tile);
    using QFrame::show;

private:
    QLabel* name_;
    QLabel* activity_;
    QLabel* card_;
    QLabel* counts_;
    QProgressBar* steps_;
};

} // namespace cancuoc::station
