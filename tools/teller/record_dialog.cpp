// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/record_dialog.hpp"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "tools/desktop/label.hpp"

namespace cancuoc::teller {

RecordDialog::RecordDialog(QWidget* parent) : QDialog(parent), personalData_(new QCheckBox(this)) {
    setWindowTitle(tr("Record of the check"));
    personalData_->setObjectName("personalData");
    personalData_->setText(tr("Put the &holder's data and picture on the record"));
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Go on"), QDialogButtonBox::AcceptRole)->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(
        desktop::plainLabel(tr("The record holds the answer, the time, every check, and the hash of the "
                               "evidence. Without the holder's data, nothing in it tells whose card it was."),
                            this));
    layout->addWidget(personalData_);
    layout->addWidget(buttons);
}

CheckRecordOptions RecordDialog::options() const {
    return {.personalData = personalData_->isChecked()};
}

} // namespace cancuoc::teller
