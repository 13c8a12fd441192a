// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "personalization/station/floor_controller.hpp"
#include "personalization/station/line_report.hpp"
#include "personalization/station/page.hpp"
#include "personalization/station/report_sheet.hpp"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace cancuoc::desktop {
class ActionBar;
} // namespace cancuoc::desktop

namespace cancuoc::station {

class Background;
class PathField;
class SheetView;
class VerdictView;

/// Reports about shifts, orders and stock, and the verification of the audit log: on the screen, as PDF, as
/// CSV. Stores and logs are read, and files written, off the window's thread.
class ReportsPage : public Page {
    Q_OBJECT

public:
    /// `controller` outlives the page.
    explicit ReportsPage(FloorController& controller);

    [[nodiscard]] QString title() const override;
    void retranslate() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void makeChoices();
    void makeActions();
    void layOut();
    void readShifts();
    void showOrders();
    void showFields();
    void ask();
    void save(const QString& suffix);
    void write(const QString& file);
    void showReport();
    void refreshActions();
    [[nodiscard]] ReportKind kind() const;
    [[nodiscard]] ReportQuestion question() const;
    [[nodiscard]] QString fileName(const QString& suffix) const;

    FloorController& controller_;
    QComboBox* kind_ = nullptr;
    QComboBox* shift_ = nullptr;
    QComboBox* order_ = nullptr;
    PathField* log_ = nullptr;
    PathField* signers_ = nullptr;
    QFormLayout* fields_ = nullptr;
    VerdictView* verdict_ = nullptr;
    QLabel* status_ = nullptr;
    SheetView* view_ = nullptr;
    desktop::ActionBar* actions_ = nullptr;
    QPushButton* showButton_ = nullptr;
    QPushButton* pdfButton_ = nullptr;
    QPushButton* csvButton_ = nullptr;
    std::vector<std::string> orders_; ///< in the list
    std::shared_ptr<const LineReport> report_;
    std::string problem_;    ///< why there is no report; empty: nobody asked
    ReportSheet sheet_;      ///< of the report
    Background* lists_;      ///< reads what can be chosen
    Background* background_; ///< reads and writes reports
};

} // namespace cancuoc::station
