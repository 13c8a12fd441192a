// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include <QLocale>
#include <QWidget>

#include "personalization/station/floor_state.hpp"

class QGridLayout;
class QLabel;

namespace cancuoc::station {

/// The counts of the floor, in large figures: as many beside each other as there is room for.
class FiguresView : public QWidget {
    Q_OBJECT

public:
    explicit FiguresView(QWidget* parent = nullptr);

    void show(const FloorState& state);
    using QWidget::show;
    void retranslate(const QLocale& locale);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Figure { Good, Rejected, InProcess, Waiting, Quarantined, Blanks, Speed, TimeLeft, Count };

    [[nodiscard]] QString number(std::uint64_t value) const;
    void arrange(int columns);

    QGridLayout* grid_;
    std::array<QWidget*, Count> boxes_{};
    std::array<QLabel*, Count> values_{};
    std::array<QLabel*, Count> names_{};
    QLocale locale_; ///< of the figures
    int columns_ = 0;
};

} // namespace cancuoc::station
