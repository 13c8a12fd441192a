// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QWidget>

#include "tools/import_report.hpp"
#include "tools/order_import.hpp"

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cancuoc::desktop {
class ActionBar;
class ResultTable;
} // namespace cancuoc::desktop

namespace cancuoc::station {

class Background;
class PathField;
class VerdictView;

/// Takes an order in: names it, checks it off the window's thread, and shows what is wrong where.
class OrderImportView : public QWidget {
    Q_OBJECT

public:
    /// @param storeKey empty: beside the store
    OrderImportView(std::string store, std::string storeKey);

    void retranslate();

    static constexpr int mostFindings = 1000; ///< shown; a saved report has all

signals:
    /// The person is done here.
    void left();

private:
    void makeFields();
    void makeActions();
    void layOut();
    void begin();
    void take(std::shared_ptr<tools::ImportReport> report);
    void save();
    void write(const QString& file);
    void showState();
    void showFindings();
    void refreshActions();
    [[nodiscard]] tools::OrderImport wanted() const;

    std::string store_;
    std::string storeKey_;
    PathField* order_ = nullptr;
    QLineEdit* name_ = nullptr;
    PathField* signers_ = nullptr;
    QCheckBox* requireSignature_ = nullptr;
    QCheckBox* refuseFutureDates_ = nullptr;
    QFormLayout* fields_ = nullptr;
    VerdictView* verdict_ = nullptr;
    QLabel* findingsName_ = nullptr;
    desktop::ResultTable* findings_ = nullptr;
    desktop::ActionBar* actions_ = nullptr;
    QPushButton* beginButton_ = nullptr;
    QPushButton* saveButton_ = nullptr;
    QPushButton* stopButton_ = nullptr;
    QPushButton* backButton_ = nullptr;
    std::shared_ptr<tools::ImportReport> report_; ///< of the last import; null: none
    std::string problem_;                         ///< why there is none; empty: nothing is wrong
    QString saved_;                               ///< what became of its file; empty: nobody asked
    std::size_t line_ = 0;                        ///< that was looked at last
    bool isStopping_ = false;
    Background* background_;
};

} // namespace cancuoc::station
