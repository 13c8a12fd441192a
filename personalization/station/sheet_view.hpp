// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "personalization/station/report_sheet.hpp"

class QVBoxLayout;

namespace cancuoc::station {

/// The tables of a report, one below the other, each as high as its rows.
class SheetView : public QWidget {
    Q_OBJECT

public:
    explicit SheetView(QWidget* parent);

    void show(const ReportSheet& sheet);
    using QWidget::show;

private:
    void add(const ReportTable& table);

    QVBoxLayout* layout_;
};

} // namespace cancuoc::station
