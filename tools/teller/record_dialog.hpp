// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include "tools/teller/check_record.hpp"

class QCheckBox;

namespace cancuoc::teller {

/// Asks what a record of a check shall hold; personal data are left out unless somebody wants them.
class RecordDialog : public QDialog {
    Q_OBJECT

public:
    explicit RecordDialog(QWidget* parent);

    [[nodiscard]] CheckRecordOptions options() const;

private:
    QCheckBox* personalData_;
};

} // namespace cancuoc::teller
