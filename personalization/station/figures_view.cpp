// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/figures_view.hpp"

#include <cmath>

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "personalization/station/narrow_window.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::station {

namespace {

constexpr double valueSize = 1.5;

} // namespace

FiguresView::FiguresView(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    setObjectName("figures");
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(8);
    for (std::size_t figure = 0; figure < Count; ++figure) {
        auto* box = new QFrame(this);
        box->setObjectName("figure");
        auto* layout = new QVBoxLayout(box);
        layout->setContentsMargins(12, 5, 12, 5);
        layout->setSpacing(0);
        values_[figure] = desktop::plainLabel("–", box);
        desktop::setTextSize(*values_[figure], valueSize, /*bold*/ true);
        names_[figure] = desktop::plainLabel({}, box);
        names_[figure]->setProperty("quiet", true);
        layout->addWidget(values_[figure]);
        layout->addWidget(names_[figure]);
        boxes_[figure] = box;
    }
    arrange(Count);
}

QString FiguresView::number(std::uint64_t value) const {
    return locale_.toString(static_cast<qulonglong>(value));
}

void FiguresView::retranslate(const QLocale& locale) {
    locale_ = locale;
    names_[Good]->setText(tr("good"));
    names_[Rejected]->setText(tr("rejected"));
    names_[InProcess]->setText(tr("at work"));
    names_[Waiting]->setText(tr("waiting"));
    names_[Quarantined]->setText(tr("quarantined"));
    names_[Blanks]->setText(tr("blanks left"));
    names_[Speed]->setText(tr("cards an hour"));
    names_[TimeLeft]->setText(tr("until done"));
}

void FiguresView::show(const FloorState& state) {
    const auto& counts = state.counts;
    values_[Good]->setText("✓ " + number(counts.good));
    values_[Rejected]->setText("✕ " + number(counts.rejected));
    values_[InProcess]->setText(number(counts.inProcess));
    values_[Waiting]->setText(number(counts.waiting));
    values_[Quarantined]->setText("◆ " + number(counts.quarantined));
    values_[Blanks]->setText(state.blanksAtHand ? QString::number(*state.blanksAtHand) : tr("not known"));
    const auto speed = static_cast<std::uint64_t>(std::lround(state.cardsAnHour));
    values_[Speed]->setText(speed == 0 ? QString("–") : number(speed));
    const auto left = state.timeLeft();
    if (!state.runs() || !left) {
        values_[TimeLeft]->setText("–");
    } else if (left->count() < 60) {
        values_[TimeLeft]->setText(tr("%1 min").arg(left->count()));
    } else {
        values_[TimeLeft]->setText(
            tr("%1 h %2").arg(left->count() / 60).arg(left->count() % 60, 2, 10, QChar('0')));
    }
    for (std::size_t figure = 0; figure < Count; ++figure) {
        boxes_[figure]->setAccessibleName(names_[figure]->text() + ": " + values_[figure]->text());
    }
}

void FiguresView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange(width() < narrowWindow ? Count / 2 : static_cast<int>(Count));
}

void FiguresView::arrange(int columns) {
    if (columns == columns_) {
        return;
    }
    columns_ = columns;
    for (int column = 0; column < Count; ++column) {
        grid_->setColumnStretch(column, column < columns ? 1 : 0);
    }
    for (int figure = 0; figure < Count; ++figure) {
        grid_->addWidget(boxes_[static_cast<std::size_t>(figure)], figure / columns, figure % columns);
    }
}

} // namespace cancuoc::station
