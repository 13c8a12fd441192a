// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/comparison_view.hpp"

#include <QLabel>
#include <QVBoxLayout>

#include "tools/desktop/label.hpp"
#include "tools/desktop/result_table.hpp"
#include "tools/teller/words.hpp"

namespace cancuoc::teller {

ComparisonView::ComparisonView(QWidget* parent)
    : QWidget(parent), title_(desktop::plainLabel({}, this)), table_(new desktop::ResultTable(this)) {
    setObjectName("comparison");
    desktop::setTextSize(*title_, 1.1, /*bold*/ true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(title_);
    layout->addWidget(table_, 1);
    hide();
}

void ComparisonView::show(const std::vector<qr::FieldComparison>& comparisons) {
    title_->setText(tr("QR code against chip"));
    table_->setAccessibleName(title_->text());
    table_->begin({tr("Field"), tr("On the QR code"), tr("On the chip")});
    for (const auto& comparison : comparisons) {
        const bool differs = comparison.result == qr::FieldResult::Differs;
        // What is the same is not repeated: what differs must catch the eye.
        const auto onChip =
            " " + (differs ? desktop::shown(comparison.onChip) : Words::comparison(comparison));
        const auto verdict = differs ? Words::fieldResult(comparison.result) + ":" : QString();
        table_->addRow({Words::fieldName(comparison.name), desktop::shown(comparison.onQr),
                        signOf(comparison.result) + (differs ? " " + verdict : QString()) + onChip},
                       differs);
    }
    setVisible(!comparisons.empty());
}

} // namespace cancuoc::teller
