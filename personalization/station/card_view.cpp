// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/card_view.hpp"

#include <QPainter>
#include <QPainterPath>

#include "tools/desktop/label.hpp"
#include "tools/desktop/pixels_image.hpp"

namespace cancuoc::station {

namespace {

constexpr int gap = 12; // pixels
constexpr double cardShape = 1011.0 / 638;
constexpr double portraitShape = 3.0 / 4;
constexpr double corner = 3.18 / 85.60; ///< of a card, of its width (ISO/IEC 7810)

void drawPicture(QPainter& painter, const QRectF& area, const QImage& picture, double radius) {
    QPainterPath outline;
    outline.addRoundedRect(area, radius, radius);
    painter.save();
    painter.setClipPath(outline);
    if (picture.isNull()) {
        painter.fillPath(outline, painter.background());
    } else {
        painter.drawImage(area, picture);
    }
    painter.restore();
    painter.drawPath(outline);
}

} // namespace

CardView::CardView(QWidget* parent) : QWidget(parent) {
    setObjectName("card");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize CardView::sizeHint() const {
    return {700, 150};
}

QSize CardView::minimumSizeHint() const {
    return {280, 90};
}

void CardView::show(const std::shared_ptr<const CardPicture>& card) {
    if (card != card_ || card == nullptr) {
        portrait_ = card ? desktop::imageOf(card->portrait) : QImage();
        front_ = card ? desktop::imageOf(card->front) : QImage();
        back_ = card ? desktop::imageOf(card->back) : QImage();
    }
    card_ = card;
    text_ = card == nullptr         ? tr("The card at work is shown here")
            : card->problem.empty() ? QString()
                                    : tr("No picture of this card: %1").arg(desktop::shown(card->problem));
    setAccessibleName(card == nullptr ? text_
                                      : tr("Card of request %1: portrait, front and back. %2")
                                            .arg(desktop::shown(card->requestId), text_));
    update();
}

void CardView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBackground(palette().color(QPalette::AlternateBase));
    const double shapes = portraitShape + 2 * cardShape;
    const double side = std::min<double>(height() - 2, (width() - 2 * gap - 2) / shapes);
    double x = (width() - side * shapes - 2 * gap) / 2;
    const double y = (height() - side) / 2;
    drawPicture(painter, {x, y, side * portraitShape, side}, portrait_, 4);
    x += side * portraitShape + gap;
    const QRectF middle(x, y, side * cardShape, side);
    for (const QImage* face : {&front_, &back_}) {
        drawPicture(painter, {x, y, side * cardShape, side}, *face, corner * side * cardShape);
        x += side * cardShape + gap;
    }
    if (!text_.isEmpty()) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(middle.adjusted(gap, gap, -gap, -gap), Qt::AlignCenter | Qt::TextWordWrap, text_);
    }
}

} // namespace cancuoc::station
