// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/checks_view.hpp"

#include <QLabel>
#include <QVBoxLayout>

#include "tools/desktop/label.hpp"
#include "tools/desktop/result_table.hpp"
#include "tools/teller/words.hpp"

namespace cancuoc::teller {

ChecksView::ChecksView(QWidget* parent)
    : QWidget(parent), summary_(desktop::plainLabel({}, this)), table_(new desktop::ResultTable(this)) {
    setObjectName("checks");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(summary_);
    layout->addWidget(table_, 1);
    setFocusProxy(table_);
}

void ChecksView::show(const std::optional<Outcome>& outcome) {
    table_->setAccessibleName(tr("What was checked"));
    table_->begin({tr("Check"), tr("Result"), tr("For the technician")}, 1);
    summary_->clear();
    if (!outcome) {
        return;
    }
    summary_->setText(
        tr("Policy %1, reader %2")
            .arg(QString::fromStdString(outcome->policy), QString::fromStdString(outcome->reader)));
    for (const auto& check : outcome->checks) {
        table_->addRow({Words::checkTitle(check.name),
                        signOf(check.result) + ' ' + Words::checkResult(check.result),
                        desktop::shown(check.reason)},
                       check.result == trust::CheckResult::Failed);
    }
    for (const auto& remark : outcome->remarks) {
        table_->addRow({tr("Remark"), QString(), desktop::shown(remark)}, false);
    }
}

} // namespace cancuoc::teller
