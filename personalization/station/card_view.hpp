// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QImage>
#include <QWidget>

#include "personalization/station/floor_state.hpp"

namespace cancuoc::station {

/// The card begun last: portrait and both faces, as large as there is room.
class CardView : public QWidget {
    Q_OBJECT

public:
    explicit CardView(QWidget* parent = nullptr);

    void show(const std::shared_ptr<const CardPicture>& card);
    using QWidget::show;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::shared_ptr<const CardPicture> card_;
    QImage portrait_;
    QImage front_;
    QImage back_;
    QString text_; ///< where there is no picture
};

} // namespace cancuoc::station
