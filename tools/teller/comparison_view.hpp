// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "tools/teller/outcome.hpp"

class QLabel;

namespace cancuoc::desktop {
class ResultTable;
} // namespace cancuoc::desktop

namespace cancuoc::teller {

/// The QR code against the chip, field by field.
class ComparisonView : public QWidget {
    Q_OBJECT

public:
    explicit ComparisonView(QWidget* parent = nullptr);

    /// Is hidden where no QR was scanned.
    void show(const std::vector<qr::FieldComparison>& comparisons);

private:
    QLabel* title_;
    desktop::ResultTable* table_;
};

} // namespace cancuoc::teller
