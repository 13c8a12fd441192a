// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QWidget>

#include "tools/teller/counter_state.hpp"

namespace cancuoc::teller {

/// The face, as large as there is room; before it is there, how much of it has been read.
class FaceView : public QWidget {
    Q_OBJECT

public:
    explicit FaceView(QWidget* parent = nullptr);

    void show(const CounterState& state);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage face_;
    bool reading_ = false;
    double part_ = 0; ///< of the face that has been read, 0 to 1
    QString text_;
};

} // namespace cancuoc::teller
