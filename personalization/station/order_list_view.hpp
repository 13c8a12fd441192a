// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <QWidget>

#include "personalization/jobs/stock.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cancuoc::desktop {
class ActionBar;
} // namespace cancuoc::desktop

namespace cancuoc::station {

class NumberTable;

/// The orders of the store with their counts and priorities: those that a filter lets through.
class OrderListView : public QWidget {
    Q_OBJECT

public:
    OrderListView();

    void show(const std::vector<personalization::OrderReport>& orders);
    using QWidget::show;
    void retranslate();
    /// While one priority is changed, no other is.
    void setChanging(bool isChanging);
    /// Says what is going on; empty: nothing.
    void say(const QString& note);

signals:
    void importWanted();
    /// The order is to have that priority.
    void priorityWanted(const std::string& order, int priority);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Filter { All, Open, NeedsPerson, Done };

    void layOut();
    void refresh();
    void begin();
    [[nodiscard]] bool isLetThrough(const personalization::OrderReport& order) const;
    [[nodiscard]] static QString stateOf(const personalization::OrderReport& order);
    [[nodiscard]] static QStringList cellsOf(const personalization::OrderReport& order);
    void set(int row, const personalization::OrderReport& order);
    void change(int by);
    void refreshActions();
    [[nodiscard]] const personalization::OrderReport* selected() const;

    QLineEdit* text_;
    QComboBox* filter_;
    QLabel* textName_;
    QLabel* filterName_;
    QLabel* counts_;
    NumberTable* table_;
    desktop::ActionBar* actions_;
    QPushButton* importButton_;
    QPushButton* raiseButton_;
    QPushButton* lowerButton_;
    std::vector<personalization::OrderReport> orders_;
    std::vector<std::string> names_; ///< of the orders in the rows
    QString note_;
    bool isChanging_ = false;
};

} // namespace cancuoc::station
