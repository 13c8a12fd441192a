// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/tone_sign.hpp"

#include <cmath>
#include <numbers>

#include <QPainter>
#include <QPainterPath>

namespace cancuoc::desktop {

namespace {

constexpr int side = 64; // pixels

// Everything is drawn on a square from -1 to 1.
QPolygonF regularPolygon(int corners, double firstAngle) {
    QPolygonF polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = firstAngle + 2 * std::numbers::pi * i / corners;
        polygon << QPointF(std::cos(angle), std::sin(angle));
    }
    return polygon;
}

void drawTick(QPainter& painter) {
    painter.drawPolyline(QPolygonF({{-0.42, 0.02}, {-0.1, 0.36}, {0.46, -0.32}}));
}

void drawCross(QPainter& painter) {
    painter.drawLine(QPointF(-0.36, -0.36), QPointF(0.36, 0.36));
    painter.drawLine(QPointF(-0.36, 0.36), QPointF(0.36, -0.36));
}

void drawDot(QPainter& painter, QPointF middle) {
    painter.save();
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(middle, 0.11, 0.11);
    painter.restore();
}

void drawExclamationMark(QPainter& painter) {
    painter.drawLine(QPointF(0, -0.32), QPointF(0, 0.16));
    drawDot(painter, {0, 0.46});
}

void drawQuestionMark(QPainter& painter) {
    QPainterPath hook;
    hook.moveTo(-0.24, -0.24);
    hook.cubicTo(-0.22, -0.58, 0.3, -0.56, 0.26, -0.2);
    hook.cubicTo(0.24, 0, 0, 0, 0, 0.2);
    painter.drawPath(hook);
    drawDot(painter, {0, 0.48});
}

void drawCard(QPainter& painter) {
    painter.drawRoundedRect(QRectF(-0.9, -0.58, 1.8, 1.16), 0.14, 0.14);
    painter.drawRect(QRectF(-0.62, -0.2, 0.42, 0.36));
    painter.drawLine(QPointF(0.1, -0.14), QPointF(0.6, -0.14));
    painter.drawLine(QPointF(0.1, 0.14), QPointF(0.6, 0.14));
}

void draw(QPainter& painter, Tone tone) {
    switch (tone) {
    case Tone::Calm:
        drawCard(painter);
        return;
    case Tone::Busy:
        painter.drawEllipse(QPointF(0, 0), 0.9, 0.9);
        for (const double x : {-0.4, 0.0, 0.4}) {
            drawDot(painter, {x, 0});
        }
        return;
    case Tone::Good:
        painter.drawEllipse(QPointF(0, 0), 0.9, 0.9);
        drawTick(painter);
        return;
    case Tone::Care:
        painter.drawPolygon(QPolygonF({{0, -0.86}, {0.94, 0.8}, {-0.94, 0.8}}));
        drawExclamationMark(painter);
        return;
    case Tone::Bad:
        painter.drawPolygon(regularPolygon(8, std::numbers::pi / 8));
        drawCross(painter);
        return;
    case Tone::Unknown:
        painter.drawPolygon(regularPolygon(4, 0));
        drawQuestionMark(painter);
        return;
    }
}

} // namespace

ToneSign::ToneSign(QWidget* parent) : QWidget(parent) {
    setFixedSize(side, side);
}

void ToneSign::setTone(Tone tone) {
    tone_ = tone;
    update();
}

void ToneSign::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(width() / 2.0, height() / 2.0);
    painter.scale(0.46 * width(), 0.46 * height());
    painter.setPen(QPen(Qt::white, 0.17, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    draw(painter, tone_);
}

} // namespace cancuoc::desktop
