// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/face_view.hpp"

#include <QPainter>
#include <QPainterPath>

#include "tools/desktop/pixels_image.hpp"

namespace cancuoc::teller {

namespace {

constexpr QSize hint(300, 400); // pixels, the shape of a portrait
constexpr QSize minimum(150, 200);
constexpr int barHeight = 10;
constexpr int margin = 12;

// A head and shoulders where the face will be.
void drawSilhouette(QPainter& painter, const QRectF& area) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(painter.background());
    const auto middle = area.center();
    const double unit = area.width() / 10;
    painter.drawEllipse(middle - QPointF(0, 2.0 * unit), 1.7 * unit, 2.1 * unit);
    QPainterPath shoulders;
    shoulders.moveTo(middle + QPointF(-3.4 * unit, 4.6 * unit));
    shoulders.cubicTo(middle + QPointF(-3.2 * unit, 0.2 * unit), middle + QPointF(3.2 * unit, 0.2 * unit),
                      middle + QPointF(3.4 * unit, 4.6 * unit));
    shoulders.closeSubpath();
    painter.drawPath(shoulders);
}

} // namespace

FaceView::FaceView(QWidget* parent) : QWidget(parent) {
    setObjectName("face");
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setSizePolicy(policy);
}

void FaceView::show(const CounterState& state) {
    face_ = state.face ? desktop::imageOf(*state.face) : QImage();
    reading_ = state.busy();
    part_ =
        state.faceTotal != 0 ? static_cast<double>(state.faceRead) / static_cast<double>(state.faceTotal) : 0;
    if (!face_.isNull()) {
        text_ = QString();
        setAccessibleName(tr("The picture on the chip"));
    } else {
        text_ = state.ended() ? tr("No picture was read")
                : reading_    ? tr("The picture comes last")
                              : QString();
        setAccessibleName(tr("No picture yet"));
    }
    update();
}

QSize FaceView::sizeHint() const {
    return hint;
}

QSize FaceView::minimumSizeHint() const {
    return minimum;
}

void FaceView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const auto shape = face_.isNull() ? hint : face_.size();
    const auto size = shape.scaled(this->size(), Qt::KeepAspectRatio);
    const QRect area(QPoint((width() - size.width()) / 2, 0), size);
    if (!face_.isNull()) {
        painter.drawImage(area, face_);
        return;
    }
    painter.fillRect(area, palette().color(QPalette::AlternateBase));
    painter.setBackground(palette().color(QPalette::Mid));
    drawSilhouette(painter, area);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(area.adjusted(margin, margin, -margin, -margin - 2 * barHeight),
                     static_cast<int>(Qt::AlignHCenter | Qt::AlignBottom) | Qt::TextWordWrap, text_);
    if (reading_) {
        QRectF bar(area.left() + margin, area.bottom() - margin - barHeight, area.width() - 2 * margin,
                   barHeight);
        painter.fillRect(bar, palette().color(QPalette::Base));
        bar.setWidth(bar.width() * part_);
        painter.fillRect(bar, palette().color(QPalette::Highlight));
    }
}

} // namespace cancuoc::teller
