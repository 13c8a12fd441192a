// SPDX-License-Identifier: Apache-2.0
#include "tools/camera/preview.hpp"

#include <QPainter>

namespace cancuoc::camera {

namespace {

constexpr QSize hint(640, 480); // pixels, the shape of most cameras' pictures
constexpr QSize minimum(200, 150);

} // namespace

Preview::Preview(QWidget* parent) : QWidget(parent) {
    setObjectName("preview");
    setAccessibleName(tr("Picture of the camera"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void Preview::show(const QImage& frame) {
    frame_ = frame;
    update();
}

QSize Preview::sizeHint() const {
    return hint;
}

QSize Preview::minimumSizeHint() const {
    return minimum;
}

void Preview::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.fillRect(rect(), palette().color(QPalette::Shadow));
    QRect area(QPoint(), frame_.size().scaled(size(), Qt::KeepAspectRatio));
    area.moveCenter(rect().center());
    painter.drawImage(area, frame_);
}

} // namespace cancuoc::camera
