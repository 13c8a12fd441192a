// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QWidget>

namespace cancuoc::camera {

/// What a camera sees, as large as there is room.
class Preview : public QWidget {
    Q_OBJECT

public:
    explicit Preview(QWidget* parent);

    void show(const QImage& frame);
    /// The frame that is shown; none before the first.
    [[nodiscard]] const QImage& frame() const { return frame_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage frame_;
};

} // namespace cancuoc::camera
